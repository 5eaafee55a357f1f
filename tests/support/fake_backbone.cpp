// SPDX-License-Identifier: Apache-2.0
#include "support/fake_backbone.h"

#include <cmath>

namespace meshbone::test {

using namespace backbone;

namespace {

/// Takes every record, each at the next offset of its topic's first partition.
class KeepingProducer : public Producer {
public:
    explicit KeepingProducer(std::shared_ptr<std::vector<Record>> written)
        : m_written(std::move(written)) {}
    Status produce(Record record, DeliveryCallback done) override {
        done(produceAndWait(std::move(record), {}));
        return {};
    }
    Result<Delivery> produceAndWait(Record record, const CallOptions&) override {
        Delivery delivery{{record.topic, Partition(0)}, Offset(static_cast<std::int64_t>(m_written->size()))};
        m_written->push_back(std::move(record));
        return delivery;
    }
    Status flush(const CallOptions&) override { return {}; }

private:
    std::shared_ptr<std::vector<Record>> m_written;
};

std::vector<float> wave(double rate, std::size_t points, std::size_t phase) {
    std::vector<float> values;
    for (std::size_t i = 0; i < points; ++i) {
        const auto x = static_cast<double>(i + phase);
        values.push_back(static_cast<float>(rate * (1 + 0.12 * std::sin(x / 4.1) + 0.06 * std::sin(x * 1.7))));
    }
    return values;
}

std::shared_ptr<const TrafficSnapshot> trafficOf(const std::vector<MeshTopic>& topics) {
    auto traffic = std::make_shared<TrafficSnapshot>();
    traffic->atMs = kExampleNowMs;
    std::size_t phase = 0;
    for (const auto& topic : topics) {
        phase += 11;
        traffic->topics.push_back({topic.name, topic.records, topic.records, topic.sizeBytes, topic.perSecond,
                                   wave(topic.perSecond, 60, phase), wave(topic.perSecond, 60, phase + 5)});
    }
    return traffic;
}

constexpr std::int64_t kFineMs = 300'000, kCoarseMs = 1'800'000, kHourMs = 3'600'000;

/// Three days up to now, of which nobody watched the hours 12 to 18 ago.
std::shared_ptr<const TrafficHistory> historyOf(const std::vector<MeshTopic>& topics) {
    auto history = std::make_shared<TrafficHistory>();
    const auto now = kExampleNowMs - kExampleNowMs % kFineMs;
    for (auto start = now - now % kCoarseMs - 72 * kHourMs; start <= now;) {
        const auto age = now - start;
        const auto step = age > 24 * kHourMs ? kCoarseMs : kFineMs;
        if (age < 12 * kHourMs || age > 18 * kHourMs) {
            auto bucket = std::make_shared<TrafficBucket>(TrafficBucket{start, step, {}});
            const auto swing = 1 + 0.3 * std::sin(static_cast<double>(start) / 1.4e7);
            for (const auto& topic : topics) {
                const auto events = topic.perSecond * swing * static_cast<double>(step) / 1'000;
                bucket->events[topic.name] = static_cast<std::int64_t>(events);
            }
            history->buckets.push_back(std::move(bucket));
        }
        start += step;
    }
    return history;
}

} // namespace

FakeBackbone::FakeBackbone(std::vector<MeshTopic> topics)
    : m_traffic(trafficOf(topics))
    , m_history(historyOf(topics))
    , m_admin(topics)
    , m_messages(topics)
    , m_replays([this](const std::string& topic) { return m_messages.records(topic); }) {
    m_profile.bootstrap = "127.0.0.1:9092";
    m_profile.securityProtocol = "SASL_PLAINTEXT";
    m_profile.saslMechanism = "SCRAM-SHA-256";
    m_profile.user = "meshbone-desktop";
    m_state.reachability = Reachability::Healthy;
    m_state.sinceMs = kExampleNowMs - 4LL * 86'400'000 - 6LL * 3'600'000;
    m_state.cluster = {"Zx3k0qv5S4mCq1x2bq3kLw", 1, {{1, "127.0.0.1", 9092}}};
}

void FakeBackbone::setReachability(Reachability reachability, const std::string& reason) {
    BackboneState changed;
    {
        const std::scoped_lock lock(m_mutex);
        m_state.reachability = reachability;
        m_state.reason = reason;
        m_state.sinceMs = kExampleNowMs;
        changed = m_state;
    }
    m_admin.setReachable(reachability == Reachability::Healthy);
    m_messages.setReachable(reachability == Reachability::Healthy);
    m_onState.tell(changed);
}

BackboneState FakeBackbone::state() const {
    const std::scoped_lock lock(m_mutex);
    return m_state;
}

Subscription FakeBackbone::onStateChanged(std::function<void(const BackboneState&)> changed) {
    return m_onState.subscribe(std::move(changed));
}

Status FakeBackbone::waitHealthy(const CallOptions&) {
    const auto now = state();
    if (now.reachability == Reachability::Healthy) {
        return {};
    }
    return fail(ErrorCode::Unavailable, now.reason);
}

Subscription FakeBackbone::onTraffic(std::function<void(std::shared_ptr<const TrafficSnapshot>)> changed) {
    return m_onTraffic.subscribe(std::move(changed));
}

Result<std::unique_ptr<Producer>> FakeBackbone::producer(const ProducerOptions&) {
    if (m_written) {
        return std::make_unique<KeepingProducer>(m_written);
    }
    return fail(ErrorCode::Unsupported, "The example mesh can't be written to.");
}

Result<std::unique_ptr<Consumer>> FakeBackbone::consumer(const ConsumerOptions&) {
    return fail(ErrorCode::Unsupported, "The example mesh is read by its message browser.");
}

} // namespace meshbone::test
