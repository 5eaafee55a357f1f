// SPDX-License-Identifier: Apache-2.0
#include "access_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace meshbone::bench {
namespace {

using namespace backbone;

std::string productOf(int topic) {
    return fmt::format("domain-{}.product-{}.", topic / 10 % 20, topic / 10);
}

AclBinding allow(ResourceKind kind, std::string name, const std::string& principal, Operation operation) {
    return {kind, PatternType::Literal, std::move(name), principal, "*", operation, Permission::Allow};
}

} // namespace

AccessWorld AccessWorld::make() {
    AccessWorld world;
    std::mt19937_64 random(9);
    for (int i = 0; i < kTopics; ++i) {
        world.topics.push_back(fmt::format("{}topic-{}", productOf(i), i));
        world.homes[world.topics.back()] = {fmt::format("product-{}", i / 10), "internal"};
    }
    std::ranges::sort(world.topics);
    const auto topic = [&] { return world.topics[random() % world.topics.size()]; };
    for (int i = 0; i < kPrincipals; ++i) {
        const auto principal = fmt::format("User:service-{}", i);
        world.bindings.push_back(allow(ResourceKind::Topic, topic(), principal, Operation::Read));
        world.bindings.push_back(allow(ResourceKind::Topic, topic(), principal, Operation::Read));
        world.bindings.push_back(allow(ResourceKind::Topic, topic(), principal, Operation::Write));
        auto wide =
            allow(ResourceKind::Topic, productOf(static_cast<int>(random() % kTopics)), principal, Operation::Read);
        wide.pattern = PatternType::Prefixed;
        wide.permission = i % 100 == 0 ? Permission::Deny : Permission::Allow;
        world.bindings.push_back(std::move(wide));
        world.bindings.push_back(allow(ResourceKind::Group, fmt::format("group-{}", i), principal, Operation::Read));
    }
    world.evidence.reserve(kTuples);
    for (int i = 0; i < kTuples; ++i) {
        const auto& of = world.bindings[static_cast<std::size_t>(i) % world.bindings.size()];
        catalog::EvidenceTuple tuple;
        tuple.principal = of.principal;
        tuple.host = fmt::format("10.0.{}.{}", random() % 4, random() % 200);
        tuple.clientId = fmt::format("client-{}", random() % 3);
        tuple.apiKey = 1;
        tuple.operation = random() % 2 == 0 ? of.operation : Operation::Describe;
        tuple.resourceKind = of.resourceKind;
        const bool isPrefix = of.pattern == PatternType::Prefixed;
        tuple.resource = isPrefix ? *std::ranges::lower_bound(world.topics, of.resource) : of.resource;
        tuple.count = 1 + static_cast<std::int64_t>(random() % 1'000);
        tuple.firstMs = 1'000;
        tuple.lastMs = 2'000;
        world.evidence.push_back(std::move(tuple));
    }
    return world;
}

std::vector<AclBinding> AccessWorld::hotPattern() {
    std::vector<AclBinding> all;
    for (int i = 0; i < 7'000; ++i) {
        all.push_back(allow(ResourceKind::Topic, "*", fmt::format("User:everywhere-{}", i), Operation::Read));
    }
    return all;
}

} // namespace meshbone::bench
