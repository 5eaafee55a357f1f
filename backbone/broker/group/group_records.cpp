// SPDX-License-Identifier: Apache-2.0
#include "broker/group/group_records.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::broker {

namespace {
using wire::between;
using wire::since;
using wire::Version;
using wire::Versions;

constexpr Version kOffsetKeyVersion = 1;
constexpr Version kGroupKeyVersion = 2;
constexpr Version kValueVersion = 3;
constexpr Version kOffsetValueWithExpiry = 1;

struct OffsetCommitKey {
    static constexpr auto kName = "OffsetCommitKey";
    static constexpr Versions kVersions{0, kOffsetKeyVersion};
    static constexpr Version kFlexibleFrom = wire::kNever;
    std::string group;
    std::string topic;
    Partition partition;
    template <class V>
    static void describe(V& v) {
        v("group", &OffsetCommitKey::group);
        v("topic", &OffsetCommitKey::topic);
        v("partition", &OffsetCommitKey::partition);
    }
};

struct OffsetCommitValue {
    static constexpr auto kName = "OffsetCommitValue";
    static constexpr Versions kVersions{0, 4};
    static constexpr Version kFlexibleFrom = 4;
    Offset offset;
    LeaderEpoch leaderEpoch{-1};
    std::string metadata;
    TimestampMs commitTimestamp = -1;
    TimestampMs expireTimestamp = -1;
    template <class V>
    static void describe(V& v) {
        v("offset", &OffsetCommitValue::offset);
        v("leaderEpoch", &OffsetCommitValue::leaderEpoch, since(3));
        v("metadata", &OffsetCommitValue::metadata);
        v("commitTimestamp", &OffsetCommitValue::commitTimestamp);
        v("expireTimestamp", &OffsetCommitValue::expireTimestamp, between(1, 1));
    }
};

struct GroupMetadataKey {
    static constexpr auto kName = "GroupMetadataKey";
    static constexpr Versions kVersions{kGroupKeyVersion, kGroupKeyVersion};
    static constexpr Version kFlexibleFrom = wire::kNever;
    std::string group;
    template <class V>
    static void describe(V& v) {
        v("group", &GroupMetadataKey::group);
    }
};

struct MemberMetadata {
    std::string memberId;
    std::optional<std::string> groupInstanceId;
    std::string clientId;
    std::string clientHost;
    std::int32_t rebalanceTimeout = -1;
    std::int32_t sessionTimeout = 0;
    Bytes subscription;
    Bytes assignment;
    template <class V>
    static void describe(V& v) {
        v("memberId", &MemberMetadata::memberId);
        v("groupInstanceId", &MemberMetadata::groupInstanceId, since(3).nullable(3));
        v("clientId", &MemberMetadata::clientId);
        v("clientHost", &MemberMetadata::clientHost);
        v("rebalanceTimeout", &MemberMetadata::rebalanceTimeout, since(1));
        v("sessionTimeout", &MemberMetadata::sessionTimeout);
        v("subscription", &MemberMetadata::subscription, since(0).bytes());
        v("assignment", &MemberMetadata::assignment, since(0).bytes());
    }
};

struct GroupMetadataValue {
    static constexpr auto kName = "GroupMetadataValue";
    static constexpr Versions kVersions{0, 4};
    static constexpr Version kFlexibleFrom = 4;
    std::string protocolType;
    std::int32_t generation = 0;
    std::optional<std::string> protocol;
    std::optional<std::string> leader;
    TimestampMs currentStateTimestamp = -1;
    std::vector<MemberMetadata> members;
    template <class V>
    static void describe(V& v) {
        v("protocolType", &GroupMetadataValue::protocolType);
        v("generation", &GroupMetadataValue::generation);
        v("protocol", &GroupMetadataValue::protocol, since(0).nullable());
        v("leader", &GroupMetadataValue::leader, since(0).nullable());
        v("currentStateTimestamp", &GroupMetadataValue::currentStateTimestamp, since(2));
        v("members", &GroupMetadataValue::members);
    }
};

/// A body behind its version of two bytes.
template <class M>
Bytes withVersion(const M& message, Version version) {
    return wire::encodePayload(message, version);
}

template <class M>
Result<M> behindVersion(std::string_view bytes) {
    wire::Reader reader(bytes);
    const auto version = reader.int16();
    if (!reader.ok()) {
        return std::unexpected(reader.error(M::kName));
    }
    return wire::decodeBody<M>(reader.rest(), version);
}

Bytes keyOf(const std::string& group, const TopicPartition& at) {
    return withVersion(OffsetCommitKey{group, at.topic, at.partition}, kOffsetKeyVersion);
}

GroupOffset toOffset(const OffsetCommitValue& value) {
    GroupOffset offset{.offset = value.offset,
                       .leaderEpoch = value.leaderEpoch,
                       .metadata = value.metadata,
                       .committedAtMs = value.commitTimestamp};
    if (value.expireTimestamp >= 0) {
        offset.expiresAtMs = value.expireTimestamp;
    }
    return offset;
}

StoredGroup toGroup(GroupMetadataValue value) {
    StoredGroup stored{.protocolType = std::move(value.protocolType),
                       .generation = value.generation,
                       .protocol = std::move(value.protocol),
                       .leader = std::move(value.leader),
                       .stateSinceMs = value.currentStateTimestamp,
                       .members = {}};
    for (auto& member : value.members) {
        const bool old = member.rebalanceTimeout < 0; // version 0 knew one timeout
        stored.members.push_back({.memberId = std::move(member.memberId),
                                  .instanceId = std::move(member.groupInstanceId),
                                  .clientId = std::move(member.clientId),
                                  .clientHost = std::move(member.clientHost),
                                  .rebalanceTimeoutMs = old ? member.sessionTimeout : member.rebalanceTimeout,
                                  .sessionTimeoutMs = member.sessionTimeout,
                                  .subscription = std::move(member.subscription),
                                  .assignment = std::move(member.assignment)});
    }
    return stored;
}

Result<GroupLogRecord> readOffset(std::string_view key, std::optional<std::string_view> value) {
    auto decodedKey = behindVersion<OffsetCommitKey>(key);
    if (!decodedKey) {
        return std::unexpected(decodedKey.error());
    }
    OffsetRecord record{.group = std::move(decodedKey->group), .at = {decodedKey->topic, decodedKey->partition}};
    if (value) {
        const auto decoded = behindVersion<OffsetCommitValue>(*value);
        if (!decoded) {
            return std::unexpected(decoded.error());
        }
        record.offset = toOffset(*decoded);
    }
    return record;
}

Result<GroupLogRecord> readGroup(std::string_view key, std::optional<std::string_view> value) {
    auto decodedKey = behindVersion<GroupMetadataKey>(key);
    if (!decodedKey) {
        return std::unexpected(decodedKey.error());
    }
    GroupRecord record{.group = std::move(decodedKey->group)};
    if (value) {
        auto decoded = behindVersion<GroupMetadataValue>(*value);
        if (!decoded) {
            return std::unexpected(decoded.error());
        }
        record.stored = toGroup(std::move(*decoded));
    }
    return record;
}
} // namespace

