// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

/// What an application does with the backbone, which decides the smallest set of bindings that it needs.
enum class Role : std::uint8_t {
    Producer,                ///< idempotent or not
    TransactionalProducer,   ///< with a transactional id
    Consumer,                ///< with a group
    ConsumeTransformProduce, ///< reads, writes and commits in one transaction
    Streams,                 ///< Kafka Streams; the group is its application id
    ConnectWorker,           ///< a Connect cluster; the group is its group.id, the topics are its three
    SourceConnector,
    SinkConnector,
    SchemaRegistry,
    KsqlDb,
    MirrorMakerSource, ///< MirrorMaker 2 at the cluster that it copies from
    MirrorMakerTarget, ///< and at the one that it copies to
    ReadOnlyUi,        ///< a tool that shows everything and reads no records
};

/// A name, or all names that begin so.
struct NamePattern {
    std::string name;
    backbone::PatternType pattern = backbone::PatternType::Literal; ///< Literal or Prefixed
    friend auto operator<=>(const NamePattern&, const NamePattern&) = default;
};

/// As people write it: "name", "prefix*", or "*" for all.
NamePattern patternOf(std::string_view text);
/// The inverse, but for a literal name that itself ends in '*' (no topic's does; a group's may).
std::string shownPattern(const NamePattern& pattern);

/// What is asked for and granted: for whom, in which role, on what. The bindings follow from it alone.
struct AccessScope {
    std::string principal; ///< "User:flights-loader"
    std::string host{backbone::kAnyHost};
    Role role = Role::Consumer;
    std::vector<NamePattern> reads, writes; ///< topics
    NamePattern group;                      ///< empty name: none
    NamePattern transactionalId;            ///< empty name: none
    friend auto operator<=>(const AccessScope&, const AccessScope&) = default;
};

} // namespace meshbone::catalog
