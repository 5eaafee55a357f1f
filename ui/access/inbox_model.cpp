// SPDX-License-Identifier: Apache-2.0
#include "access/inbox_model.h"

#include "widgets/format.h"

#include <string_view>
#include <tuple>
#include <unordered_set>

namespace meshbone::ui {

InboxModel::InboxModel(QObject* parent)
    : RowsModel({{QStringLiteral("request"), tr("Request"), 320, false, true},
                 {QStringLiteral("id"), tr("Id"), 120},
                 {QStringLiteral("state"), tr("State"), 120},
                 {QStringLiteral("asked"), timeTitle(tr("Asked")), 160},
                 {QStringLiteral("by"), tr("By"), 120},
                 {QStringLiteral("purpose"), tr("Purpose"), 200}},
                parent) {}

std::optional<ColumnSpan> InboxModel::difference(const InboxRow& before, const InboxRow& after) const {
    // Each change of a request is an entry, which its revision tells; the rest comes with time and teams.
    const auto shown = [](const InboxRow& row) {
        return std::tie(row.request.revision, row.state, row.waitsForMe, row.isMine, row.team);
    };
    return shown(before) == shown(after) ? std::nullopt : std::optional(ColumnSpan{0, columnCount() - 1});
}

Cell InboxModel::cell(int row, int column) const {
    const auto& one = at(row);
    const auto words = wordsOf(one.state);
    switch (column) {
    case Request: {
        const auto who = one.team.isEmpty() ? text(one.request.author) : one.team;
        const bool waiting = one.state == catalog::RequestState::Submitted;
        const auto when = agoText(waiting ? one.request.submittedMs
                                          : std::max(one.request.changedMs, one.request.decisions.empty()
                                                                                ? TimestampMs{-1}
                                                                                : one.request.decisions.back().atMs),
                                  nowMs());
        const auto kind = one.request.renews.empty() ? QString() : tr("renewal, ");
        return {
            cell::icon(waiting ? QStringLiteral("access") : words.icon, waiting ? Token::Accent : toneInk(words.tone)),
            cell::strong(scopeTitle(one.request.scope)),
            cell::sub(waiting ? tr("%1, %2asked %3").arg(who, kind, when)
                              : tr("%1, %2%3 %4").arg(who, kind, words.word, when))};
    }
    case Id:
        return {cell::mono(text(one.request.id))};
    case State:
        return cell::state(words.tone, words.word, words.icon);
    case Asked:
        return {cell::text(formatTime(one.request.submittedMs))};
    case By:
        return {cell::text(text(one.request.author))};
    default:
        return {cell::secondary(text(one.request.purpose))};
    }
}

QVariant InboxModel::sortKey(int row, int column) const {
    if (column != Request) {
        return plain(row, column);
    }
    // One number for two orders: what waits for me by how long it waits, then the rest by how new it is.
    const auto& one = at(row);
    constexpr qint64 kAfter = qint64{1} << 60;
    return one.waitsForMe ? one.request.submittedMs : kAfter - one.request.submittedMs;
}

QString InboxModel::copyText(int row, int column) const {
    return column == Asked     ? isoTime(at(row).request.submittedMs)
           : column == Request ? scopeTitle(at(row).request.scope)
                               : plain(row, column);
}

std::vector<InboxRow> inboxRows(const CatalogView& catalog, const std::string& person, TimestampMs now) {
    std::vector<InboxRow> rows;
    rows.reserve(catalog.access.requests.size());
    const std::unordered_set<std::string_view> pending(catalog.access.pending.begin(), catalog.access.pending.end());
    for (const auto& request : catalog.access.requests) {
        rows.push_back({request, teamsText(catalog, request.author), pending.contains(request.id),
                        request.author == person, request.stateAt(now)});
    }
    std::ranges::stable_sort(rows, [](const InboxRow& a, const InboxRow& b) {
        return a.waitsForMe != b.waitsForMe ? a.waitsForMe
               : a.waitsForMe               ? a.request.submittedMs < b.request.submittedMs
                                            : a.request.submittedMs > b.request.submittedMs;
    });
    return rows;
}

} // namespace meshbone::ui
