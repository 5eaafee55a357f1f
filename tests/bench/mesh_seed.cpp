// SPDX-License-Identifier: Apache-2.0
#include "mesh_seed.h"

#include "seeding.h"

#include <fmt/format.h>

#include <array>

namespace meshbone::bench {

namespace {

constexpr std::array kDomains{"cargo",  "berths",  "customs", "weather", "billing", "fleet",
                              "safety", "tariffs", "pilots",  "storage", "gates",   "energy"};
const CallOptions kCall{std::chrono::minutes(2), {}};

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

void fillCatalog(catalog::Catalog& catalog, const MeshSize& size) {
    inParallel(size.domains, [&](int at) {
        const auto id = domainId(at);
        submit(catalog, catalog::PutTeam{domainTeam(at), "Team " + id, {}, {app::localPerson().id}});
        submit(catalog, catalog::PutDomain{id, id, "What the port knows of " + id, domainTeam(at)});
    });
    inParallel(size.products(), [&](int at) {
        const auto domain = domainId(at / size.productsPerDomain);
        const auto id = productId(size, at);
        submit(catalog, catalog::PutProduct{id, id, "Events of " + id, domain, domain + "-team"});
    });
    using catalog::PortDirection;
    inParallel(size.topics - size.unclaimed, [&](int at) {
        submit(catalog, catalog::PutPort{productId(size, productOf(size, at)),
                                         {topicName(size, at), PortDirection::Output, {}}});
    });
    inParallel(size.products(), [&](int at) {
        for (const int from : {(at + 1) / 2, at * 2 / 3}) {
            if (from != at) { // the first topic of each of two products that come before
                submit(catalog,
                       catalog::PutPort{productId(size, at), {topicName(size, from), PortDirection::Input, {}}});
            }
        }
    });
}

} // namespace

std::string domainTeam(int domain) {
    return domainId(domain) + "-team";
}

std::string topicName(const MeshSize& size, int number) {
    const int product = productOf(size, number);
    return product >= size.products()
               ? fmt::format("loose.events-{:04}", number)
               : fmt::format("{}.line-{:02}.events-{:04}", domainId(product / size.productsPerDomain),
                             product % size.productsPerDomain, number / size.products());
}

void seedMesh(const std::filesystem::path& dataDirectory, const MeshSize& size) {
    const auto session = startSession(dataDirectory);
    auto& backbone = session->backbone();
    inParallel(size.topics, [&](int at) {
        backbone::NewTopic topic;
        topic.name = topicName(size, at);
        must(backbone.admin().createTopic(topic, kCall));
    });
    fillCatalog(*session->catalog(), size);
}

} // namespace meshbone::bench
