// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/job_runner.h"
#include "shell/live_feed.h"
#include "shell/services.h"

#include <backbone/capabilities.h>

#include <QObject>

#include <optional>

namespace meshbone::ui {

/// What the cluster can do, looked at each time it becomes reachable; so that what it can't do is disabled with the
/// reason. Until it is known nothing is disabled: the cluster's own answer then says why. GUI thread.
class ClusterAbilities : public QObject {
    Q_OBJECT
public:
    ClusterAbilities(Services& services, JobRunner& jobs, LiveFeed& feed, QObject* parent = nullptr);

    /// Why this user can't do it here; empty: they can, or it isn't known.
    [[nodiscard]] QString whyNot(backbone::Feature feature) const;
    /// Why nobody can do it here; rights that this user lacks don't count.
    [[nodiscard]] QString whyNotOffered(backbone::Feature feature) const;
    [[nodiscard]] const std::optional<backbone::Capabilities>& found() const { return m_found; }

signals:
    void changed();

private:
    void update();
    Services& m_services;
    JobRunner& m_jobs;
    LiveFeed& m_feed;
    bool m_wasHealthy = false;
    std::optional<backbone::Capabilities> m_found;
};

} // namespace meshbone::ui
