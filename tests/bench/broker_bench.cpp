// SPDX-License-Identifier: Apache-2.0
// broker_bench [seconds]: what one librdkafka producer pushes into the embedded broker, relaxed and synced before every
// acknowledgement, beside what it pushes into librdkafka's own mock cluster in the same run; and the time of one synced
// request. One line of JSON. Run it from the release preset on a quiet machine.
#include "disk_figure.h"

#include <backbone/broker.h>

#include <fmt/core.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

rd_kafka_t* producer(const std::string& bootstrap, const char* acks, const char* lingerMs) {
    auto* conf = rd_kafka_conf_new();
    const std::pair<const char*, const char*> settings[] = {{"bootstrap.servers", bootstrap.c_str()},
                                                            {"acks", acks},
                                                            {"linger.ms", lingerMs},
                                                            {"batch.num.messages", "100000"},
                                                            {"queue.buffering.max.messages", "500000"}};
    char error[256];
    rd_kafka_conf_set_dr_msg_cb(conf, [](rd_kafka_t*, const rd_kafka_message_t*, void*) {}); // wakes rd_kafka_poll()
    for (const auto& [name, value] : settings) {
        rd_kafka_conf_set(conf, name, value, error, sizeof error);
    }
    auto* client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error);
    if (client == nullptr) {
        throw std::runtime_error(error);
    }
    return client;
}

/// Records a second, from the first to the last acknowledgement.
double throughput(const std::string& bootstrap, const std::string& topicName, const char* acks, std::size_t bytes,
                  double seconds) {
    auto* client = producer(bootstrap, acks, "5");
    auto* topic = rd_kafka_topic_new(client, topicName.c_str(), nullptr);
    const std::string value(bytes, 'x');
    std::int64_t sent = 0;
    const auto start = Clock::now();
    while (std::chrono::duration<double>(Clock::now() - start).count() < seconds) {
        for (int i = 0; i < 1'000; ++i) {
            if (rd_kafka_produce(topic, 0, RD_KAFKA_MSG_F_COPY, const_cast<char*>(value.data()), value.size(), nullptr,
                                 0, nullptr) == 0) {
                ++sent;
            } else {
                rd_kafka_poll(client, 1); // the queue is full
            }
        }
        rd_kafka_poll(client, 0);
    }
    rd_kafka_flush(client, 60'000);
    const auto took = std::chrono::duration<double>(Clock::now() - start).count();
    rd_kafka_topic_destroy(topic);
    rd_kafka_destroy(client);
    return static_cast<double>(sent) / took;
}

/// Milliseconds of one record at a time, acks=all: the median.
double latencyMs(const std::string& bootstrap, const std::string& topicName) {
    auto* client = producer(bootstrap, "all", "0");
    auto* topic = rd_kafka_topic_new(client, topicName.c_str(), nullptr);
    std::string value(100, 'x');
    std::vector<double> times;
    for (int i = 0; i < 2'000; ++i) {
        const auto start = Clock::now();
        rd_kafka_produce(topic, 0, RD_KAFKA_MSG_F_COPY, value.data(), value.size(), nullptr, 0, nullptr);
        while (rd_kafka_outq_len(client) > 0) {
            rd_kafka_poll(client, 100);
        }
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    rd_kafka_topic_destroy(topic);
    rd_kafka_destroy(client);
    std::ranges::sort(times);
    return times[times.size() / 2];
}

std::string measureSize(const std::string& mock, const std::string& broker, std::size_t bytes, double seconds) {
    const auto base = throughput(mock, fmt::format("m{}", bytes), "1", bytes, seconds);
    const auto relaxed = throughput(broker, fmt::format("r{}", bytes), "1", bytes, seconds);
    const auto synced = throughput(broker, fmt::format("s{}", bytes), "all", bytes, seconds);
    return fmt::format(R"("bytes{0}":{{"mock_per_s":{1:.0f},"relaxed_per_s":{2:.0f},"synced_per_s":{3:.0f},)"
                       R"("relaxed_ratio":{4:.2f},"synced_ratio":{5:.2f}}})",
                       bytes, base, relaxed, synced, relaxed / base, synced / base);
}

int run(double seconds) {
    std::string pattern = "/tmp/meshbone-bench-XXXXXX"; // where diskFigureMs() measures, too
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    meshbone::backbone::BrokerOptions options;
    options.dataDirectory = folder;
    options.port = 0;
    options.insecure = true;
    auto broker = meshbone::backbone::EmbeddedBroker::start(options);
    if (!broker) {
        throw std::runtime_error(broker.error().message);
    }
    char error[256];
    auto* owner = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), error, sizeof error);
    auto* mock = rd_kafka_mock_cluster_new(owner, 1);
    const std::string mockAt = rd_kafka_mock_cluster_bootstraps(mock);
    const auto small = measureSize(mockAt, (*broker)->bootstrap(), 100, seconds);
    const auto large = measureSize(mockAt, (*broker)->bootstrap(), 1'024, seconds);
    const auto latency = latencyMs((*broker)->bootstrap(), "latency");
    fmt::print(R"({{"bench":"broker","seconds":{},{},{},"synced_request_p50_ms":{:.3f},"disk_fdatasync_4k_ms":{:.3f}}})"
               "\n",
               seconds, small, large, latency, meshbone::bench::diskFigureMs());
    rd_kafka_mock_cluster_destroy(mock);
    rd_kafka_destroy(owner);
    broker->reset();
    std::filesystem::remove_all(folder);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc > 1 ? std::atof(argv[1]) : 4.0);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
