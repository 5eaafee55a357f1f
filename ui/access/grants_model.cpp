// SPDX-License-Identifier: Apache-2.0
#include "access/grants_model.h"

#include "access/grant_cells.h"
#include "widgets/format.h"

namespace meshbone::ui {

namespace {

/// Where nothing is left to do or to see: it ended, and nothing of it is on the backbone.
bool isOver(catalog::GrantState state, const catalog::Grant& grant) {
    return state == catalog::GrantState::Removed || (state == catalog::GrantState::Ending && !grant.applied);
}

} // namespace

QString domainOf(const CatalogView& catalog, const catalog::AccessScope& scope) {
    const auto& patterns = scope.reads.empty() ? scope.writes : scope.reads;
    const auto* about = patterns.empty() ? nullptr : catalog.topic(patterns.front().name);
    return about == nullptr ? QString() : text(about->domain);
}

GrantsModel::GrantsModel(QObject* parent)
    : RowsModel({{QStringLiteral("principal"), tr("Principal"), 150},
                 {QStringLiteral("topic"), tr("Topic"), 240, false, true},
                 {QStringLiteral("may"), tr("May"), 72},
                 {QStringLiteral("purpose"), tr("Purpose"), 140},
                 {QStringLiteral("lastUsed"), tr("Last used"), 84, true},
                 {QStringLiteral("ends"), tr("Ends"), 100},
                 {QStringLiteral("state"), tr("State"), 150},
                 {QStringLiteral("id"), tr("Id"), 130}},
                parent) {}

Cell GrantsModel::cell(int row, int column) const {
    const auto& one = at(row);
    const auto& scope = one.grant.scope;
    switch (column) {
    case Principal:
        return principalCell(scope);
    case Topic:
        return topicsCell(scope, one.domain);
    case May:
        return {cell::secondary(mayText(scope))};
    case Purpose:
        return {cell::secondary(text(one.grant.purpose))};
    case LastUsed:
        return lastUsedCell(one.lastUsedMs);
    case Ends:
        return endsCell(one.grant);
    case State: {
        const auto words = wordsOf(one.grant, nowMs());
        return cell::state(words.tone, words.word, words.icon);
    }
    default:
        return {cell::mono(text(one.grant.id))};
    }
}

std::optional<ColumnSpan> GrantsModel::difference(const GrantRow& before, const GrantRow& after) const {
    // Each change of a grant is an entry, which its revision or the time of its last report tells.
    const bool isSame = before.grant.revision == after.grant.revision && before.state == after.state &&
                        before.domain == after.domain && before.grant.untilMs == after.grant.untilMs &&
                        before.grant.reportedMs == after.grant.reportedMs;
    if (!isSame) {
        return ColumnSpan{0, columnCount() - 1};
    }
    return before.lastUsedMs == after.lastUsedMs ? std::nullopt : std::optional(ColumnSpan{LastUsed, LastUsed});
}

QVariant GrantsModel::sortKey(int row, int column) const {
    const auto& one = at(row);
    if (column == LastUsed) {
        return lastUsedKey(one.lastUsedMs);
    }
    if (column == Ends) {
        return endsKey(one.grant.untilMs);
    }
    return plain(row, column);
}

QString GrantsModel::copyText(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Principal:
        return text(one.grant.scope.principal);
    case LastUsed:
        return lastUsedText(one.lastUsedMs);
    case Ends:
        return endsText(one.grant.untilMs);
    default:
        return plain(row, column);
    }
}

std::optional<TimestampMs> usedAt(const LastUse& use, const std::string& grant) {
    const auto found = use.find(grant);
    return found == use.end() ? std::nullopt : std::optional(found->second);
}

std::vector<GrantRow> grantRows(const CatalogView& catalog, const std::vector<catalog::Grant>& grants,
                                const LastUse& use, bool ended, TimestampMs now) {
    std::vector<GrantRow> rows;
    for (const auto& grant : grants) {
        const auto state = grant.stateAt(now);
        if (!ended && isOver(state, grant)) {
            continue;
        }
        rows.push_back({grant, state, domainOf(catalog, grant.scope), usedAt(use, grant.id)});
    }
    return rows;
}

} // namespace meshbone::ui
