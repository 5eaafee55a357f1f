// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"
#include "shell/page.h"

#include <QObject>
#include <QTimer>

namespace meshbone::ui {

/// Compares the backbone with the ledger by itself, every few minutes and after each change, as long as the window is
/// open, so that what wants attention is true whichever page is shown. One for each window, owned by it; GUI thread,
/// the comparing in jobs.
class DriftWatch : public QObject {
    Q_OBJECT
public:
    /// The window's own; made when it is first asked for.
    static DriftWatch& of(PageContext& context);

    /// The last one that succeeded or failed; null: it failed, or there was none yet.
    [[nodiscard]] const DriftLookPtr& look() const { return m_look; }
    [[nodiscard]] const std::string& problem() const { return m_problem; } ///< why it failed, a sentence
    [[nodiscard]] bool hasLooked() const { return m_hasLooked; }
    [[nodiscard]] bool isComparing() const { return m_isComparing; }
    [[nodiscard]] bool isIdle() const;
    void compare();
    void compareSoon(); ///< once what happens now is over

signals:
    void begun();
    void changed();

private:
    template <class Own>
    friend Own& windowsOwn(PageContext& context);
    explicit DriftWatch(PageContext& context);
    void compared(const Result<DriftLookPtr>& look);
    void sayAttention();

    PageContext& m_context;
    DriftLookPtr m_look;
    std::string m_problem;
    OrphanedSince m_orphaned;
    bool m_hasLooked = false;
    bool m_isComparing = false;
    bool m_again = false; ///< something changed while it compared
    QTimer m_every;       ///< the schedule
    QTimer m_settle;      ///< gathers what comes in one burst
};

} // namespace meshbone::ui
