// SPDX-License-Identifier: Apache-2.0
#include "shell/ledger_watch.h"

#include "widgets/format.h"

#include <QDateTime>

namespace meshbone::ui {

namespace {
constexpr std::chrono::minutes kVerifyTimeout{5};
}

LedgerWatch::LedgerWatch(Services& services, JobRunner& jobs, LiveFeed& feed, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_jobs(jobs)
    , m_feed(feed) {
    connect(&feed, &LiveFeed::catalogChanged, this, [this] {
        if (!m_report && m_error.empty() && !m_verifying &&
            m_feed.catalog()->status.mode == catalog::CatalogMode::Live) {
            verify();
        }
        emit changed();
    });
}

void LedgerWatch::verify() {
    auto* catalog = m_services.catalog;
    if (catalog == nullptr || m_verifying) {
        return;
    }
    m_verifying = true;
    emit changed();
    m_jobs.run(
        this, {.title = tr("Verifying the ledger"), .key = {}},
        [catalog](const JobContext& context) {
            return catalog->verify(context.call(kVerifyTimeout), [&](double fraction) { context.progress(fraction); });
        },
        [this](Result<catalog::VerifyReport> report) {
            m_verifying = false;
            m_checkedMs = QDateTime::currentMSecsSinceEpoch();
            m_error = report ? std::string() : report.error().message;
            if (report) {
                m_report = std::move(*report);
            }
            emit changed();
        });
}

bool LedgerWatch::isSettled() const {
    if (m_services.catalog == nullptr) {
        return true;
    }
    const bool willVerify = !m_report && m_error.empty() && m_feed.catalog()->status.mode == catalog::CatalogMode::Live;
    return m_feed.isCatalogLoaded() && !m_verifying && !willVerify;
}

QString LedgerWatch::words() const {
    if (m_services.catalog == nullptr) {
        return tr("No ledger");
    }
    if (m_verifying) {
        return tr("Verifying the ledger…");
    }
    if (!m_error.empty()) {
        return tr("Ledger not verified");
    }
    if (!m_report) {
        return m_feed.catalog()->status.mode == catalog::CatalogMode::CatchingUp ? tr("Reading the ledger…")
                                                                                 : tr("Ledger not verified yet");
    }
    if (!m_report->intact) {
        return m_report->firstWrong ? tr("Ledger is wrong at #%1").arg(formatCount(*m_report->firstWrong))
                                    : tr("Ledger is wrong");
    }
    return m_report->entries == 0 ? tr("Ledger is empty")
                                  : tr("Ledger verified to #%1").arg(formatCount(m_report->entries - 1));
}

Tone LedgerWatch::tone() const {
    if (m_report && !m_report->intact) {
        return Tone::Danger;
    }
    if (!m_error.empty() || m_services.catalog == nullptr) {
        return Tone::Warn;
    }
    return m_report && !m_verifying ? Tone::Ok : Tone::Neutral;
}

} // namespace meshbone::ui