InternalRecord offsetRecord(const std::string& group, const TopicPartition& at, const GroupOffset& offset) {
    const OffsetCommitValue value{.offset = offset.offset,
                                  .leaderEpoch = offset.leaderEpoch,
                                  .metadata = offset.metadata,
                                  .commitTimestamp = offset.committedAtMs,
                                  .expireTimestamp = offset.expiresAtMs.value_or(-1)};
    return {keyOf(group, at), withVersion(value, offset.expiresAtMs ? kOffsetValueWithExpiry : kValueVersion)};
}

InternalRecord offsetTombstone(const std::string& group, const TopicPartition& at) {
    return {keyOf(group, at), std::nullopt};
}

InternalRecord groupRecord(const std::string& group, const StoredGroup& stored) {
    GroupMetadataValue value{.protocolType = stored.protocolType,
                             .generation = stored.generation,
                             .protocol = stored.protocol,
                             .leader = stored.leader,
                             .currentStateTimestamp = stored.stateSinceMs,
                             .members = {}};
    for (const auto& member : stored.members) {
        value.members.push_back({.memberId = member.memberId,
                                 .groupInstanceId = member.instanceId,
                                 .clientId = member.clientId,
                                 .clientHost = member.clientHost,
                                 .rebalanceTimeout = member.rebalanceTimeoutMs,
                                 .sessionTimeout = member.sessionTimeoutMs,
                                 .subscription = member.subscription,
                                 .assignment = member.assignment});
    }
    return {withVersion(GroupMetadataKey{group}, kGroupKeyVersion), withVersion(value, kValueVersion)};
}

InternalRecord groupTombstone(const std::string& group) {
    return {withVersion(GroupMetadataKey{group}, kGroupKeyVersion), std::nullopt};
}

Result<GroupLogRecord> readGroupLogRecord(std::string_view key, std::optional<std::string_view> value) {
    wire::Reader reader(key);
    const auto version = reader.int16();
    if (!reader.ok()) {
        return std::unexpected(reader.error("key of a group record"));
    }
    if (OffsetCommitKey::kVersions.contains(version)) {
        return readOffset(key, value);
    }
    if (GroupMetadataKey::kVersions.contains(version)) {
        return readGroup(key, value);
    }
    return GroupLogRecord(std::monostate{});
}

} // namespace meshbone::backbone::broker
