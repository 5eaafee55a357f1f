// SPDX-License-Identifier: Apache-2.0
// registry_bench [directory] [versions] [seconds] [meshctl]: a registry served by `meshctl serve --schemas`, from
// outside: so many versions (20,000) registered over 100 connections, each on the disk before it is answered; until it
// is ready with them after a restart, and what it holds, with its projection and without one; schemas by id over 100
// connections; and what checking each record of a topic against its schema takes of what one librdkafka producer gets
// through. One line of JSON.
// registry_bench … --peer URL: beside another registry that serves Confluent's REST API there, and nothing else.
#include "bench_folder.h"
#include "disk_figure.h"
#include "http_asker.h"
#include "kafka_client.h"
#include "median.h"
#include "registry_peer.h"
#include "registry_requests.h"
#include "schema_texts.h"

#include "support/requests.h"
#include "support/served_broker.h"

#include <catalog/schema.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>

namespace {

using namespace meshbone;
using testing::ServedBroker;
using Clock = std::chrono::steady_clock;

constexpr int kConnections = 100;
constexpr double kPatienceS = 600;
constexpr int kRounds = 5;
constexpr int kStarts = 9;
constexpr std::int64_t kRecords = 500'000;
constexpr auto kTopic = "flights";

/// One request; ends the process where it isn't answered with 200.
void once(ServedBroker& broker, const std::string& request) {
    (void)bench::askFor(
        broker.schemasPort(), 1, kPatienceS, [&](std::size_t) { return request; }, 1);
}

/// Records a second of a producer that is full all the time, acknowledged.
double produce(const std::string& bootstrap, const std::string& value) {
    const auto producer = bench::client(RD_KAFKA_PRODUCER, bootstrap,
                                        {{"acks", "1"},
                                         {"linger.ms", "5"},
                                         {"batch.num.messages", "100000"},
                                         {"queue.buffering.max.messages", "500000"}});
    const auto topic = bench::topic(producer, kTopic);
    const auto begun = Clock::now();
    for (std::int64_t sent = 0; sent < kRecords;) {
        if (rd_kafka_produce(topic.get(), 0, RD_KAFKA_MSG_F_COPY, const_cast<char*>(value.data()), value.size(),
                             nullptr, 0, nullptr) == 0) {
            ++sent;
        } else {
            rd_kafka_poll(producer.get(), 1); // the queue is full
        }
    }
    if (rd_kafka_flush(producer.get(), 120'000) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        throw std::runtime_error("Not everything was acknowledged in time.");
    }
    return static_cast<double>(kRecords) / std::chrono::duration<double>(Clock::now() - begun).count();
}

/// Until a registry that is started again has answered with its last schema, and what it holds then.
struct Ready {
    double medianMs = 0, worstMs = 0, mib = 0;
};

/// `before` is done to what it left behind, each time that it is down.
Ready measureReady(ServedBroker& broker, std::size_t versions, const std::function<void()>& before) {
    std::vector<double> took;
    Ready ready;
    for (int round = 0; round < kStarts; ++round) {
        broker.stop();
        before();
        const auto begun = Clock::now();
        broker.start();
        once(broker, bench::schemaById(versions)); // waits for an answer, which comes when all is read
        took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
        ready.worstMs = std::max(ready.worstMs, took.back());
        ready.mib = std::max(ready.mib, broker.residentMiB());
    }
    ready.medianMs = bench::median(took);
    return ready;
}

void removeProjection(const std::filesystem::path& data) {
    for (const char* suffix : {"", "-wal"}) {
        std::filesystem::remove(data / "state" / (std::string("schemas.db") + suffix));
    }
}

struct Enforced {
    double free = 0, checked = 0, ratio = 0;
};

/// In turns; the topic isn't synced for each answer, so that the disk doesn't hide what checking costs.
Enforced measureEnforcement(ServedBroker& broker, std::size_t id) {
    testing::RawClient client(broker.port());
    if (testing::createTopic(client, kTopic, 1, {{"flush.messages", "1000000000"}}) !=
        backbone::wire::KafkaCode::None) {
        throw std::runtime_error("The topic can't be made.");
    }
    once(broker, bench::registration("flights-value", bench::flightSchema()));
    std::string value(1, '\0');
    for (int shift = 24; shift >= 0; shift -= 8) {
        value += static_cast<char>(id >> shift);
    }
    value += catalog::parseAvro(bench::flightSchema()).value()->fromJson(bench::kFlight).value();
    std::vector<double> free, checked, ratios;
    for (int round = 0; round < kRounds; ++round) {
        once(broker, bench::withBody("PUT", "/config/flights-value", R"({"validation":"OFF"})"));
        free.push_back(produce(broker.bootstrap(), value));
        once(broker, bench::withBody("PUT", "/config/flights-value", R"({"validation":"REFUSE"})"));
        checked.push_back(produce(broker.bootstrap(), value));
        ratios.push_back(checked.back() / free.back());
    }
    return {bench::median(free), bench::median(checked), bench::median(ratios)};
}

int run(const std::filesystem::path& where, std::size_t versions, double seconds,
        const std::filesystem::path& meshctl) {
    const bench::BenchFolder folder(where);
    ServedBroker broker(meshctl, folder.path() / "data");
    broker.serveSchemas();
    broker.start();
    const auto emptyMiB = broker.residentMiB();
    std::size_t textBytes = 0;
    const auto registered = bench::askFor(
        broker.schemasPort(), kConnections, kPatienceS,
        [&](std::size_t i) {
            const auto subject = static_cast<int>(i) / bench::kVersionsOfSubject;
            const auto text = bench::versionText(subject, static_cast<int>(i) % bench::kVersionsOfSubject);
            textBytes += text.size();
            return bench::registration(fmt::format("topic{}-value", subject), text);
        },
        versions);
    const auto data = folder.path() / "data";
    const auto rebuilt = measureReady(broker, versions, [&] { removeProjection(data); });
    const auto ready = measureReady(broker, versions, [] {});
    std::mt19937 random(1);
    const auto cpu = broker.cpuSeconds();
    const auto asked = bench::askFor(broker.schemasPort(), kConnections, seconds,
                                     [&](std::size_t) { return bench::schemaById(1 + random() % versions); });
    const auto serverUs = (broker.cpuSeconds() - cpu) / (asked.perSecond * seconds) * 1e6;
    const auto askedMiB = broker.residentMiB();
    const auto enforced = measureEnforcement(broker, versions + 1);
    fmt::print(
        R"({{"bench":"registry","versions":{},"text_mib":{:.1f},"registered_per_s":{:.0f},"registered_p99_ms":{:.1f},)"
        R"("ready_ms":{:.0f},"ready_worst_ms":{:.0f},"rebuilt_ms":{:.0f},"rebuilt_worst_ms":{:.0f},"empty_mib":{:.1f},)"
        R"("ready_mib":{:.1f},"rebuilt_mib":{:.1f},"asked_mib":{:.1f},"by_id_per_s":{:.0f},)"
        R"("by_id_p50_ms":{:.2f},"by_id_p99_ms":{:.2f},"by_id_server_us":{:.1f},"produced_per_s":{:.0f},)"
        R"("produced_checked_per_s":{:.0f},"checked_ratio":{:.3f},"disk":{}}})"
        "\n",
        versions, static_cast<double>(textBytes) / (1 << 20), registered.perSecond, registered.p99Ms, ready.medianMs,
        ready.worstMs, rebuilt.medianMs, rebuilt.worstMs, emptyMiB, ready.mib, rebuilt.mib, askedMiB, asked.perSecond,
        asked.p50Ms, asked.p99Ms, serverUs, enforced.free, enforced.checked, enforced.ratio, bench::diskFigures(where));
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        std::string peer;
        if (argc > 2 && std::string_view(argv[argc - 2]) == "--peer") {
            peer = argv[argc - 1];
            argc -= 2;
        }
        const std::filesystem::path where = argc > 1 ? argv[1] : ".";
        const auto versions = argc > 2 ? std::stoul(argv[2]) : 20'000;
        const double seconds = argc > 3 ? std::atof(argv[3]) : 5;
        const std::filesystem::path meshctl = argc > 4 ? argv[4] : bench::ownMeshctl();
        if (peer.empty()) {
            return run(where, versions, seconds, meshctl);
        }
        bench::comparePeer(peer, where, seconds, meshctl);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "registry_bench: %s\n", error.what());
        return 1;
    }
}
