// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_choices.h"
#include "widgets/table_model.h"

#include <optional>

namespace meshbone::ui {

/// A finding, or the heading above those of one kind.
struct DriftRow {
    catalog::DriftKind kind = catalog::DriftKind::Missing;
    std::optional<std::size_t> finding; ///< its place in the look; none: a heading
    QString key;
    Cell who, what, evidence, proposed;
    QString sortWho;
};

/// The findings of a look by what is wrong, with what is proposed for each. It filters by itself, so that a heading
/// stands only where something stands below it. Headings can't be selected.
class DriftModel : public RowsModel<DriftRow> {
    Q_OBJECT
public:
    explicit DriftModel(QObject* parent = nullptr);

    void setLook(DriftLookPtr look, const DriftChoices& choices);
    /// The same findings with what is chosen now.
    void setChoices(const DriftChoices& choices);
    void setFilter(const QString& text);
    void setKind(std::optional<catalog::DriftKind> kind); ///< none: all
    [[nodiscard]] qint64 shown() const { return m_shown; }
    /// Of a row; none: it is a heading.
    [[nodiscard]] std::optional<std::size_t> findingAt(int row) const;
    [[nodiscard]] int rowOfFinding(const QString& findingKey) const;

    [[nodiscard]] QString key(const DriftRow& row) const override { return row.key; }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void rowsChanged();

private:
    void rebuild();
    [[nodiscard]] DriftRow findingRow(std::size_t finding) const;
    [[nodiscard]] bool passes(const DriftRow& row) const;
    DriftLookPtr m_look;
    DriftChoices m_choices;
    QStringList m_words;
    std::optional<catalog::DriftKind> m_kind;
    qint64 m_shown = 0;
};

} // namespace meshbone::ui
