// SPDX-License-Identifier: Apache-2.0
#include "access/grants_model.h"

#include "widgets/format.h"

#include <limits>

namespace meshbone::ui {

namespace {

/// Where nothing is left to do or to see: it ended, and nothing of it is on the backbone.
bool isOver(catalog::GrantState state, const catalog::Grant& grant) {
    return state == catalog::GrantState::Removed || (state == catalog::GrantState::Ending && !grant.applied);
}

std::string firstTopic(const catalog::AccessScope& scope) {
    const auto& patterns = scope.reads.empty() ? scope.writes : scope.reads;
    return patterns.empty() ? std::string() : patterns.front().name;
}

} // namespace

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
        return {cell::icon(scope.reads.empty() || scope.writes.empty() ? QStringLiteral("terminal")
                                                                       : QStringLiteral("task")),
                cell::strong(shortPrincipal(scope.principal))};
    case Topic:
        return {cell::domainIcon(QStringLiteral("topic"), one.domain), cell::text(topicsText(scope))};
    case May:
        return {cell::secondary(mayText(scope))};
    case Purpose:
        return {cell::secondary(text(one.grant.purpose))};
    case LastUsed:
        return {!one.lastUsedMs       ? cell::text(tr("not known"), Token::Text3)
                : *one.lastUsedMs < 0 ? cell::text(tr("never"), Token::Warn)
                                      : cell::text(agoText(*one.lastUsedMs, nowMs()))};
    case Ends: {
        const auto words = endWords(one.grant.untilMs, nowMs());
        return one.grant.revoked ? Cell{cell::chip(tr("revoked"), Tone::Neutral)}
                                 : Cell{cell::chip(words.word, words.tone, words.icon)};
    }
    case State: {
        const auto words = wordsOf(one.grant, nowMs());
        return cell::state(words.tone, words.word, words.icon);
    }
    default:
        return {cell::mono(text(one.grant.id))};
    }
}

QVariant GrantsModel::sortKey(int row, int column) const {
    const auto& one = at(row);
    if (column == LastUsed) {
        return one.lastUsedMs ? QVariant::fromValue<qint64>(*one.lastUsedMs) : QVariant::fromValue<qint64>(-2);
    }
    if (column == Ends) {
        return one.grant.untilMs < 0 ? std::numeric_limits<qint64>::max() : one.grant.untilMs;
    }
    return plain(row, column);
}

QString GrantsModel::copyText(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Principal:
        return text(one.grant.scope.principal);
    case LastUsed:
        return one.lastUsedMs && *one.lastUsedMs >= 0 ? isoTime(*one.lastUsedMs) : QString();
    case Ends:
        return one.grant.untilMs < 0 ? QString() : isoTime(one.grant.untilMs);
    default:
        return plain(row, column);
    }
}

std::vector<GrantRow> grantRows(const CatalogView& catalog, const LastUse& use, bool ended, TimestampMs now) {
    std::vector<GrantRow> rows;
    for (const auto& grant : catalog.access.grants) {
        const auto state = grant.stateAt(now);
        if (!ended && isOver(state, grant)) {
            continue;
        }
        const auto* about = catalog.topic(firstTopic(grant.scope));
        const auto used = use.find(grant.id);
        rows.push_back({grant, state, about == nullptr ? QString() : text(about->domain),
                        used == use.end() ? std::nullopt : std::optional(used->second)});
    }
    return rows;
}

} // namespace meshbone::ui
