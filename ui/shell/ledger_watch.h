// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "widgets/theme.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace meshbone::ui {

/// Whether the ledger's chain is intact: verified after start, on demand, and again by itself where it has grown. The
/// status bar, the Overview and the Audit page show the same report.
class LedgerWatch : public QObject {
    Q_OBJECT
public:
    /// When it is verified again by itself.
    struct Pace {
        std::chrono::milliseconds quiet{3'000};  ///< so long nothing was added
        std::chrono::milliseconds least{30'000}; ///< since it was verified last
        std::chrono::milliseconds costly{2'000}; ///< where that took longer, it is left to a person
    };
    LedgerWatch(Services& services, JobRunner& jobs, LiveFeed& feed, QObject* parent = nullptr);
    void setPace(const Pace& pace) { m_pace = pace; }
    void verify();
    /// Somebody waits for it: what is verified again by itself leaves shown what is known.
    [[nodiscard]] bool isVerifying() const { return m_isRunning && !m_isQuiet; }
    [[nodiscard]] const std::optional<catalog::VerifyReport>& report() const { return m_report; }
    [[nodiscard]] TimestampMs checkedMs() const { return m_checkedMs; }
    [[nodiscard]] const std::string& error() const {
        return m_error;
    } ///< why it could not be verified; empty: it could
    /// Nothing more is to come without a new entry or a command, but that what was added is verified in a while.
    [[nodiscard]] bool isSettled() const;

    /// The state in a few words, with its tone, for the status bar: "Ledger verified to #4,812".
    [[nodiscard]] QString words() const;
    [[nodiscard]] Tone tone() const;

signals:
    void changed();

private:
    void catalogChanged();
    void planAgain();
    void run(const QString& title);
    [[nodiscard]] bool hasToBegin() const;

    Services& m_services;
    JobRunner& m_jobs;
    LiveFeed& m_feed;
    std::optional<catalog::VerifyReport> m_report;
    TimestampMs m_checkedMs = -1;
    std::string m_error;
    Pace m_pace;
    QTimer m_again;
    std::int64_t m_applied = -1;         ///< entries, when the catalog last changed
    std::int64_t m_appliedAtVerify = -1; ///< and when it was last verified
    bool m_isRunning = false;
    bool m_isQuiet = false;
};

} // namespace meshbone::ui
