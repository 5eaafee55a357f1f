// SPDX-License-Identifier: Apache-2.0
#include "demo/readers.h"

#include "demo/demo_client.h"
#include "demo/event_codec.h"

namespace meshbone::app::demo {

namespace {
constexpr std::size_t kBatchRecords = 200;
constexpr auto kCommitEvery = std::chrono::seconds(3);
} // namespace

const std::vector<ReaderPlan>& readerPlans() {
    static const std::vector<ReaderPlan> plans{
        {"svc-rebooking", {"aviation.flights.delayed"}, 0},
        {"svc-delay-board", {"aviation.delays-per-airport"}, 0},
        {"svc-seismic-alerts", {"seismic.quakes.strong", "seismic.quakes-near-airports"}, 0},
        {"svc-airport-ops", {"seismic.quakes-near-airports"}, 0},
        {"svc-risk-model", {"wildlife.risk-per-airport"}, 16'000},
        {"insurer-portal", {"wildlife.strikes.damage"}, 0},
        {"ops-dashboard",
         {"aviation.delays-per-airport", "seismic.quakes-near-airports", "wildlife.risk-per-airport"},
         0},
        {"notebook-adhoc", {"seismic.quakes"}, 0},
    };
    return plans;
}

Status runReader(const ReaderPlan& plan, const backbone::Profile& profile, const backbone::HttpClientOptions& registry,
                 std::stop_token stop) {
    auto codec = EventCodec::open(registry, profile, stop);
    if (!codec) {
        return std::unexpected(codec.error());
    }
    backbone::ConsumerOptions options;
    options.group = plan.name;
    auto consumer = backbone::openConsumer(profile, options);
    if (!consumer) {
        return std::unexpected(consumer.error());
    }
    if (const auto subscribed = (*consumer)->subscribe(plan.topics); !subscribed) {
        return subscribed;
    }
    auto lastCommit = std::chrono::steady_clock::now();
    bool uncommitted = false;
    while (!stop.stop_requested()) {
        const auto batch = (*consumer)->poll(kBatchRecords, std::chrono::milliseconds(500));
        if (!batch) {
            return std::unexpected(batch.error());
        }
        for (const auto& record : *batch) {
            if (const auto read = codec->decoded(record); !read) {
                return std::unexpected(read.error());
            }
        }
        uncommitted = uncommitted || !batch->empty();
        if (!batch->empty() && plan.delayMs > 0 && !pauseFor(stop, std::chrono::milliseconds(plan.delayMs))) {
            break;
        }
        const auto now = std::chrono::steady_clock::now();
        if (uncommitted && now - lastCommit >= kCommitEvery) {
            if (const auto committed = (*consumer)->commit({std::chrono::seconds(10), stop}); !committed) {
                return committed;
            }
            lastCommit = now;
            uncommitted = false;
        }
    }
    return uncommitted ? (*consumer)->commit({std::chrono::seconds(2), {}}) : Status{};
}

} // namespace meshbone::app::demo
