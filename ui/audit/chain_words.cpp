// SPDX-License-Identifier: Apache-2.0
#include "audit/chain_words.h"

#include "widgets/format.h"

#include <QCoreApplication>

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

} // namespace meshbone::ui
