// SPDX-License-Identifier: Apache-2.0
#include "live_writer.h"

#include "local_backbone.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

namespace meshbone::bench {

namespace {

constexpr auto kEvery = std::chrono::milliseconds(50);
constexpr int kAtOnce = 25;
constexpr int kTopics = 250;
constexpr std::size_t kBytes = 200;

void write(const std::filesystem::path& dataDirectory, const MeshSize& size, const std::stop_token& stop) {
    const auto access = app::readAccess(dataDirectory);
    if (!access) {
        fmt::print(stderr, "desktop_bench: {}\n", access.error().message);
        return;
    }
    auto producer = backbone::openProducer(app::profileOf(*access, "desktop-bench"), {});
    if (!producer) {
        fmt::print(stderr, "desktop_bench: {}\n", producer.error().message);
        return;
    }
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    for (int at = 0; !stop.stop_requested(); ++at) {
        for (int i = 0; i < kAtOnce; ++i) {
            Record record;
            record.topic = topicName(size, (at * kAtOnce + i) % kTopics * (size.topics / kTopics));
            record.value = std::string(kBytes, 'x');
            (void)(*producer)->produce(std::move(record), {}); // a broker that ends first takes no more
        }
        wake.wait_for(lock, stop, kEvery, [] { return false; });
    }
}

} // namespace

LiveWriter::LiveWriter(std::filesystem::path dataDirectory, const MeshSize& size)
    : m_thread([dataDirectory = std::move(dataDirectory), size](const std::stop_token& stop) {
        write(dataDirectory, size, stop);
    }) {}

} // namespace meshbone::bench
