// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_presets.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {
namespace {

constexpr auto Must = FieldUse::Required;
constexpr auto May = FieldUse::Optional;
constexpr ScopeField kNone{};

struct RoleRow {
    std::string_view name, title;
    bool isProven = false;
    RoleFields fields;
};

// In the order of the enum. What is proven, tests/conformance/presets tries with a real client on Apache Kafka.
constexpr std::array<RoleRow, kRoles> kRows{{
    {"producer", "producer", true, {kNone, {Must, "topics it writes"}, kNone, kNone}},
    {"transactional-producer",
     "transactional producer",
     true,
     {kNone, {Must, "topics it writes"}, kNone, {Must, "transactional id"}}},
    {"consumer", "consumer", true, {{Must, "topics it reads"}, kNone, {May, "consumer group"}, kNone}},
    {"consume-transform-produce",
     "consume-transform-produce in transactions",
     true,
     {{Must, "topics it reads"}, {Must, "topics it writes"}, {Must, "consumer group"}, {Must, "transactional id"}}},
    {"streams",
     "Kafka Streams application",
     false,
     {{Must, "topics it reads"},
      {May, "topics it writes"},
      {Must, "application id"},
      {May, "application id again, for exactly-once"}}},
    {"connect-worker",
     "Connect worker",
     false,
     {kNone,
      {Must, "its topics for configuration, offsets and status"},
      {Must, "group.id"},
      {May, "connect-cluster-<group.id>, for exactly-once"}}},
    {"source-connector",
     "source connector",
     false,
     {{May, "its offsets topic, for exactly-once"},
      {Must, "topics it writes"},
      kNone,
      {May, "prefix <group.id>-<connector>-, for exactly-once"}}},
    {"sink-connector",
     "sink connector",
     false,
     {{Must, "topics it reads"}, {May, "dead-letter topic"}, {Must, "connect-<connector>"}, kNone}},
    {"schema-registry", "Schema Registry", false, {kNone, {Must, "its topic, _schemas"}, {Must, "its group"}, kNone}},
    {"ksqldb",
     "ksqlDB server",
     false,
     {{May, "topics it reads"}, {May, "topics it makes and writes"}, kNone, {Must, "service id"}}},
    {"mirrormaker-source",
     "MirrorMaker 2, at the cluster it copies from",
     false,
     {{Must, "topics it copies"}, {Must, "its offset-syncs topic"}, {May, "groups it copies"}, kNone}},
    {"mirrormaker-target",
     "MirrorMaker 2, at the cluster it copies to",
     false,
     {kNone, {Must, "topics it makes and writes"}, {May, "groups whose offsets it writes"}, kNone}},
    {"read-only-ui", "tool that shows everything and reads no records", false, {}},
}};

const RoleRow& row(Role role) {
    return kRows.at(static_cast<std::size_t>(role));
}

} // namespace

const RoleFields& fieldsOf(Role role) {
    return row(role).fields;
}
std::string_view roleName(Role role) {
    return row(role).name;
}
std::string_view roleTitle(Role role) {
    return row(role).title;
}
bool isProven(Role role) {
    return row(role).isProven;
}
std::optional<Role> roleNamed(std::string_view name) {
    const auto found = std::ranges::find(kRows, name, &RoleRow::name);
    return found == kRows.end() ? std::nullopt : std::optional(static_cast<Role>(found - kRows.begin()));
}

AccessScope inRole(AccessScope scope, Role role) {
    const RoleFields& fields = fieldsOf(role);
    const auto keep = [](const ScopeField& field, auto& value) {
        if (field.use == FieldUse::None) {
            value = {};
        }
    };
    scope.role = role;
    keep(fields.reads, scope.reads);
    keep(fields.writes, scope.writes);
    keep(fields.group, scope.group);
    keep(fields.transactionalId, scope.transactionalId);
    return scope;
}

} // namespace meshbone::catalog
