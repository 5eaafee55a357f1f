// SPDX-License-Identifier: Apache-2.0
#include "evidence/names.h"

#include "evidence/entry.h"

#include <algorithm>
#include <array>
#include <backbone/topic_names.h>
#include <limits>

namespace meshbone::lineage {

namespace {
using backbone::Operation;
using backbone::ResourceKind;

// In the order of the enums.
constexpr std::array<std::string_view, 16> kOperations{
    "Read",           "Write",           "Create",       "Delete",          "Alter", "Describe",
    "ClusterAction",  "DescribeConfigs", "AlterConfigs", "IdempotentWrite", "All",   "CreateTokens",
    "DescribeTokens", "TwoPhaseCommit",  "Any",          "Unknown"};
constexpr std::array<std::string_view, 8> kResourceKinds{"Topic",           "Group", "Cluster", "TransactionalId",
                                                         "DelegationToken", "User",  "Any",     "Unknown"};
static_assert(static_cast<std::size_t>(Operation::Unknown) + 1 == kOperations.size());
static_assert(static_cast<std::size_t>(ResourceKind::Unknown) + 1 == kResourceKinds.size());

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) {
        return std::nullopt;
    }
    return static_cast<Enum>(at - names.begin());
}
} // namespace

std::string_view formatName(Operation operation) {
    return kOperations.at(static_cast<std::size_t>(operation));
}
std::string_view formatName(ResourceKind kind) {
    return kResourceKinds.at(static_cast<std::size_t>(kind));
}
std::optional<Operation> operationFrom(std::string_view name) {
    return find<Operation>(kOperations, name);
}
std::optional<ResourceKind> resourceKindFrom(std::string_view name) {
    return find<ResourceKind>(kResourceKinds, name);
}

bool isInternalTopic(std::string_view topic) {
    return backbone::isHousekeepingTopicName(topic);
}
bool isOwnClient(std::string_view clientId) {
    return clientId.starts_with("meshbone");
}

Totals& Totals::operator+=(const Totals& other) {
    // Counts come from a topic that others may write, so that a sum stops at the end instead of overflowing.
    const auto add = [](std::int64_t& sum, std::int64_t value) {
        if (__builtin_add_overflow(sum, value, &sum)) {
            sum = std::numeric_limits<std::int64_t>::max();
        }
    };
    add(requests, other.requests);
    add(records, other.records);
    add(bytes, other.bytes);
    return *this;
}

} // namespace meshbone::lineage
