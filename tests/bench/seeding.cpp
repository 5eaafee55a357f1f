// SPDX-License-Identifier: Apache-2.0
#include "seeding.h"

#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

namespace meshbone::bench {

namespace {
constexpr int kThreads = 8;
const CallOptions kCall{std::chrono::minutes(2), {}};
} // namespace

void giveUp(const std::string& sentence) {
    fmt::print(stderr, "desktop_bench: {}\n", sentence);
    std::exit(1);
}

std::unique_ptr<app::Session> startSession(const std::filesystem::path& dataDirectory) {
    app::SessionOptions options;
    options.dataDirectory = dataDirectory;
    options.port = 0;
    auto session = app::Session::start(options);
    must(session);
    must((*session)->backbone().waitHealthy(kCall));
    if ((*session)->catalog() == nullptr) {
        giveUp((*session)->catalogError()->message);
    }
    return std::move(*session);
}

void inParallel(int count, const std::function<void(int)>& work) {
    std::atomic<int> next = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&] {
            for (int at = next++; at < count; at = next++) {
                work(at);
            }
        });
    }
}

void submit(catalog::Catalog& catalog, const catalog::Command& command) {
    must(catalog.submit({command, {}, {}}, kCall));
}

} // namespace meshbone::bench
