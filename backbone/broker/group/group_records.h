// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/group/group_offsets.h"
#include "broker/internal_log.h"

namespace meshbone::backbone::broker {

/// The records of __consumer_offsets, in Kafka's own schema (group-coordinator's OffsetCommitKey/Value and
/// GroupMetadataKey/Value): key and value begin with a version of two bytes; key version 0 or 1 is an offset, 2 a
/// group. Written: offset values in version 3 (1 where an old client named a retention), group values in version 3,
/// which every Kafka since 2.3 reads. Read: versions 0 to 4 of both.
InternalRecord offsetRecord(const std::string& group, const TopicPartition& at, const GroupOffset& offset);
InternalRecord offsetTombstone(const std::string& group, const TopicPartition& at);
InternalRecord groupRecord(const std::string& group, const StoredGroup& stored);
InternalRecord groupTombstone(const std::string& group);

struct OffsetRecord {
    std::string group{};
    TopicPartition at{};
    std::optional<GroupOffset> offset{}; ///< none: forgotten
};
struct GroupRecord {
    std::string group{};
    std::optional<StoredGroup> stored{}; ///< none: deleted
};
/// std::monostate: of a kind that isn't ours (a newer Kafka wrote it), to be left alone.
using GroupLogRecord = std::variant<std::monostate, OffsetRecord, GroupRecord>;

/// Fails with Corrupt where key or value don't follow the schema, with Unsupported for a value in a newer version.
Result<GroupLogRecord> readGroupLogRecord(std::string_view key, std::optional<std::string_view> value);

} // namespace meshbone::backbone::broker
