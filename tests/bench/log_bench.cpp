// SPDX-License-Identifier: Apache-2.0
// log_bench [directory] [mebibytes]: what the log does without network and clients, one line of JSON. `directory` must
// be on the disk that is to be measured (default: the current one); mebibytes is the size of the big partition (1024).
#include "log/log_directory.h"
#include "record/batch_builder.h"
#include "record/crc32c.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <malloc.h>
#include <random>
#include <unistd.h>

using namespace meshbone;
using namespace meshbone::backbone;

namespace {

using Clock = std::chrono::steady_clock;

double secondsOf(const std::function<void()>& work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
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

std::string makeBatch(std::size_t bytes, TimestampMs firstMs) {
    BatchBuilder builder;
    const std::string value(1'000, 'v');
    for (int i = 0; builder.sizeBytes() < bytes; ++i) {
        builder.add(Offset(i), firstMs + i, "a key", value);
    }
    return must(builder.build());
}

class Bench {
public:
    Bench(std::filesystem::path root, std::int64_t mebibytes)
        : m_root(std::move(root))
        , m_bytes(mebibytes << 20) {}
    ~Bench() { std::filesystem::remove_all(m_root); }

    void run() {
        std::filesystem::remove_all(m_root);
        std::filesystem::create_directories(m_root);
        disk();
        crc();
        relaxed();
        recoverAndLookUp();
        synced();
        groupCommit();
        start();
        fmt::print("{{{}}}\n", m_json);
    }

private:
    void put(std::string_view name, double value) {
        fmt::format_to(std::back_inserter(m_json), "{}\"{}\":{:.4g}", m_json.empty() ? "\"bench\":\"log\"," : ",", name,
                       value);
    }

    // The disk's own write and fdatasync, in groups as group commit makes them.
    void disk() {
        auto file = must(realFileSystem().open(m_root / "disk", OpenMode::Create));
        std::uint64_t at = 0;
        const auto rate = [&](std::size_t group, int rounds) {
            const std::string bytes(group, 'd');
            const auto seconds = secondsOf([&] {
                for (int i = 0; i < rounds; ++i, at += group) {
                    must(file->writeAt(at, bytes));
                    must(file->sync());
                }
            });
            return std::pair(rounds / seconds, static_cast<double>(group) * rounds / seconds / 1e6);
        };
        put("disk_1KiB_syncs_per_s", rate(1U << 10, 500).first);
        put("disk_16KiB_syncs_per_s", rate(16U << 10, 500).first);
        put("disk_1MiB_MB_per_s", rate(1U << 20, 200).second);
        std::filesystem::remove(m_root / "disk");
    }

    void crc() {
        const std::string bytes(1U << 20, 'c');
        std::uint32_t sum = 0;
        const auto seconds = secondsOf([&] {
            for (int i = 0; i < 2'000; ++i) {
                sum ^= crc32c(bytes);
            }
        });
        put("crc_GB_per_s", 2'000.0 * static_cast<double>(bytes.size()) / seconds / 1e9 + (sum == 1 ? 1e-9 : 0));
    }

    std::unique_ptr<LogDirectory> open(const std::string& name, LogConfig config) {
        LogDirectoryOptions options;
        options.root = m_root / name;
        options.configOf = [shared = std::make_shared<const LogConfig>(config)](const std::string&) { return shared; };
        options.warn = [](const std::string& sentence) { fmt::print(stderr, "{}\n", sentence); };
        return must(LogDirectory::open(std::move(options)));
    }
    static PartitionLog& logOf(LogDirectory& directory, LogConfig config, int partition = 0) {
        const TopicPartition name{"bench", Partition(partition)};
        auto* log = directory.find(name);
        return log != nullptr
                   ? *log
                   : *must(directory.create(name, TopicId::random(), std::make_shared<const LogConfig>(config)));
    }

    // Fills the big partition in batches of about 16 KiB and leaves it as kill -9 would.
    void relaxed() {
        LogConfig config;
        config.flushMessages = INT64_MAX;
        auto directory = open("big", config);
        auto& log = logOf(*directory, config);
        const auto original = makeBatch(16U << 10, 1'000'000);
        std::int64_t written = 0;
        const auto seconds = secondsOf([&] {
            auto batch = original;
            while (written < m_bytes) {
                must(log.append(batch, AppendOrigin::Client, 2'000'000));
                written += static_cast<std::int64_t>(batch.size());
            }
        });
        put("append_relaxed_16KiB_MB_per_s", static_cast<double>(written) / seconds / 1e6);
    }

    void recoverAndLookUp() {
        LogConfig config;
        config.flushMessages = INT64_MAX;
        std::unique_ptr<LogDirectory> directory;
        put("recovery_MiB", static_cast<double>(m_bytes >> 20));
        put("recovery_ms", 1e3 * secondsOf([&] { directory = open("big", config); }));
        auto& log = logOf(*directory, config);
        std::mt19937 random(1);
        double slowest = 0;
        double total = 0;
        constexpr int kLookups = 200;
        for (int i = 0; i < kLookups; ++i) {
            const auto seconds = secondsOf([&] { (void)must(log.firstAtOrAfter(1'000'000 + random() % 16)); });
            slowest = std::max(slowest, seconds);
            total += seconds;
        }
        put("time_lookup_mean_ms", 1e3 * total / kLookups);
        put("time_lookup_max_ms", 1e3 * slowest);
        std::string into;
        double readSeconds = 0;
        std::int64_t read = 0;
        for (Offset at{0}; at < log.highWatermark();) {
            into.clear();
            readSeconds += secondsOf([&] { at = must(log.read(at, 1U << 20, true, into)).nextOffset; });
            read += static_cast<std::int64_t>(into.size());
        }
        put("read_1MiB_MB_per_s", static_cast<double>(read) / readSeconds / 1e6);
        directory.reset();
        std::filesystem::remove_all(m_root / "big");
    }

    // A durable log fed with 1 MiB batches, at most eight of them ahead of the disk.
    void synced() {
        auto directory = open("synced", {});
        auto& log = logOf(*directory, {});
        const auto original = makeBatch(1'000'000, 1'000'000);
        std::int64_t written = 0;
        std::vector<Offset> ends;
        const auto seconds = secondsOf([&] {
            auto batch = original;
            while (written < m_bytes / 4) {
                ends.push_back(must(log.append(batch, AppendOrigin::Client, 2'000'000)).endOffset);
                written += static_cast<std::int64_t>(batch.size());
                directory->endTurn();
                directory->applyArrived();
                if (ends.size() > 8 && log.highWatermark() < ends[ends.size() - 9]) {
                    directory->drain();
                }
            }
            directory->drain();
        });
        put("append_synced_1MB_MB_per_s", static_cast<double>(written) / seconds / 1e6);
        directory.reset();
        std::filesystem::remove_all(m_root / "synced");
    }

    // Closed-loop producers of 1 KiB: each waits for its own ack. `producers` = 1 is a sync per request.
    void groupCommit() {
        ::sync(); // what the phases before left unwritten would be measured here
        for (const int producers : {1, 16}) {
            auto directory = open("group" + std::to_string(producers), {});
            auto& log = logOf(*directory, {});
            const auto original = makeBatch(900, 1'000'000);
            constexpr int kRounds = 1'000;
            const auto seconds = secondsOf([&] {
                auto batch = original;
                for (int round = 0; round < kRounds; ++round) {
                    for (int i = 0; i < producers; ++i) {
                        must(log.append(batch, AppendOrigin::Client, 2'000'000));
                    }
                    directory->drain();
                }
            });
            put(fmt::format("acks_per_s_{}_producers", producers), kRounds * producers / seconds);
        }
        auto directory = open("hundred", {});
        const auto batch = makeBatch(900, 1'000'000);
        std::vector<double> rounds;
        for (int round = 0; round < 20; ++round) {
            for (int i = 0; i < 100 && round == 0; ++i) {
                (void)logOf(*directory, {}, i);
            }
            rounds.push_back(secondsOf([&] {
                for (int i = 0; i < 100; ++i) {
                    auto copy = batch;
                    must(logOf(*directory, {}, i).append(copy, AppendOrigin::Client, 2'000'000));
                }
                directory->drain();
            }));
        }
        std::ranges::sort(rounds);
        put("request_over_100_partitions_ms", 1e3 * rounds[rounds.size() / 2]);
    }

    void start() {
        constexpr int kLogs = 10'000;
        {
            auto directory = open("many", {});
            put("create_10000_logs_s", secondsOf([&] {
                    for (int i = 0; i < kLogs; ++i) {
                        (void)logOf(*directory, {}, i);
                    }
                }));
            must(directory->close());
        }
        malloc_trim(0); // so that memory which the phases before left free doesn't hide what is used
        const auto before = residentMiB();
        std::unique_ptr<LogDirectory> directory;
        put("start_10000_logs_ms", 1e3 * secondsOf([&] { directory = open("many", {}); }));
        put("start_10000_logs_MiB", residentMiB() - before);
        put("stop_10000_logs_ms", 1e3 * secondsOf([&] { must(directory->close()); }));
    }

    static double residentMiB() {
        std::ifstream file("/proc/self/statm");
        double total = 0;
        double resident = 0;
        file >> total >> resident;
        return resident * 4096 / (1 << 20);
    }

    std::filesystem::path m_root;
    std::int64_t m_bytes;
    std::string m_json;
};

} // namespace

int main(int argc, char** argv) {
    const std::filesystem::path where = argc > 1 ? argv[1] : ".";
    const auto mebibytes = argc > 2 ? std::max(1L, std::atol(argv[2])) : 1024L;
    Bench(where / "meshbone-log-bench", mebibytes).run();
}
