// SPDX-License-Identifier: Apache-2.0
#include "session/watch.h"

#include <fmt/format.h>

#include <pthread.h>

namespace meshbone::backbone {

namespace {

TimestampMs nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

Watch::Watch(std::shared_ptr<InnerAdmin> admin, std::filesystem::path history)
    : m_admin(std::move(admin))
    , m_sampler(m_admin)
    , m_sizes(m_admin)
    , m_history(HistoryFile(std::move(history)), nowMs())
    , m_past(m_history.history()) {
    m_state.sinceMs = nowMs();
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Watch::~Watch() {
    m_thread.request_stop();
    m_thread.join();
}

void Watch::run(const std::stop_token& stop) {
    pthread_setname_np(pthread_self(), "mb-watch");
    while (!stop.stop_requested()) {
        const auto began = Deadline::Clock::now();
        look(stop);
        const bool healthy = state().reachability == Reachability::Healthy;
        if (healthy) {
            sampleTraffic(stop);
        }
        // At most a tenth of the time is spent looking.
        const auto took = Deadline::Clock::now() - began;
        const auto pause =
            std::max<Deadline::Clock::duration>(healthy ? kHealthy - took : kUnhealthy, healthy ? 9 * took : took);
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, stop, pause, [] { return false; });
    }
}

void Watch::look(const std::stop_token& stop) {
    const bool known = state().reachability == Reachability::Healthy;
    auto cluster = m_admin->cluster({std::chrono::milliseconds(known ? 5000 : 2000), stop});
    if (stop.stop_requested()) {
        return;
    }
    if (cluster) {
        become(Reachability::Healthy, {}, &*cluster);
    } else {
        auto reason = cluster.error().message;
        constexpr std::string_view kPrefix = "Could not reach the cluster: ";
        if (reason.starts_with(kPrefix) && reason.size() > kPrefix.size()) {
            reason.erase(0, kPrefix.size());
            if (reason.front() >= 'a' && reason.front() <= 'z') {
                reason.front() = static_cast<char>(reason.front() - 'a' + 'A');
            }
        }
        become(Reachability::Unreachable, std::move(reason), nullptr);
    }
}

void Watch::sampleTraffic(const std::stop_token& stop) {
    const Deadline deadline({std::chrono::seconds(30), stop});
    auto samples = m_sampler.sample(deadline);
    if (!samples) {
        return; // the next look says whether the cluster is away; a gap in the traffic is bridged by the meter
    }
    const auto now = nowMs();
    m_meter.add(now, *samples);
    m_history.add(now, *samples);
    publish();
    if (m_sizes.refresh(deadline)) { // after the rates, which must not wait for a slow disk's answer
        publish();
    }
}

void Watch::publish() {
    auto snapshot = m_meter.snapshot();
    m_sizes.tell(*snapshot);
    auto past = m_history.history();
    {
        const std::scoped_lock lock(m_mutex);
        m_traffic = snapshot;
        m_past = std::move(past);
    }
    m_trafficListeners.notify(std::move(snapshot));
}

void Watch::become(Reachability reachability, std::string reason, const ClusterInfo* cluster) {
    BackboneState state;
    {
        const std::scoped_lock lock(m_mutex);
        const bool changed = m_state.reachability != reachability || m_state.reason != reason;
        if (m_state.reachability != reachability) {
            m_state.sinceMs = nowMs();
        }
        m_state.reachability = reachability;
        m_state.reason = std::move(reason);
        if (cluster != nullptr) {
            m_state.cluster = *cluster;
        }
        if (!changed) {
            return;
        }
        state = m_state;
    }
    m_changed.notify_all();
    m_stateListeners.notify(state);
}

BackboneState Watch::state() const {
    const std::scoped_lock lock(m_mutex);
    return m_state;
}

std::shared_ptr<const TrafficSnapshot> Watch::traffic() const {
    const std::scoped_lock lock(m_mutex);
    return m_traffic;
}

std::shared_ptr<const TrafficHistory> Watch::history() const {
    const std::scoped_lock lock(m_mutex);
    return m_past;
}

Subscription Watch::onStateChanged(std::function<void(const BackboneState&)> changed) {
    return m_stateListeners.add(std::move(changed));
}

Subscription Watch::onTraffic(std::function<void(std::shared_ptr<const TrafficSnapshot>)> changed) {
    return m_trafficListeners.add(std::move(changed));
}

Status Watch::waitHealthy(const CallOptions& options) {
    std::unique_lock lock(m_mutex);
    const auto healthy = [&] { return m_state.reachability == Reachability::Healthy; };
    if (m_changed.wait_for(lock, options.stop, options.timeout, healthy)) {
        return {};
    }
    if (options.stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "Cancelled.");
    }
    if (m_state.reason.empty()) {
        return fail(ErrorCode::Timeout, "The backbone did not answer in time; is it running?");
    }
    return fail(ErrorCode::Unavailable, m_state.reason);
}

} // namespace meshbone::backbone
