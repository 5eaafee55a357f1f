// SPDX-License-Identifier: Apache-2.0
#include "mesh_seed.h"

#include "session.h"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <thread>
#include <vector>

namespace meshbone::bench {

namespace {

constexpr std::array kDomains{"cargo",  "berths",  "customs", "weather", "billing", "fleet",
                              "safety", "tariffs", "pilots",  "storage", "gates",   "energy"};
constexpr int kThreads = 8; // many wait for the disk at once: the broker syncs them together
const CallOptions kCall{std::chrono::minutes(2), {}};

template <class T>
void must(const Result<T>& done) {
    if (!done) {
        fmt::print(stderr, "desktop_bench: {}\n", done.error().message);
        std::exit(1);
    }
}

std::string domainId(int domain) {
    return kDomains[static_cast<std::size_t>(domain) % kDomains.size()];
}

std::string productId(const MeshSize& size, int product) {
    return fmt::format("{}-line-{:02}", domainId(product / size.productsPerDomain), product % size.productsPerDomain);
}

/// Product of a topic; products() and more: none.
int productOf(const MeshSize& size, int topic) {
    return topic < size.topics - size.unclaimed ? topic % size.products() : size.products();
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

void fillCatalog(catalog::Catalog& catalog, const MeshSize& size) {
    const auto submit = [&](const catalog::Command& command) { must(catalog.submit({command, {}, {}}, kCall)); };
    inParallel(size.domains, [&](int at) {
        const auto id = domainId(at);
        submit(catalog::PutTeam{id + "-team", "Team " + id, {}, {app::localPerson().id}});
        submit(catalog::PutDomain{id, id, "What the port knows of " + id, id + "-team"});
    });
    inParallel(size.products(), [&](int at) {
        const auto domain = domainId(at / size.productsPerDomain);
        const auto id = productId(size, at);
        submit(catalog::PutProduct{id, id, "Events of " + id, domain, domain + "-team"});
    });
    using catalog::PortDirection;
    inParallel(size.topics - size.unclaimed, [&](int at) {
        submit(
            catalog::PutPort{productId(size, productOf(size, at)), {topicName(size, at), PortDirection::Output, {}}});
    });
    inParallel(size.products(), [&](int at) {
        for (const int from : {(at + 1) / 2, at * 2 / 3}) {
            if (from != at) { // the first topic of each of two products that come before
                submit(catalog::PutPort{productId(size, at), {topicName(size, from), PortDirection::Input, {}}});
            }
        }
    });
}

} // namespace

std::string topicName(const MeshSize& size, int number) {
    const int product = productOf(size, number);
    return product >= size.products()
               ? fmt::format("loose.events-{:04}", number)
               : fmt::format("{}.line-{:02}.events-{:04}", domainId(product / size.productsPerDomain),
                             product % size.productsPerDomain, number / size.products());
}

void seedMesh(const std::filesystem::path& dataDirectory, const MeshSize& size) {
    app::SessionOptions options;
    options.dataDirectory = dataDirectory;
    options.port = 0;
    const auto session = app::Session::start(options);
    must(session);
    auto& backbone = (*session)->backbone();
    must(backbone.waitHealthy(kCall));
    inParallel(size.topics, [&](int at) {
        backbone::NewTopic topic;
        topic.name = topicName(size, at);
        must(backbone.admin().createTopic(topic, kCall));
    });
    fillCatalog(*(*session)->catalog(), size);
}

} // namespace meshbone::bench
