// SPDX-License-Identifier: Apache-2.0
#include "shell/ledger_watch.h"

#include "widgets/format.h"

#include <QDateTime>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr std::chrono::minutes kVerifyTimeout{5};
}

LedgerWatch::LedgerWatch(Services& services, JobRunner& jobs, LiveFeed& feed, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_jobs(jobs)
    , m_feed(feed) {
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (!m_isRunning) {
            m_isQuiet = true;
            run({});
        }
    });
    connect(&feed, &LiveFeed::catalogChanged, this, &LedgerWatch::catalogChanged);
}

bool LedgerWatch::hasToBegin() const {
    return !m_report && m_error.empty() && m_feed.catalog()->status.mode == catalog::CatalogMode::Live;
}

void LedgerWatch::catalogChanged() {
    if (hasToBegin() && !m_isRunning) {
        verify();
    }
    const auto applied = m_feed.catalog()->status.appliedEntries;
    if (applied != m_applied) {
        m_applied = applied;
        planAgain();
    }
    emit changed();
}

/// What is wrong stays so, and what couldn't be verified or takes long is left to a person.
void LedgerWatch::planAgain() {
    const bool isKnown = m_report && m_report->intact && m_error.empty() && m_report->took <= m_pace.costly;
    if (m_isRunning || !isKnown || m_applied <= m_appliedAtVerify) {
        return;
    }
    const std::chrono::milliseconds since(QDateTime::currentMSecsSinceEpoch() - m_checkedMs);
    m_again.start(std::clamp(m_pace.least - since, m_pace.quiet, m_pace.least + m_pace.quiet));
}

void LedgerWatch::verify() {
    if (m_services.catalog == nullptr) {
        return;
    }
    const bool isShown = isVerifying();
    m_isQuiet = false;
    if (!m_isRunning) {
        run(tr("Verifying the ledger"));
    } else if (!isShown) {
        emit changed();
    }
}

void LedgerWatch::run(const QString& title) {
    auto* catalog = m_services.catalog;
    m_again.stop();
    m_isRunning = true;
    m_appliedAtVerify = m_feed.catalog()->status.appliedEntries;
    emit changed();
    m_jobs.run(
        this, {.title = title, .key = {}},
        [catalog](const JobContext& context) {
            return catalog->verify(context.call(kVerifyTimeout), [&](double fraction) { context.progress(fraction); });
        },
        [this](Result<catalog::VerifyReport> report) {
            m_isRunning = m_isQuiet = false;
            m_checkedMs = QDateTime::currentMSecsSinceEpoch();
            m_error = report ? std::string() : report.error().message;
            if (report) {
                m_report = std::move(*report);
            }
            planAgain();
            emit changed();
        });
}

bool LedgerWatch::isSettled() const {
    if (m_services.catalog == nullptr) {
        return true;
    }
    return m_feed.isCatalogLoaded() && !isVerifying() && !hasToBegin();
}

QString LedgerWatch::words() const {
    if (m_services.catalog == nullptr) {
        return tr("No ledger");
    }
    if (isVerifying()) {
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
    return m_report && !isVerifying() ? Tone::Ok : Tone::Neutral;
}

} // namespace meshbone::ui
