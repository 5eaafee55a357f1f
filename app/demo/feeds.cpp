// SPDX-License-Identifier: Apache-2.0
#include "demo/feeds.h"

#include "demo/demo_client.h"
#include "demo/event_codec.h"
#include "demo/event_schemas.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace meshbone::app::demo {

namespace {

constexpr auto kTick = std::chrono::milliseconds(100);

/// The first failed delivery, kept for the thread that produces. Shared with the delivery callbacks.
class DeliveryErrors {
public:
    void keep(const Error& error) {
        const std::lock_guard lock(m_mutex);
        if (!m_first) {
            m_first = error;
        }
    }
    [[nodiscard]] std::optional<Error> first() const {
        const std::lock_guard lock(m_mutex);
        return m_first;
    }

private:
    mutable std::mutex m_mutex;
    std::optional<Error> m_first;
};

/// How many records the topics have ever got: the sum of their end offsets.
Result<std::int64_t> publishedSoFar(const backbone::Profile& profile, const std::vector<std::string>& topics,
                                    const CallOptions& call) {
    auto admin = backbone::openAdmin(profile);
    if (!admin) {
        return std::unexpected(admin.error());
    }
    std::int64_t total = 0;
    for (const auto& topic : topics) {
        const auto partitions = (*admin)->partitions(topic, call);
        if (!partitions) {
            return std::unexpected(partitions.error());
        }
        for (const auto& partition : *partitions) {
            total += partition.highWatermark.value();
        }
    }
    return total;
}

class Feed {
public:
    Feed(const FeedPlan& plan, std::unique_ptr<backbone::Producer> producer, EventCodec codec, std::int64_t published)
        : m_plan(plan)
        , m_events(plan.events())
        , m_producer(std::move(producer))
        , m_codec(std::move(codec))
        , m_next(published) {}

    Status run(std::stop_token stop) {
        const auto history = static_cast<std::int64_t>(m_plan.historyShare * static_cast<double>(m_events.size()));
        while (m_next < history && !stop.stop_requested()) {
            if (const auto done = publishNext(); !done) {
                return done;
            }
        }
        double due = 0;
        while (pauseFor(stop, kTick)) {
            due += m_plan.perSecond * std::chrono::duration<double>(kTick).count();
            for (; due >= 1; due -= 1) {
                if (const auto done = publishNext(); !done) {
                    return done;
                }
            }
        }
        return {};
    }

private:
    Status publishNext() {
        const auto size = static_cast<std::int64_t>(m_events.size());
        const auto& event = m_events[static_cast<std::size_t>(m_next % size)];
        const auto versions = m_codec.versionsOf(event.topic);
        auto value = m_codec.encode(event.topic, versions == 0 ? 0 : versionAt(m_next, size, versions), event.value);
        if (!value) {
            return std::unexpected(value.error());
        }
        Record record;
        record.topic = event.topic;
        record.key = event.key;
        record.value = std::move(*value);
        record.timestampMs = event.timeMs;
        record.headers = {{"ce-source", "/demo/" + m_plan.name}, {"demo.pass", std::to_string(1 + m_next / size)}};
        ++m_next;
        if (const auto failed = m_errors->first()) {
            return std::unexpected(*failed);
        }
        return m_producer->produce(std::move(record), [errors = m_errors](Result<backbone::Delivery> delivery) {
            if (!delivery) {
                errors->keep(delivery.error());
            }
        });
    }

    const FeedPlan& m_plan;
    const std::vector<Event> m_events;
    std::shared_ptr<DeliveryErrors> m_errors = std::make_shared<DeliveryErrors>();
    std::unique_ptr<backbone::Producer> m_producer;
    EventCodec m_codec;
    std::int64_t m_next; ///< index of the next event, counted over all passes
};

} // namespace

const std::vector<FeedPlan>& feedPlans() {
    static const std::vector<FeedPlan> plans{
        {"svc-bts-feed", &flightEvents, {"aviation.flights"}, 0.6, 24},
        {"svc-usgs-feed", &quakeEvents, {"seismic.quakes", "seismic.quakes.revisions"}, 0.93, 8},
        {"svc-faa-strikes", &birdstrikeEvents, {"wildlife.strikes"}, 0.6, 18},
        {"svc-airport-table", &airportEvents, {"reference.airports"}, 1.0, 0.4},
    };
    return plans;
}

Status runFeed(const FeedPlan& plan, const backbone::Profile& profile, const backbone::HttpClientOptions& registry,
               std::stop_token stop) {
    auto codec = EventCodec::open(registry, profile, stop);
    const auto announced = codec ? codec->announce(plan.topics) : std::unexpected(codec.error());
    if (!announced) {
        return announced;
    }
    const auto published = publishedSoFar(profile, plan.topics, {std::chrono::seconds(30), stop});
    if (!published) {
        return std::unexpected(published.error());
    }
    backbone::ProducerOptions options;
    options.compression = "lz4";
    auto producer = backbone::openProducer(profile, options);
    if (!producer) {
        return std::unexpected(producer.error());
    }
    return Feed(plan, std::move(*producer), std::move(*codec), *published).run(stop);
}

} // namespace meshbone::app::demo
