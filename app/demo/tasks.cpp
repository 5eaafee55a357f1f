// SPDX-License-Identifier: Apache-2.0
#include "demo/tasks.h"

#include "demo/demo_client.h"
#include "demo/event_codec.h"
#include "demo/transforms.h"

#include <algorithm>
#include <map>

namespace meshbone::app::demo {

namespace {

constexpr std::size_t kTaskBatchRecords = 500;
constexpr std::int64_t kRestingRecords = 10; // a table that grows by fewer between two looks has been read
constexpr auto kTablePause = std::chrono::milliseconds(1000);

/// Reads all of a task's tables up to the ends that they have now.
class TableReader {
public:
    TableReader(const TaskPlan& plan, const backbone::Profile& profile, EventCodec& codec, std::stop_token stop)
        : m_plan(plan)
        , m_profile(profile)
        , m_codec(codec)
        , m_stop(std::move(stop)) {}

    Status readInto(Transform& transform) {
        for (const auto& topic : m_plan.tables) {
            // What the task wrote itself may well be empty; a table that it joins with is waited for, and until it
            // rests.
            const bool awaited = topic != m_plan.output;
            std::int64_t before = -1;
            do {
                before = m_read;
                if (const auto read = readTopic(topic, transform); !read) {
                    return read;
                }
            } while (awaited && !isResting(before) && pauseFor(m_stop, kTablePause));
            m_read = 0;
            m_next.clear();
        }
        return {};
    }

private:
    /// It had something at the look before, and has hardly grown since: what trickles in later is no part of the table.
    [[nodiscard]] bool isResting(std::int64_t before) const { return before > 0 && m_read - before < kRestingRecords; }

    Status readTopic(const std::string& topic, Transform& transform) {
        auto admin = backbone::openAdmin(m_profile);
        if (!admin) {
            return std::unexpected(admin.error());
        }
        const auto partitions = (*admin)->partitions(topic, {std::chrono::seconds(30), m_stop});
        if (!partitions) {
            return std::unexpected(partitions.error());
        }
        std::vector<backbone::Position> starts;
        for (const auto& partition : *partitions) {
            m_read = std::max(m_read, partition.highWatermark.value());
            auto& next = m_next[partition.partition];
            next = std::max(next, partition.logStart);
            if (next < partition.highWatermark) {
                starts.push_back({{topic, partition.partition}, next});
                next = partition.highWatermark;
            }
        }
        if (starts.empty()) {
            return {};
        }
        auto consumer = backbone::openConsumer(m_profile, {});
        if (!consumer) {
            return std::unexpected(consumer.error());
        }
        if (const auto assigned = (*consumer)->assign(starts); !assigned) {
            return assigned;
        }
        return drain(**consumer, *partitions, transform);
    }

    Status drain(backbone::Consumer& consumer, const std::vector<backbone::PartitionDetail>& ends,
                 Transform& transform) {
        while (!m_stop.stop_requested()) {
            auto batch = consumer.poll(kTaskBatchRecords, std::chrono::milliseconds(200));
            if (!batch) {
                return std::unexpected(batch.error());
            }
            for (auto& record : *batch) {
                const auto read = m_codec.decoded(std::move(record));
                if (!read) {
                    return std::unexpected(read.error());
                }
                transform.restore(*read);
            }
            const auto positions = consumer.positions();
            if (!positions) {
                return std::unexpected(positions.error());
            }
            if (std::ranges::all_of(*positions, [&](const backbone::Position& position) {
                    const auto end =
                        std::ranges::find(ends, position.at.partition, &backbone::PartitionDetail::partition);
                    return end == ends.end() || position.offset >= end->highWatermark;
                })) {
                return {};
            }
        }
        return {};
    }

