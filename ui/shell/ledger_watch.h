// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "widgets/theme.h"

#include <QObject>

#include <optional>

namespace meshbone::ui {

/// Whether the ledger's chain is intact: verified once after start, then on demand. The status bar, the Overview and
/// the Audit page show the same report.
class LedgerWatch : public QObject {
    Q_OBJECT
public:
    LedgerWatch(Services& services, JobRunner& jobs, LiveFeed& feed, QObject* parent = nullptr);
    void verify();
    [[nodiscard]] bool isVerifying() const { return m_verifying; }
    [[nodiscard]] const std::optional<catalog::VerifyReport>& report() const { return m_report; }
    [[nodiscard]] TimestampMs checkedMs() const { return m_checkedMs; }
    [[nodiscard]] const std::string& error() const {
        return m_error;
    } ///< why it could not be verified; empty: it could
    /// Nothing more is to come without a new entry or a command.
    [[nodiscard]] bool isSettled() const;

    /// The state in a few words, with its tone, for the status bar: "Ledger verified to #4,812".
    [[nodiscard]] QString words() const;
    [[nodiscard]] Tone tone() const;

signals:
    void changed();

private:
    Services& m_services;
    JobRunner& m_jobs;
    LiveFeed& m_feed;
    std::optional<catalog::VerifyReport> m_report;
    TimestampMs m_checkedMs = -1;
    std::string m_error;
    bool m_verifying = false;
};

} // namespace meshbone::ui
