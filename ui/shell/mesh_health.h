// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "shell/newest_job.h"

#include <QObject>
#include <QTimer>

namespace meshbone::ui {

/// A consumer group and how far it is behind.
struct GroupLag {
    std::string group, state;
    std::vector<std::string> topics; ///< that it has committed offsets in
    std::int64_t lag = 0;            ///< events between what it committed and the ends
    bool lagging = false;            ///< behind by more than a minute of its topics' events, and at least 100
};

/// What only the cluster can tell: its topics and its groups.
struct MeshFacts {
    std::vector<backbone::TopicSummary> topics; ///< sorted by name, internal ones too
    std::vector<GroupLag> groups;               ///< sorted by name, at most kMaxGroups
    std::int64_t partitions = 0;
    TimestampMs atMs = -1; ///< -1: never read
};
inline constexpr std::size_t kMaxGroups = 500;

/// Behind by more than the topic's last minute of events, and not just by what is in flight.
bool isLagging(std::int64_t lag, double topicEventsPerSecond);

/// Reads the facts in a job, every 15 s while the backbone is healthy, keeps the last ones while it isn't.
class MeshHealth : public QObject {
    Q_OBJECT
public:
    MeshHealth(Services& services, JobRunner& jobs, LiveFeed& feed, QObject* parent = nullptr);
    [[nodiscard]] const std::shared_ptr<const MeshFacts>& facts() const { return m_facts; } ///< never null
    [[nodiscard]] bool isLoaded() const { return m_facts->atMs != -1 || !m_error.empty(); }
    [[nodiscard]] const std::string& error() const { return m_error; } ///< of the last reading; empty: none
    /// Reads again; what is asked while a reading is under way is answered by one more after it.
    void refresh();

signals:
    void changed();

private:
    using Reading = NewestJob<Result<std::shared_ptr<const MeshFacts>>>;
    Reading::Work read();
    void take(Result<std::shared_ptr<const MeshFacts>> facts);

    Services& m_services;
    LiveFeed& m_feed;
    Reading m_reading;
    std::shared_ptr<const MeshFacts> m_facts;
    std::string m_error;
    QTimer m_timer;
};

} // namespace meshbone::ui
