// SPDX-License-Identifier: Apache-2.0
#include "ascode/units.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

constexpr int kTries = 20; ///< to see everything at one moment, while others write

FileProduct fileOf(const Product& product, const std::map<std::string, Classification>& productLevels,
                   const std::map<std::string, Classification>& topicLevels) {
    FileProduct file{product, Classification::Internal, {}, {}};
    file.product.revision = 0;
    if (const auto level = productLevels.find(product.id); level != productLevels.end()) {
        file.level = level->second;
    }
    for (const Port& port : product.ports) {
        const auto level = topicLevels.find(port.topic);
        if (port.direction == PortDirection::Output && level != topicLevels.end()) {
            file.topics[port.topic] = level->second;
        }
    }
    return file;
}

AccessFile wholeOf(const Catalog& catalog, TimestampMs nowMs) {
    AccessFile file;
    file.policies.emplace();
    file.principals.emplace();
    file.products.emplace();
    file.topics.emplace();
    file.grants.emplace();
    std::map<std::string, Classification> productLevels, topicLevels;
    for (const Classified& one : catalog.classifications()) {
        (one.product ? productLevels : topicLevels)[one.subject] = one.level;
    }
    for (const Product& product : catalog.products()) {
        file.products->push_back(fileOf(product, productLevels, topicLevels));
    }
    const auto outputs = outputsOf(*file.products);
    for (const auto& [topic, level] : topicLevels) {
        if (!outputs.contains(topic)) {
            file.topics->push_back({topic, level, {}});
        }
    }
    for (const Policy& policy : catalog.policies()) {
        file.policies->push_back({policy, {}});
    }
    for (const Principal& principal : catalog.principals()) {
        file.principals->push_back({principal, {}});
    }
    for (const Grant& grant : catalog.grants()) {
        if (isAgreed(grant, nowMs)) {
            file.grants->push_back(
                {grant.id, grant.scope, grant.product, grant.purpose, grant.untilMs, conditionsOf(grant.decisions)});
        }
    }
    return file;
}

} // namespace

std::string conditionsOf(const std::vector<AccessDecision>& decisions) {
    std::vector<std::string> all;
    for (const AccessDecision& decision : decisions) {
        if (decision.approved && !decision.conditions.empty() && std::ranges::count(all, decision.conditions) == 0) {
            all.push_back(decision.conditions);
        }
    }
    return fmt::format("{}", fmt::join(all, "; "));
}

bool isAgreed(const Grant& grant, TimestampMs nowMs) {
    return !grant.revoked && (grant.untilMs == kNoEnd || grant.untilMs > nowMs);
}

AccessFile narrowed(AccessFile whole, const std::vector<std::string>& covers) {
    const auto outputs = outputsOf(*whole.products);
    const auto isCovered = [&](const std::string& product) { return std::ranges::count(covers, product) > 0; };
    std::erase_if(*whole.products, [&](const FileProduct& file) { return !isCovered(file.product.id); });
    std::erase_if(*whole.grants, [&](const FileGrant& grant) { return !isCovered(productOf(grant, outputs)); });
    whole.policies.reset();
    whole.principals.reset();
    whole.topics.reset();
    whole.covers = covers;
    return whole;
}

Result<AccessFile> accessFileOf(const Catalog& catalog, const std::vector<std::string>& covers, TimestampMs nowMs) {
    for (int i = 0; i < kTries; ++i) {
        const auto before = catalog.status().appliedEntries;
        AccessFile file = wholeOf(catalog, nowMs);
        if (catalog.status().appliedEntries != before) {
            continue;
        }
        for (const std::string& product : covers) {
            if (std::ranges::none_of(*file.products, [&](const auto& one) { return one.product.id == product; })) {
                return fail(ErrorCode::NotFound, fmt::format("There is no product '{}'.", product));
            }
        }
        return covers.empty() ? std::move(file) : narrowed(std::move(file), covers);
    }
    return fail(ErrorCode::Unavailable,
                "The ledger changes so quickly that it can't be read at one moment; try again.");
}

} // namespace meshbone::catalog
