// SPDX-License-Identifier: Apache-2.0
// replay_bench [RECORDS] [VALUE_BYTES] [BOOTSTRAP]: fills a topic, plans a replay of all of it and runs it, on an
// embedded broker of its own or on a cluster without authentication. One line of JSON.
#include <backbone/backbone.h>
#include <backbone/broker.h>

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

using namespace meshbone;
using namespace meshbone::backbone;
using Clock = std::chrono::steady_clock;

namespace {

double secondsSince(Clock::time_point begun) {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

template <class T>
T must(Result<T> result) {
    if (!result) {
        fmt::print(stderr, "{}\n", result.error().message);
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

double fill(Backbone& backbone, const std::string& topic, std::int64_t records, std::size_t valueBytes) {
    auto producer = must(backbone.producer({}));
    const auto begun = Clock::now();
    const std::string value(valueBytes, 'x');
    for (std::int64_t i = 0; i < records; ++i) {
        Record record;
        record.topic = topic;
        record.partition = Partition(0);
        record.timestampMs = 1'700'000'000'000 + i;
        record.key = fmt::format("key-{}", i % 1000);
        record.value = value;
        must(producer->produce(std::move(record), {}));
    }
    must(producer->flush({std::chrono::minutes(5), {}}));
    return secondsSince(begun);
}

Manifest waitForEnd(Replays& replays, const std::string& run) {
    while (true) {
        auto manifest = must(replays.manifest(run));
        if (manifest.state != RunState::Running && manifest.state != RunState::Paused) {
            return manifest;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::int64_t records = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const std::size_t valueBytes = argc > 2 ? static_cast<std::size_t>(std::atoll(argv[2])) : 1024;
    const auto folder = std::filesystem::temp_directory_path() /
                        fmt::format("replay-bench-{}", Clock::now().time_since_epoch().count());
    std::unique_ptr<EmbeddedBroker> broker;
    Profile profile;
    if (argc > 3) {
        profile.bootstrap = argv[3];
    } else {
        BrokerOptions options;
        options.dataDirectory = folder / "broker";
        options.port = 0;
        options.insecure = true;
        broker = must(EmbeddedBroker::start(options));
        profile.bootstrap = broker->bootstrap();
    }
    auto backbone = must(Backbone::open(profile, folder / "state"));
    must(backbone->waitHealthy({std::chrono::seconds(30), {}}));
    const auto topic = fmt::format("bench-{}", Clock::now().time_since_epoch().count());
    must(backbone->admin().createTopic({topic, 1, 1, {{"retention.ms", "-1"}}}, {}));
    const auto fillSeconds = fill(*backbone, topic, records, valueBytes);

    ReplayRequest request;
    request.sourceTopic = topic;
    request.targetTopic = topic + "-again";
    request.window = TimeWindow{1'700'000'000'000, 1'800'000'000'000};
    auto begun = Clock::now();
    const auto plan = must(backbone->replays().plan(request, {std::chrono::minutes(5), {}}));
    const auto planSeconds = secondsSince(begun);
    begun = Clock::now();
    const auto manifest = waitForEnd(backbone->replays(), must(backbone->replays().start(plan)));
    const auto runSeconds = secondsSince(begun);
    fmt::print("{{\"bench\":\"replay\",\"records\":{},\"valueBytes\":{},\"complete\":{},\"fillSeconds\":{:.2f},"
               "\"planSeconds\":{:.2f},"
               "\"runSeconds\":{:.2f},\"recordsPerSecondProven\":{:.0f}}}\n",
               plan.records(), valueBytes, manifest.complete, fillSeconds, planSeconds, runSeconds,
               static_cast<double>(plan.records()) / runSeconds);
    if (!manifest.complete) {
        fmt::print(stderr, "{}\n", manifest.reason);
    }
    backbone.reset();
    broker.reset();
    std::filesystem::remove_all(folder);
    return manifest.complete && plan.records() == records ? 0 : 1;
}
