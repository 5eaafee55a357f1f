// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_presets.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {
namespace {

constexpr auto Needs = FieldUse::Required;
constexpr auto May = FieldUse::Optional;
constexpr ScopeField kNone{};

struct RoleRow {
    std::string_view name, title;
    bool isProven = false;
    RoleFields fields;
};

// In the order of the enum. What is proven, tests/conformance/presets tries with a real client on Apache Kafka.
constexpr std::array<RoleRow, kRoles> kRows{{
    {"producer", "producer", true, {kNone, {Needs, "topics it writes"}, kNone, kNone}},
    {"transactional-producer",
     "transactional producer",
     true,
     {kNone, {Needs, "topics it writes"}, kNone, {Needs, "transactional id"}}},
    {"consumer", "consumer", true, {{Needs, "topics it reads"}, kNone, {May, "consumer group"}, kNone}},
    {"consume-transform-produce",
     "consume-transform-produce in transactions",
     true,
     {{Needs, "topics it reads"}, {Needs, "topics it writes"}, {Needs, "consumer group"}, {Needs, "transactional id"}}},
    {"streams",
     "Kafka Streams application",
     false,
     {{Needs, "topics it reads"},
      {May, "topics it writes"},
      {Needs, "application id"},
      {May, "application id again, for exactly-once"}}},
    {"connect-worker",
     "Connect worker",
     false,
     {kNone,
      {Needs, "its topics for configuration, offsets and status"},
      {Needs, "group.id"},
      {May, "connect-cluster-<group.id>, for exactly-once"}}},
    {"source-connector",
     "source connector",
     false,
     {{May, "its offsets topic, for exactly-once"},
      {Needs, "topics it writes"},
      kNone,
      {May, "prefix <group.id>-<connector>-, for exactly-once"}}},
    {"sink-connector",
     "sink connector",
     false,
     {{Needs, "topics it reads"}, {May, "dead-letter topic"}, {Needs, "connect-<connector>"}, kNone}},
    {"schema-registry", "Schema Registry", false, {kNone, {Needs, "its topic, _schemas"}, {Needs, "its group"}, kNone}},
    {"ksqldb",
     "ksqlDB server",
     false,
     {{May, "topics it reads"}, {May, "topics it makes and writes"}, kNone, {Needs, "service id"}}},
    {"mirrormaker-source",
     "MirrorMaker 2, at the cluster it copies from",
     false,
     {{Needs, "topics it copies"}, {Needs, "its offset-syncs topic"}, {May, "groups it copies"}, kNone}},
    {"mirrormaker-target",
     "MirrorMaker 2, at the cluster it copies to",
     false,
     {kNone, {Needs, "topics it makes and writes"}, {May, "groups whose offsets it writes"}, kNone}},
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

} // namespace meshbone::catalog