    const TaskPlan& m_plan;
    const backbone::Profile& m_profile;
    EventCodec& m_codec;
    std::stop_token m_stop;
    std::int64_t m_read = 0;            ///< the farthest end that was read in the present table
    std::map<Partition, Offset> m_next; ///< of the present table: what was read once isn't read again
};

Status derive(const TaskPlan& plan, Transform& transform, const Record& record, EventCodec& codec,
              backbone::Producer& producer) {
    const auto read = codec.decoded(record);
    if (!read) {
        return std::unexpected(read.error());
    }
    for (auto& result : transform.apply(*read)) {
        // What is passed on as it is keeps its bytes, and the schema that it was written with.
        auto value = result.value == read->value ? Result<Bytes>(record.value.value_or(""))
                                                 : codec.encode(plan.output, {}, result.value.value_or(""));
        if (!value) {
            return std::unexpected(value.error());
        }
        result.value = std::move(*value);
        result.topic = plan.output;
        result.headers = {{"ce-source", "/demo/" + plan.name}};
        if (const auto queued = producer.produce(std::move(result), [](Result<backbone::Delivery>) {}); !queued) {
            return queued;
        }
    }
    return {};
}

Status deriveLoop(const TaskPlan& plan, Transform& transform, EventCodec& codec, backbone::Consumer& consumer,
                  backbone::Producer& producer, std::stop_token stop) {
    while (!stop.stop_requested()) {
        const auto batch = consumer.poll(kTaskBatchRecords, std::chrono::milliseconds(500));
        if (!batch) {
            return std::unexpected(batch.error());
        }
        for (const auto& record : *batch) {
            if (const auto derived = derive(plan, transform, record, codec, producer); !derived) {
                return derived;
            }
        }
        if (batch->empty()) {
            continue;
        }
        // Flush before commit: what is committed has been derived for certain (at least once).
        if (const auto flushed = producer.flush({std::chrono::seconds(30), stop}); !flushed) {
            return flushed;
        }
        if (const auto committed = consumer.commit({std::chrono::seconds(10), stop}); !committed) {
            return committed;
        }
    }
    return {};
}

} // namespace

const std::vector<TaskPlan>& taskPlans() {
    static const std::vector<TaskPlan> plans{
        {"flag-delays", {"aviation.flights"}, {}, "aviation.flights.delayed", &delayedFlights},
        {"delay-average",
         {"aviation.flights"},
         {"reference.airports", "aviation.delays-per-airport"},
         "aviation.delays-per-airport",
         &delayAverage},
        {"magnitude-filter", {"seismic.quakes"}, {}, "seismic.quakes.strong", &strongQuakes},
        {"near-airports",
         {"seismic.quakes", "seismic.quakes.revisions"},
         {"reference.airports"},
         "seismic.quakes-near-airports",
         &quakesNearAirports},
        {"damage-only", {"wildlife.strikes"}, {}, "wildlife.strikes.damage", &damagingStrikes},
        {"strike-rate", {"wildlife.strikes"}, {"wildlife.risk-per-airport"}, "wildlife.risk-per-airport", &strikeRate},
    };
    return plans;
}

Status runTask(const TaskPlan& plan, const backbone::Profile& profile, const backbone::HttpClientOptions& registry,
               std::stop_token stop) {
    auto codec = EventCodec::open(registry, profile, stop);
    const auto announced = codec ? codec->announce({plan.output}) : std::unexpected(codec.error());
    if (!announced) {
        return announced;
    }
    const auto transform = plan.transform();
    if (const auto restored = TableReader(plan, profile, *codec, stop).readInto(*transform); !restored) {
        return restored;
    }
    auto producer = backbone::openProducer(profile, {});
    if (!producer) {
        return std::unexpected(producer.error());
    }
    backbone::ConsumerOptions options;
    options.group = plan.name;
    auto consumer = backbone::openConsumer(profile, options);
    if (!consumer) {
        return std::unexpected(consumer.error());
    }
    if (const auto subscribed = (*consumer)->subscribe(plan.inputs); !subscribed) {
        return subscribed;
    }
    return deriveLoop(plan, *transform, *codec, **consumer, **producer, stop);
}

} // namespace meshbone::app::demo
