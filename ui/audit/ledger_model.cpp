// SPDX-License-Identifier: Apache-2.0
#include "audit/ledger_model.h"

#include "shell/ledger_words.h"
#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {
enum ColumnAt : int { Entry, Time, Act, On, By, Hash };
constexpr std::size_t kMostReloaded = 5'000; // a reload brings back no more than this; the rest comes by scrolling
} // namespace

LedgerModel::LedgerModel(catalog::Catalog* catalog, JobRunner& jobs, QObject* parent)
    : RowsModel({{QStringLiteral("entry"), tr("Entry"), 44, true, false},
                 {QStringLiteral("time"), timeTitle(tr("Time")), 172, false, false},
                 {QStringLiteral("act"), tr("Act"), 160, false, false},
                 {QStringLiteral("subject"), tr("On"), 220, false, true},
                 {QStringLiteral("author"), tr("By"), 110, false, false},
                 {QStringLiteral("hash"), tr("Hash"), 76, false, false}},
                parent)
    , m_catalog(catalog)
    , m_jobs(jobs) {
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, &LedgerModel::retitle);
}

void LedgerModel::retitle() {
    setColumnTitle(Time, timeTitle(tr("Time")));
    setRows(rows());
}

void LedgerModel::setQuery(const catalog::LedgerQuery& query) {
    m_query = query;
    load(0, kPageSize);
}

void LedgerModel::reload() {
    load(0, std::clamp(static_cast<std::size_t>(rowCount()), kPageSize, kMostReloaded));
}

bool LedgerModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && !m_loading && rowCount() < m_matching;
}

void LedgerModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent)) {
        load(static_cast<std::size_t>(rowCount()), kPageSize);
    }
}

void LedgerModel::load(std::size_t offset, std::size_t limit) {
    if (m_catalog == nullptr) {
        return;
    }
    auto query = m_query;
    query.offset = offset;
    query.limit = limit;
    m_loading = true;
    m_jobs.run(
        this, {.title = tr("Reading the ledger"), .key = QStringLiteral("entries")},
        [catalog = m_catalog, query](const JobContext&) { return catalog->entries(query); },
        [this, offset](Result<catalog::LedgerPage> page) {
            m_error = page ? QString() : text(page.error().message);
            if (page) {
                m_matching = page->matching;
                m_total = page->total;
                if (offset == 0) {
                    setRows(std::move(page->entries));
                } else {
                    appendRows(std::move(page->entries));
                }
            }
            m_loading = false; // only now: a view may ask for more while rows are being added
            emit loaded();
        });
}

Cell LedgerModel::cell(int row, int column) const {
    const auto& entry = at(row);
    switch (column) {
    case Entry:
        return {cell::secondary(formatCount(entry.number))};
    case Time:
        return {cell::mono(formatTime(entry.timeMs))};
    case Act: {
        Cell parts{entry.accepted ? cell::icon(actIcon(entry.act)) : cell::icon(QStringLiteral("warning"), Token::Warn),
                   cell::strong(entryTitle(entry))};
        if (!entry.accepted) {
            parts << cell::chip(tr("rejected"), Tone::Warn);
        }
        return parts;
    }
    case On:
        return {cell::secondary(m_subjects ? m_subjects(entry) : text(entry.subject))};
    case By:
        return {cell::secondary(text(entry.author))};
    case Hash:
        return {cell::mono(shortHash(entry.hash), Token::Text3)};
    default:
        return {};
    }
}

QVariant LedgerModel::sortKey(int row, int column) const {
    return column == Entry || column == Time ? QVariant(static_cast<qint64>(at(row).number))
                                             : QVariant(plain(row, column));
}

QString LedgerModel::copyText(int row, int column) const {
    const auto& entry = at(row);
    switch (column) {
    case Entry:
        return QString::number(entry.number);
    case Time:
        return isoTime(entry.timeMs);
    case Act:
        return text(entry.act);
    case On:
        return text(entry.subject);
    case Hash:
        return text(entry.hash);
    default:
        return plain(row, column);
    }
}

} // namespace meshbone::ui
