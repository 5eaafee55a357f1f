// SPDX-License-Identifier: Apache-2.0
#include <backbone/topic_names.h>
#include <catalog/access_explain.h>

#include "access/hosts.h"

#include <fmt/format.h>

namespace meshbone::catalog {

using namespace backbone;

std::vector<ReachedTopic> topicsOf(const AccessFacts& facts, std::string_view principal, std::string_view host,
                                   Operation operation, std::span<const std::string> topics) {
    std::vector<ReachedTopic> reached;
    const auto from = host.empty() ? kSomewhere : host;
    for (const auto& topic : topics) {
        const auto decision = facts.table.decide({principal, from, operation, ResourceKind::Topic, topic}, facts.nowMs);
        if (decision.allowed) {
            reached.push_back({topic, decision.by});
        }
    }
    return reached;
}

bool isInternalTopicName(std::string_view topic) {
    return backbone::isHousekeepingTopicName(topic);
}

PatternCoverage coverageOf(PatternType pattern, std::string_view name, std::span<const std::string> topics) {
    PatternCoverage coverage;
    for (const auto& topic : topics) {
        if (patternCovers(pattern, name, topic)) {
            coverage.now.emplace_back(topic);
            if (isInternalTopicName(topic)) {
                coverage.internal.emplace_back(topic);
            }
        }
    }
    const bool isAll = pattern == PatternType::Literal && name == kAnyResource;
    coverage.isOpenEnded = isAll || pattern == PatternType::Prefixed;
    const auto count = coverage.now.size();
    const auto plural = count == 1 ? "" : "s";
    if (isAll) {
        coverage.words = fmt::format("All {} topic{}, and every topic to come.", count, plural);
    } else if (coverage.isOpenEnded) {
        coverage.words =
            fmt::format("{} topic{} now, and every topic to come that begins with '{}'.", count, plural, name);
    } else {
        coverage.words =
            count == 0 ? fmt::format("No topic yet: '{}' doesn't exist.", name) : fmt::format("The topic '{}'.", name);
    }
    return coverage;
}

} // namespace meshbone::catalog
