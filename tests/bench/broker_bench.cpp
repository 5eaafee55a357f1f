// SPDX-License-Identifier: Apache-2.0
// broker_bench [directory] [mebibytes] [rounds] [meshctl]: what one librdkafka producer pushes into `meshctl serve`,
// relaxed and synced before every acknowledgement, beside what the same client pushes into librdkafka's own mock
// cluster in the same run; and how fast one consumer reads it back. Cells of so many mebibytes (256) are measured in
// turn, `rounds` times (5), each from a disk with nothing left to write; the medians are told. One line of JSON.
#include "bench_folder.h"
#include "disk_figure.h"
#include "kafka_client.h"
#include "median.h"

#include "support/requests.h"
#include "support/served_broker.h"
#include "wire/messages/delete_topics.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka_mock.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using namespace meshbone;
using bench::median;
using testing::ServedBroker;

double secondsSince(Clock::time_point begun) {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

/// Records a second, from the first call to the last acknowledgement.
double produce(const std::string& bootstrap, const std::string& name, const char* acks, std::size_t bytes,
               std::int64_t records) {
    const auto producer = bench::client(RD_KAFKA_PRODUCER, bootstrap,
                                        {{"acks", acks},
                                         {"linger.ms", "5"},
                                         {"batch.num.messages", "100000"},
                                         {"queue.buffering.max.messages", "500000"}});
    const auto topic = bench::topic(producer, name);
    const std::string value(bytes, 'x');
    const auto begun = Clock::now();
    for (std::int64_t sent = 0; sent < records;) {
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
    return static_cast<double>(records) / secondsSince(begun);
}

/// Records a second, from the first record to the last: a client that has just been made waits some hundred
/// milliseconds, with both processors idle, before it asks for the first one.
double consume(const std::string& bootstrap, const std::string& name, std::int64_t records) {
    const auto consumer = bench::client(RD_KAFKA_CONSUMER, bootstrap,
                                        {{"queued.min.messages", "1000000"}, {"fetch.queue.backoff.ms", "2"}});
    const auto topic = bench::topic(consumer, name);
    rd_kafka_consume_start(topic.get(), 0, RD_KAFKA_OFFSET_BEGINNING);
    if (auto* first = rd_kafka_consume(topic.get(), 0, 10'000)) {
        rd_kafka_message_destroy(first);
    }
    const auto begun = Clock::now();
    std::vector<rd_kafka_message_t*> messages(10'000);
    for (std::int64_t got = 1; got < records;) {
        // No more than there are: the call waits until it has as many as it was asked for.
        const auto want = std::min(messages.size(), static_cast<std::size_t>(records - got));
        const auto count = rd_kafka_consume_batch(topic.get(), 0, 10'000, messages.data(), want);
        if (count <= 0) {
            throw std::runtime_error("The records did not come in time.");
        }
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            got += messages[static_cast<std::size_t>(i)]->err == 0 ? 1 : 0;
            rd_kafka_message_destroy(messages[static_cast<std::size_t>(i)]);
        }
    }
    const auto seconds = secondsSince(begun);
    rd_kafka_consume_stop(topic.get(), 0);
    return static_cast<double>(records) / seconds;
}

/// A topic for as long as a cell needs it; made with its configuration, and gone from the disk after.
class CellTopic {
public:
    CellTopic(ServedBroker& broker, std::string name, const std::map<std::string, std::string>& configs)
        : m_client(broker.port())
        , m_name(std::move(name)) {
        if (testing::createTopic(m_client, m_name, 1, configs) != backbone::wire::KafkaCode::None) {
            throw std::runtime_error("The topic can't be made.");
        }
    }
    CellTopic(const CellTopic&) = delete;
    CellTopic& operator=(const CellTopic&) = delete;
    ~CellTopic() {
        backbone::wire::DeleteTopicsRequest request;
        request.topicNames = {m_name};
        request.timeoutMs = 10'000;
        try {
            m_client.call<backbone::wire::DeleteTopicsResponse>(request, 5);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
        }
        ::sync(); // what the cell left unwritten would be measured in the next one
    }
    [[nodiscard]] const std::string& name() const { return m_name; }

private:
    testing::RawClient m_client;
    std::string m_name;
};

struct Rates {
    std::vector<double> mock, relaxed, synced, consumed, relaxedRatio, syncedRatio;
};

/// The three of a round one after another, so that what else the machine does meets all of them.
void measureRound(const std::string& mock, ServedBroker& broker, std::size_t bytes, std::int64_t records, int round,
                  Rates& rates) {
    rates.mock.push_back(produce(mock, fmt::format("m{}-{}", bytes, round), "1", bytes, records));
    {
        const CellTopic topic(broker, fmt::format("relaxed{}-{}", bytes, round),
                              {{"flush.messages", "9223372036854775807"}});
        rates.relaxed.push_back(produce(broker.bootstrap(), topic.name(), "1", bytes, records));
        rates.consumed.push_back(consume(broker.bootstrap(), topic.name(), records));
    }
    {
        const CellTopic topic(broker, fmt::format("synced{}-{}", bytes, round), {});
        rates.synced.push_back(produce(broker.bootstrap(), topic.name(), "all", bytes, records));
    }
    rates.relaxedRatio.push_back(rates.relaxed.back() / rates.mock.back());
    rates.syncedRatio.push_back(rates.synced.back() / rates.mock.back());
}

std::string measureSize(const std::string& mock, ServedBroker& broker, std::size_t bytes, std::int64_t mebibytes,
                        int rounds) {
    const auto records = (mebibytes << 20) / static_cast<std::int64_t>(bytes);
    Rates rates;
    for (int round = 0; round < rounds; ++round) {
        measureRound(mock, broker, bytes, records, round, rates);
    }
    return fmt::format(R"("bytes{}":{{"mock_per_s":{:.0f},"relaxed_per_s":{:.0f},"synced_per_s":{:.0f},)"
                       R"("consumed_per_s":{:.0f},"relaxed_ratio":{:.2f},"synced_ratio":{:.2f}}})",
                       bytes, median(rates.mock), median(rates.relaxed), median(rates.synced), median(rates.consumed),
                       median(rates.relaxedRatio), median(rates.syncedRatio));
}

int run(const std::filesystem::path& where, std::int64_t mebibytes, int rounds, const std::filesystem::path& meshctl) {
    const bench::BenchFolder folder(where);
    ServedBroker broker(meshctl, folder.path() / "data");
    broker.start();
    const auto owner = bench::client(RD_KAFKA_PRODUCER, "127.0.0.1:1", {{"log_level", "0"}});
    auto* mock = rd_kafka_mock_cluster_new(owner.get(), 1);
    const std::string mockAt = rd_kafka_mock_cluster_bootstraps(mock);
    const auto small = measureSize(mockAt, broker, 100, mebibytes, rounds);
    const auto large = measureSize(mockAt, broker, 1'024, mebibytes, rounds);
    rd_kafka_mock_cluster_destroy(mock);
    fmt::print(R"({{"bench":"broker","mebibytes":{},"rounds":{},{},{},"disk":{}}})"
               "\n",
               mebibytes, rounds, small, large, bench::diskFigures(where));
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc > 1 ? argv[1] : "/tmp", argc > 2 ? std::max(1L, std::atol(argv[2])) : 256L,
                   argc > 3 ? std::max(1, std::atoi(argv[3])) : 5,
                   argc > 4 ? std::filesystem::path(argv[4]) : bench::ownMeshctl());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
