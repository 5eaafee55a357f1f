// SPDX-License-Identifier: Apache-2.0
#include "shell/cluster_abilities.h"

#include "widgets/format.h"

namespace meshbone::ui {

namespace {
constexpr std::chrono::seconds kTimeout{30};
} // namespace

ClusterAbilities::ClusterAbilities(Services& services, JobRunner& jobs, LiveFeed& feed, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_jobs(jobs)
    , m_feed(feed) {
    connect(&feed, &LiveFeed::stateChanged, this, &ClusterAbilities::update);
    update();
}

void ClusterAbilities::update() {
    const bool healthy = m_feed.isHealthy();
    const bool look = healthy && !m_wasHealthy && m_services.profiles.test;
    m_wasHealthy = healthy;
    if (!look) {
        return;
    }
    m_jobs.run(
        this, {.title = {}, .key = QStringLiteral("abilities")},
        [test = m_services.profiles.test, profile = m_services.backbone.profile()](const JobContext& job) {
            return test(profile, job.call(kTimeout));
        },
        [this](const Result<backbone::Capabilities>& found) {
            if (found) {
                m_found = *found;
                emit changed();
            }
        });
}

QString ClusterAbilities::whyNot(backbone::Feature feature) const {
    return m_found ? text(m_found->whyNot(feature)) : QString();
}

QString ClusterAbilities::whyNotOffered(backbone::Feature feature) const {
    const auto* check = m_found ? m_found->find(feature) : nullptr;
    return check == nullptr || check->offered ? QString() : text(check->sentence);
}

} // namespace meshbone::ui
