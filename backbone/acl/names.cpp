// SPDX-License-Identifier: Apache-2.0
#include <backbone/acl.h>

#include <algorithm>
#include <array>

namespace meshbone::backbone {
namespace {

/// A name and Kafka's number, in the order of the enum.
struct Row {
    std::string_view name;
    std::int8_t number;
};

constexpr std::array<Row, 8> kKinds{{{"TOPIC", 2},
                                     {"GROUP", 3},
                                     {"CLUSTER", 4},
                                     {"TRANSACTIONAL_ID", 5},
                                     {"DELEGATION_TOKEN", 6},
                                     {"USER", 7},
                                     {"ANY", 1},
                                     {"UNKNOWN", 0}}};
constexpr std::array<Row, 16> kOperations{{{"READ", 3},
                                           {"WRITE", 4},
                                           {"CREATE", 5},
                                           {"DELETE", 6},
                                           {"ALTER", 7},
                                           {"DESCRIBE", 8},
                                           {"CLUSTER_ACTION", 9},
                                           {"DESCRIBE_CONFIGS", 10},
                                           {"ALTER_CONFIGS", 11},
                                           {"IDEMPOTENT_WRITE", 12},
                                           {"ALL", 2},
                                           {"CREATE_TOKENS", 13},
                                           {"DESCRIBE_TOKENS", 14},
                                           {"TWO_PHASE_COMMIT", 15},
                                           {"ANY", 1},
                                           {"UNKNOWN", 0}}};
constexpr std::array<Row, 5> kPatterns{{{"LITERAL", 3}, {"PREFIXED", 4}, {"MATCH", 2}, {"ANY", 1}, {"UNKNOWN", 0}}};
constexpr std::array<Row, 4> kPermissions{{{"ALLOW", 3}, {"DENY", 2}, {"ANY", 1}, {"UNKNOWN", 0}}};

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<Row, N>& rows, std::string_view name) {
    const auto found = std::ranges::find(rows, name, &Row::name);
    return found == rows.end() ? std::nullopt : std::optional(static_cast<Enum>(found - rows.begin()));
}

template <class Enum, std::size_t N>
Enum numbered(const std::array<Row, N>& rows, std::int8_t number) {
    const auto found = std::ranges::find(rows, number, &Row::number);
    return found == rows.end() ? Enum::Unknown : static_cast<Enum>(found - rows.begin());
}

template <class Enum, std::size_t N>
const Row& row(const std::array<Row, N>& rows, Enum value) {
    static_assert(static_cast<std::size_t>(Enum::Unknown) + 1 == N);
    return rows.at(static_cast<std::size_t>(value));
}

} // namespace

std::string_view name(ResourceKind kind) {
    return row(kKinds, kind).name;
}
std::string_view name(Operation operation) {
    return row(kOperations, operation).name;
}
std::string_view name(PatternType pattern) {
    return row(kPatterns, pattern).name;
}
std::string_view name(Permission permission) {
    return row(kPermissions, permission).name;
}

std::optional<ResourceKind> resourceKindNamed(std::string_view name) {
    return named<ResourceKind>(kKinds, name);
}
std::optional<Operation> operationNamed(std::string_view name) {
    return named<Operation>(kOperations, name);
}
std::optional<PatternType> patternTypeNamed(std::string_view name) {
    return named<PatternType>(kPatterns, name);
}
std::optional<Permission> permissionNamed(std::string_view name) {
    return named<Permission>(kPermissions, name);
}

std::int8_t kafkaNumber(ResourceKind kind) {
    return row(kKinds, kind).number;
}
std::int8_t kafkaNumber(Operation operation) {
    return row(kOperations, operation).number;
}
std::int8_t kafkaNumber(PatternType pattern) {
    return row(kPatterns, pattern).number;
}
std::int8_t kafkaNumber(Permission permission) {
    return row(kPermissions, permission).number;
}

ResourceKind resourceKindFromKafka(std::int8_t number) {
    return numbered<ResourceKind>(kKinds, number);
}
Operation operationFromKafka(std::int8_t number) {
    return numbered<Operation>(kOperations, number);
}
PatternType patternTypeFromKafka(std::int8_t number) {
    return numbered<PatternType>(kPatterns, number);
}
Permission permissionFromKafka(std::int8_t number) {
    return numbered<Permission>(kPermissions, number);
}

} // namespace meshbone::backbone
