// SPDX-License-Identifier: Apache-2.0
#include "access/principals_model.h"

#include "widgets/format.h"

#include <algorithm>
#include <tuple>

namespace meshbone::ui {

StateWords wordsOf(const PrincipalRow& row) {
    if (row.isEverybody()) {
        return {PrincipalsModel::tr("everybody"), Tone::Warn, QStringLiteral("warning")};
    }
    if (!row.isRegistered) {
        return {PrincipalsModel::tr("not registered"), Tone::Warn, QStringLiteral("warning")};
    }
    return row.known.disabled ? StateWords{PrincipalsModel::tr("disabled"), Tone::Neutral, QStringLiteral("pause")}
                              : StateWords{PrincipalsModel::tr("enabled"), Tone::Ok, QStringLiteral("check")};
}

QString kindText(const PrincipalRow& row) {
    switch (row.known.kind) {
    case catalog::PrincipalKind::Service:
        return PrincipalsModel::tr("service");
    case catalog::PrincipalKind::Person:
        return PrincipalsModel::tr("person");
    case catalog::PrincipalKind::Tool:
        return PrincipalsModel::tr("tool");
    }
    return {};
}

QString kindIcon(const PrincipalRow& row) {
    if (row.isEverybody()) {
        return QStringLiteral("people");
    }
    switch (row.known.kind) {
    case catalog::PrincipalKind::Person:
        return QStringLiteral("person");
    case catalog::PrincipalKind::Tool:
        return QStringLiteral("store");
    case catalog::PrincipalKind::Service:
        break;
    }
    return QStringLiteral("terminal");
}

PrincipalsModel::PrincipalsModel(QObject* parent)
    : RowsModel({{QStringLiteral("principal"), tr("Principal"), 220, false, true},
                 {QStringLiteral("team"), tr("Team"), 110, false, false},
                 {QStringLiteral("person"), tr("Person"), 100, false, false},
                 {QStringLiteral("login"), tr("Logs in by"), 130, false, false},
                 {QStringLiteral("state"), tr("State"), 110, false, false},
                 {QStringLiteral("grants"), tr("Grants"), 56, true, false},
                 {QStringLiteral("acls"), tr("ACLs"), 52, true, false},
                 {QStringLiteral("last_used"), tr("Last used"), 90, true, false}},
                parent) {}

QString PrincipalsModel::key(const PrincipalRow& row) const {
    return text(row.known.principal);
}

std::optional<ColumnSpan> PrincipalsModel::difference(const PrincipalRow& before, const PrincipalRow& after) const {
    const auto shown = [](const PrincipalRow& row) {
        return std::tie(row.known.revision, row.isRegistered, row.team, row.person, row.areUsersKnown, row.grants,
                        row.acls, row.areAclsKnown);
    };
    const bool isSame =
        shown(before) == shown(after) &&
        std::ranges::equal(before.credentials, after.credentials, {}, &backbone::ScramUser::Credential::mechanism,
                           &backbone::ScramUser::Credential::mechanism);
    if (!isSame) {
        return ColumnSpan{0, columnCount() - 1};
    }
    return before.lastSeenMs == after.lastSeenMs ? std::nullopt : std::optional(ColumnSpan{LastUsed, LastUsed});
}

Cell PrincipalsModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Who:
        return {cell::icon(kindIcon(one)), cell::strong(text(one.known.name)),
                text(one.known.name) == shortPrincipal(one.known.principal) ? cell::sub({})
                                                                            : cell::sub(text(one.known.principal))};
    case Team:
        return {one.team.isEmpty() ? cell::text(one.isRegistered ? tr("no team") : QString(), Token::Text3)
                                   : cell::secondary(one.team)};
    case Person:
        return {cell::secondary(one.person)};
    case Login:
        if (!one.areUsersKnown) {
            return {cell::text(tr("not told"), Token::Text3)};
        }
        return {one.credentials.empty() ? cell::text(tr("no SCRAM user"), Token::Text3)
                                        : cell::secondary(mechanismsText(one.credentials))};
    case State: {
        const auto state = wordsOf(one);
        return cell::state(state.tone, state.word, state.icon);
    }
    case Grants:
        return {cell::text(formatCount(one.grants))};
    case Acls:
        return {one.areAclsKnown ? cell::text(formatCount(one.acls)) : cell::text(tr("?"), Token::Text3)};
    case LastUsed:
        return {one.lastSeenMs < 0 ? cell::text(tr("not seen"), Token::Text3)
                                   : cell::text(agoText(one.lastSeenMs, nowMs()))};
    default:
        return {};
    }
}

QVariant PrincipalsModel::sortKey(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Who:
        return text(one.known.name);
    case Grants:
        return QVariant::fromValue<qint64>(one.grants);
    case Acls:
        return QVariant::fromValue<qint64>(one.acls);
    case LastUsed:
        return QVariant::fromValue<qint64>(one.lastSeenMs);
    default:
        return plain(row, column);
    }
}

QString PrincipalsModel::copyText(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Who:
        return text(one.known.principal);
    case Team:
        return text(one.known.team);
    case Person:
        return text(one.known.person);
    case Grants:
        return QString::number(one.grants);
    case Acls:
        return one.areAclsKnown ? QString::number(one.acls) : QString();
    case LastUsed:
        return one.lastSeenMs < 0 ? QString() : isoTime(one.lastSeenMs);
    default:
        return plain(row, column);
    }
}

} // namespace meshbone::ui
