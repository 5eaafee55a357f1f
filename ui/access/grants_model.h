// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_words.h"
#include "widgets/table_model.h"

#include <map>

namespace meshbone::ui {

/// When each grant was last used, by id; none: its use isn't known; -1: it was never seen.
using LastUse = std::map<std::string, TimestampMs>;

struct GrantRow {
    catalog::Grant grant;
    catalog::GrantState state = catalog::GrantState::Approved; ///< now
    QString domain;                                            ///< of its first topic
    std::optional<TimestampMs> lastUsedMs;
};

class GrantsModel : public RowsModel<GrantRow> {
    Q_OBJECT
public:
    enum At : int { Principal, Topic, May, Purpose, LastUsed, Ends, State, Id };
    explicit GrantsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const GrantRow& row) const override { return QString::fromStdString(row.grant.id); }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

protected:
    [[nodiscard]] bool isSame(const GrantRow& a, const GrantRow& b) const override { return a.grant.id == b.grant.id; }
    [[nodiscard]] std::optional<ColumnSpan> difference(const GrantRow& before, const GrantRow& after) const override;
};

/// The domain of its first topic; empty: it is of none.
QString domainOf(const CatalogView& catalog, const catalog::AccessScope& scope);
std::optional<TimestampMs> usedAt(const LastUse& use, const std::string& grant);
/// Of these grants; `ended`: with those that are over and gone from the backbone.
std::vector<GrantRow> grantRows(const CatalogView& catalog, const std::vector<catalog::Grant>& grants,
                                const LastUse& use, bool ended, TimestampMs nowMs);

} // namespace meshbone::ui
