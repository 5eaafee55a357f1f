// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/inner_admin.h"
#include "session/offset_sampler.h"
#include "session/size_sampler.h"
#include "session/traffic_history.h"
#include <backbone/listeners.h>

#include <backbone/backbone.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace meshbone::backbone {

/// The thread "mb-watch": whether the cluster can be reached, and its traffic. Looks every kHealthy when all is well
/// and every kUnhealthy when not; a look that takes long makes the next one wait longer, so that a large or slow
/// cluster is not hammered. Thread-safe.
class Watch {
public:
    static constexpr std::chrono::milliseconds kHealthy{5000};
    static constexpr std::chrono::milliseconds kUnhealthy{1000};

    /// `history`: the file of the traffic's history.
    Watch(std::shared_ptr<InnerAdmin> admin, std::filesystem::path history);
    ~Watch();

    [[nodiscard]] BackboneState state() const;
    [[nodiscard]] std::shared_ptr<const TrafficSnapshot> traffic() const;
    [[nodiscard]] std::shared_ptr<const TrafficHistory> history() const;
    Subscription onStateChanged(std::function<void(const BackboneState&)> changed);
    Subscription onTraffic(std::function<void(std::shared_ptr<const TrafficSnapshot>)> changed);
    Status waitHealthy(const CallOptions& options);

private:
    void run(const std::stop_token& stop);
    void look(const std::stop_token& stop);
    void sampleTraffic(const std::stop_token& stop);
    void publish();
    void become(Reachability reachability, std::string reason, const ClusterInfo* cluster);

    std::shared_ptr<InnerAdmin> m_admin;
    OffsetSampler m_sampler;
    SizeSampler m_sizes;
    TrafficMeter m_meter;        ///< of the thread alone
    TrafficHistoryLog m_history; ///< the same, once it runs

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    BackboneState m_state;
    std::shared_ptr<const TrafficSnapshot> m_traffic = std::make_shared<TrafficSnapshot>();
    std::shared_ptr<const TrafficHistory> m_past;

    Listeners<const BackboneState&> m_stateListeners;
    Listeners<std::shared_ptr<const TrafficSnapshot>> m_trafficListeners;
    std::jthread m_thread; ///< last: it uses all of the above
};

} // namespace meshbone::backbone
