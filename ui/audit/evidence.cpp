// SPDX-License-Identifier: Apache-2.0
#include "audit/evidence.h"

#include "widgets/export_rows.h"
#include "widgets/format.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace meshbone::ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Audit", text);
}

ChainWords intactWords(const catalog::VerifyReport& report, const LedgerWatch& ledger) {
    if (report.entries == 0) {
        return {Tone::Neutral, tr("The ledger is empty: there is no chain yet."), {}};
    }
    const auto count = formatCount(report.entries);
    auto detail = tr("From %1 to %2, checked %3 in %4. %5")
                      .arg(formatTime(report.firstMs), formatTime(report.lastMs), formatClock(ledger.checkedMs()),
                           formatSpan(report.took),
                           report.projectionEqual
                               ? tr("Projection at #%1, equal to a rebuild.").arg(formatCount(report.entries - 1))
                               : tr("The projection differs from a rebuild; rebuild it by “meshctl ledger rebuild”."));
    if (report.rejected > 0) {
        detail +=
            u' ' +
            tr("%1 of them are rejected by every projection and change nothing.").arg(formatCount(report.rejected));
    }
    const auto tone = report.projectionEqual ? Tone::Ok : Tone::Warn;
    return {tone, tr("Chain verified: %1 of %1 entries, each hash follows from the one before.").arg(count), detail};
}

QJsonObject objectOf(const catalog::LedgerEntry& entry) {
    QJsonObject object{{QStringLiteral("number"), static_cast<qint64>(entry.number)},
                       {QStringLiteral("time"), isoTime(entry.timeMs)},
                       {QStringLiteral("author"), text(entry.author)},
                       {QStringLiteral("act"), text(entry.act)},
                       {QStringLiteral("subject"), text(entry.subject)},
                       {QStringLiteral("hash"), text(entry.hash)},
                       {QStringLiteral("previousHash"), text(entry.previousHash)},
                       {QStringLiteral("accepted"), entry.accepted},
                       {QStringLiteral("entry"), text(entry.json)}};
    if (!entry.accepted) {
        object.insert(QStringLiteral("rejection"), text(entry.rejection));
    }
    return object;
}

QJsonObject objectOf(const catalog::VerifyReport& report) {
    return {{QStringLiteral("entries"), static_cast<qint64>(report.entries)},
            {QStringLiteral("intact"), report.intact},
            {QStringLiteral("rejected"), static_cast<qint64>(report.rejected)},
            {QStringLiteral("head"), text(report.head)},
            {QStringLiteral("reason"), text(report.reason)},
            {QStringLiteral("projectionEqual"), report.projectionEqual}};
}

} // namespace

ChainWords chainWords(const LedgerWatch& ledger) {
    if (ledger.isVerifying()) {
        return {Tone::Neutral, tr("The chain is being verified…"),
                tr("Each entry's hash and signature is computed again.")};
    }
    if (!ledger.error().empty()) {
        return {Tone::Warn, tr("The chain could not be verified."), text(ledger.error())};
    }
    const auto& report = ledger.report();
    if (!report) {
        return {Tone::Neutral, ledger.words(), {}};
    }
    if (report->intact) {
        return intactWords(*report, ledger);
    }
    const auto where = report->firstWrong ? tr("The chain is wrong at #%1.").arg(formatCount(*report->firstWrong))
                                          : tr("The chain is wrong.");
    return {
        Tone::Danger, where,
        tr("%1 What follows it can't be trusted; compare with another copy of the ledger.").arg(text(report->reason))};
}

Result<qint64> writeEvidence(const catalog::Catalog& catalog, catalog::LedgerQuery query,
                             const std::optional<catalog::VerifyReport>& report, const QString& path,
                             const JobContext& job) {
    constexpr std::size_t kPage = 1'000;
    QJsonArray entries;
    query.limit = kPage;
    query.offset = 0;
    std::int64_t matching = 1;
    while (static_cast<std::int64_t>(query.offset) < matching) {
        if (job.stopRequested()) {
            return fail(ErrorCode::Cancelled, "The export was cancelled; no file is written.");
        }
        const auto page = catalog.entries(query);
        if (!page) {
            return std::unexpected(page.error());
        }
        matching = page->matching;
        for (const auto& entry : page->entries) {
            entries.prepend(objectOf(entry));
        }
        query.offset += kPage;
        job.progress(matching == 0 ? 1
                                   : std::min(1.0, static_cast<double>(query.offset) / static_cast<double>(matching)));
    }
    QJsonObject root{{QStringLiteral("topic"), QStringLiteral("_meshbone.ledger")},
                     {QStringLiteral("entries"), entries}};
    if (report) {
        root.insert(QStringLiteral("verification"), objectOf(*report));
    }
    const auto written = writeTextFile(path, QString::fromUtf8(QJsonDocument(root).toJson()));
    if (!written) {
        return std::unexpected(written.error());
    }
    return entries.size();
}

} // namespace meshbone::ui
