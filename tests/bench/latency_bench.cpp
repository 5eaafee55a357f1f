// SPDX-License-Identifier: Apache-2.0
// latency_bench [directory] [seconds] [meshctl]: how long a client of `meshctl serve` waits, everything synced before
// it is acknowledged. From produce to consume with librdkafka at both ends, 1,000 records a second, linger 0; the
// acknowledgements a second of 1 and of 16 producers that each wait for their own, 1 KiB at a time; one request with a
// 4 KB batch for each of 100 partitions. One line of JSON.
#include "bench_folder.h"
#include "disk_figure.h"
#include "kafka_client.h"
#include "median.h"

#include "support/requests.h"
#include "support/served_broker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <poll.h>
#include <thread>

namespace {

using namespace meshbone;
using Clock = std::chrono::steady_clock;
using bench::quantile;

// Each record carries the moment at which it was produced.
void produceEvenly(const std::string& bootstrap, const char* name, int perSecond, int seconds) {
    const auto producer = bench::client(RD_KAFKA_PRODUCER, bootstrap, {{"acks", "all"}, {"linger.ms", "0"}});
    const auto topic = bench::topic(producer, name);
    const auto begun = Clock::now();
    for (int i = 0; i < perSecond * seconds; ++i) {
        std::this_thread::sleep_until(begun + std::chrono::microseconds(1'000'000LL * i / perSecond));
        std::array<char, 100> value{};
        const auto now = Clock::now().time_since_epoch().count();
        std::memcpy(value.data(), &now, sizeof now);
        rd_kafka_produce(topic.get(), 0, RD_KAFKA_MSG_F_COPY, value.data(), value.size(), nullptr, 0, nullptr);
        rd_kafka_poll(producer.get(), 0);
    }
    rd_kafka_flush(producer.get(), 10'000);
}

std::vector<double> endToEndMs(const std::string& bootstrap, const char* name, int perSecond, int seconds) {
    const auto consumer = bench::client(RD_KAFKA_CONSUMER, bootstrap, {{"fetch.wait.max.ms", "500"}});
    const auto topic = bench::topic(consumer, name);
    rd_kafka_consume_start(topic.get(), 0, RD_KAFKA_OFFSET_BEGINNING);
    std::vector<double> waits;
    std::thread producer([&] { produceEvenly(bootstrap, name, perSecond, seconds); });
    while (static_cast<int>(waits.size()) < perSecond * seconds) {
        auto* message = rd_kafka_consume(topic.get(), 0, 10'000);
        if (message == nullptr) {
            break;
        }
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            Clock::rep sent = 0;
            std::memcpy(&sent, message->payload, sizeof sent);
            waits.push_back(static_cast<double>(Clock::now().time_since_epoch().count() - sent) / 1e6);
        }
        rd_kafka_message_destroy(message);
    }
    producer.join();
    rd_kafka_consume_stop(topic.get(), 0);
    if (static_cast<int>(waits.size()) < perSecond * seconds) {
        throw std::runtime_error("The records did not come in time.");
    }
    waits.erase(waits.begin(), waits.begin() + perSecond); // the first second is for getting to know each other
    return waits;
}

// So many connections, each with one request on its way at any time.
double closedLoopAcks(std::uint16_t port, int producers, int seconds) {
    const auto batch = testing::batchOf({std::string(950, 'v')});
    std::vector<std::unique_ptr<testing::RawClient>> clients;
    std::vector<std::int32_t> ids;
    std::vector<pollfd> waits;
    for (int i = 0; i < producers; ++i) {
        clients.push_back(std::make_unique<testing::RawClient>(port));
        ids.push_back(clients.back()->send(testing::produceRequest("loop", 0, batch), 7));
        waits.push_back({clients.back()->descriptor(), POLLIN, 0});
    }
    std::int64_t acks = 0;
    const auto begun = Clock::now();
    while (Clock::now() - begun < std::chrono::seconds(seconds)) {
        ::poll(waits.data(), waits.size(), 1'000);
        for (std::size_t i = 0; i < waits.size(); ++i) {
            if ((waits[i].revents & POLLIN) != 0) {
                clients[i]->receive<backbone::wire::ProduceResponse>(7, ids[i]);
                ids[i] = clients[i]->send(testing::produceRequest("loop", 0, batch), 7);
                ++acks;
            }
        }
    }
    const auto took = std::chrono::duration<double>(Clock::now() - begun).count();
    for (std::size_t i = 0; i < clients.size(); ++i) {
        clients[i]->receive<backbone::wire::ProduceResponse>(7, ids[i]);
    }
    return static_cast<double>(acks) / took;
}

std::vector<double> hundredPartitionsMs(testing::RawClient& raw) {
    const auto batch = testing::batchOf({std::string(4'000, 'v')});
    backbone::wire::ProduceRequest request;
    request.acks = -1;
    request.timeoutMs = 5'000;
    auto& topic = request.topicData.emplace_back();
    topic.name = "hundred";
    for (int i = 0; i < 100; ++i) {
        topic.partitionData.push_back({Partition(i), batch});
    }
    std::vector<double> rounds;
    for (int i = 0; i < 120; ++i) {
        const auto begun = Clock::now();
        raw.call<backbone::wire::ProduceResponse>(request, 7);
        rounds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
    }
    rounds.erase(rounds.begin(), rounds.begin() + 20); // the partitions' files are made first
    return rounds;
}

int run(const std::filesystem::path& where, int seconds, const std::filesystem::path& meshctl) {
    const bench::BenchFolder folder(where);
    testing::ServedBroker broker(meshctl, folder.path() / "data");
    broker.start();
    testing::RawClient raw(broker.port());
    createTopic(raw, "even", 1);
    createTopic(raw, "loop", 1);
    createTopic(raw, "hundred", 100);
    auto waits = endToEndMs(broker.bootstrap(), "even", 1'000, seconds);
    const auto p50 = quantile(waits, 0.5);
    const auto p99 = quantile(waits, 0.99);
    const auto one = closedLoopAcks(broker.port(), 1, seconds);
    const auto sixteen = closedLoopAcks(broker.port(), 16, seconds);
    auto rounds = hundredPartitionsMs(raw);
    fmt::print(R"({{"bench":"latency","end_to_end_p50_ms":{:.2f},"end_to_end_p99_ms":{:.2f},"acks_per_s_1":{:.0f},)"
               R"("acks_per_s_16":{:.0f},"ratio_16":{:.1f},"hundred_partitions_p50_ms":{:.2f},)"
               R"("hundred_partitions_p90_ms":{:.2f},"disk":{}}})"
               "\n",
               p50, p99, one, sixteen, sixteen / one, quantile(rounds, 0.5), quantile(rounds, 0.9),
               bench::diskFigures(where));
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc > 1 ? argv[1] : "/tmp", argc > 2 ? std::max(2, std::atoi(argv[2])) : 10,
                   argc > 3 ? std::filesystem::path(argv[3]) : bench::ownMeshctl());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
