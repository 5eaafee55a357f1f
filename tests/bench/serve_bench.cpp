// SPDX-License-Identifier: Apache-2.0
// serve_bench [directory] [mebibytes] [meshctl]: what `meshctl serve` costs: how soon it is ready and how much memory
// it holds, empty and with 10,000 partitions; how soon it is back after kill -9 with so many MiB (1024) unflushed in
// one partition, with the file in memory and without; and its processor time for a GB of 1 MB batches. One line of
// JSON.
#include "bench_folder.h"
#include "disk_figure.h"
#include "median.h"

#include "record/batch_builder.h"
#include "support/requests.h"
#include "support/served_broker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>

namespace {

using namespace meshbone;
using bench::BenchFolder;
using bench::median;
using testing::ServedBroker;

constexpr int kStarts = 11;
constexpr int kManyPartitions = 10'000;

struct Started {
    double readyMs = 0;
    double residentMiB = 0;
};

// Stopped and started again a few times; the first start of a new folder is the one that counts when it is empty.
Started measureStarts(const std::filesystem::path& where, const std::filesystem::path& meshctl, bool empty) {
    std::vector<double> ready;
    std::vector<double> resident;
    for (int i = 0; i < (empty ? kStarts : 1); ++i) {
        const BenchFolder folder(where);
        ServedBroker broker(meshctl, folder.path() / "data");
        const auto first = broker.start();
        if (empty) {
            ready.push_back(first);
            resident.push_back(broker.residentMiB());
            continue;
        }
        {
            testing::RawClient client(broker.port());
            for (int topic = 0; topic < kManyPartitions / 100; ++topic) {
                if (createTopic(client, fmt::format("t{}", topic), 100) != backbone::wire::KafkaCode::None) {
                    throw std::runtime_error("A topic can't be made.");
                }
            }
        }
        for (int again = 0; again < kStarts; ++again) {
            broker.stop();
            ready.push_back(broker.start());
            resident.push_back(broker.residentMiB());
        }
        broker.stop();
    }
    return {median(ready), median(resident)};
}

// 1 MB batches by one raw connection, acks=1, some on their way at any time.
void produceBulk(ServedBroker& broker, std::string_view topic, std::int64_t bytes) {
    constexpr int kOnTheirWay = 4;
    backbone::BatchBuilder builder;
    const std::string value(1'000, 'v');
    for (int i = 0; builder.sizeBytes() < 990'000; ++i) {
        builder.add(Offset(i), 1'000'000 + i, "a key", value);
    }
    const auto batch = builder.build().value();
    testing::RawClient client(broker.port());
    std::vector<std::int32_t> ids;
    const auto receive = [&] {
        const auto answer = client.receive<backbone::wire::ProduceResponse>(7, ids.front());
        ids.erase(ids.begin());
        if (answer.responses.at(0).partitionResponses.at(0).errorCode != backbone::wire::KafkaCode::None) {
            throw std::runtime_error("A batch was refused.");
        }
    };
    for (std::int64_t sent = 0; sent < bytes; sent += static_cast<std::int64_t>(batch.size())) {
        ids.push_back(client.send(testing::produceRequest(topic, 0, batch, 1), 7));
        if (ids.size() == kOnTheirWay) {
            receive();
        }
    }
    while (!ids.empty()) {
        receive();
    }
}

// What the kernel holds of a folder's files is dropped, as if the machine had been off.
void dropFromMemory(const std::filesystem::path& folder) {
    ::sync();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
            ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
            ::close(file);
        }
    }
}

struct Recovered {
    double cpuPerGB = 0;
    double cachedMs = 0;
    double coldMs = 0;
};

Recovered measureRecovery(const std::filesystem::path& where, const std::filesystem::path& meshctl,
                          std::int64_t bytes) {
    const BenchFolder folder(where);
    ServedBroker broker(meshctl, folder.path() / "data");
    broker.start();
    {
        testing::RawClient client(broker.port());
        if (createTopic(
                client, "bulk", 1,
                {{"flush.messages", "9223372036854775807"}, {"segment.bytes", "2147483647"}, {"retention.ms", "-1"}}) !=
            backbone::wire::KafkaCode::None) {
            throw std::runtime_error("The topic can't be made.");
        }
    }
    Recovered result;
    const auto before = broker.cpuSeconds();
    produceBulk(broker, "bulk", bytes);
    result.cpuPerGB = (broker.cpuSeconds() - before) / (static_cast<double>(bytes) / 1e9);
    broker.kill();
    result.cachedMs = broker.start();
    broker.kill();
    dropFromMemory(folder.path());
    result.coldMs = broker.start();
    broker.stop();
    return result;
}

int run(const std::filesystem::path& where, std::int64_t mebibytes, const std::filesystem::path& meshctl) {
    const auto empty = measureStarts(where, meshctl, true);
    const auto many = measureStarts(where, meshctl, false);
    const auto back = measureRecovery(where, meshctl, mebibytes << 20);
    fmt::print(R"({{"bench":"serve","empty_ready_ms":{:.1f},"empty_MiB":{:.1f},"partitions":{},"many_ready_ms":{:.1f},)"
               R"("many_MiB":{:.1f},"recovery_MiB":{},"recovery_cached_ms":{:.0f},"recovery_cold_ms":{:.0f},)"
               R"("cpu_s_per_GB":{:.2f},"disk":{}}})"
               "\n",
               empty.readyMs, empty.residentMiB, kManyPartitions, many.readyMs, many.residentMiB, mebibytes,
               back.cachedMs, back.coldMs, back.cpuPerGB, bench::diskFigures(where));
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc > 1 ? argv[1] : "/tmp", argc > 2 ? std::max(1L, std::atol(argv[2])) : 1'024L,
                   argc > 3 ? std::filesystem::path(argv[3]) : bench::ownMeshctl());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
