// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/job_runner.h"
#include "widgets/table_model.h"

#include <catalog/catalog.h>

namespace meshbone::ui {

/// The ledger, newest first, loaded by pages as it is scrolled. Filtering is the catalog's: the model asks with a
/// query.
class LedgerModel : public RowsModel<catalog::LedgerEntry> {
    Q_OBJECT
public:
    static constexpr std::size_t kPageSize = 500;

    /// `catalog` may be null: the model then stays empty.
    LedgerModel(catalog::Catalog* catalog, JobRunner& jobs, QObject* parent = nullptr);

    /// What is asked for; loads anew. `offset` and `limit` are the model's own.
    void setQuery(const catalog::LedgerQuery& query);
    [[nodiscard]] const catalog::LedgerQuery& query() const { return m_query; }
    /// Loads as many rows again as are there; for entries that came since.
    void reload();
    /// How what an entry is about is shown; by itself its id.
    void setSubjects(std::function<QString(const catalog::LedgerEntry&)> subjects) { m_subjects = std::move(subjects); }
    [[nodiscard]] qint64 matching() const { return m_matching; }
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] bool isLoading() const { return m_loading; }
    [[nodiscard]] QString error() const { return m_error; } ///< of the last load; empty: none

    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    [[nodiscard]] QString key(const catalog::LedgerEntry& entry) const override {
        return QString::number(entry.number);
    }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

signals:
    void loaded(); ///< or failed, see error()

private:
    void load(std::size_t offset, std::size_t limit);
    void retitle();
    catalog::Catalog* m_catalog;
    JobRunner& m_jobs;
    catalog::LedgerQuery m_query;
    std::function<QString(const catalog::LedgerEntry&)> m_subjects;
    qint64 m_matching = 0, m_total = 0;
    bool m_loading = false;
    QString m_error;
};

} // namespace meshbone::ui
