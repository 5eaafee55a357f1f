// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/version.h"

#include <array>
#include <string_view>

namespace meshbone::backbone::wire {

/// Kafka's numbers of the APIs that this broker serves.
enum class ApiKey : std::int16_t {
    Produce = 0,
    Fetch = 1,
    ListOffsets = 2,
    Metadata = 3,
    OffsetCommit = 8,
    OffsetFetch = 9,
    FindCoordinator = 10,
    JoinGroup = 11,
    Heartbeat = 12,
    LeaveGroup = 13,
    SyncGroup = 14,
    DescribeGroups = 15,
    ListGroups = 16,
    SaslHandshake = 17,
    ApiVersions = 18,
    CreateTopics = 19,
    DeleteTopics = 20,
    DeleteRecords = 21,
    InitProducerId = 22,
    OffsetForLeaderEpoch = 23,
    DescribeAcls = 29,
    CreateAcls = 30,
    DeleteAcls = 31,
    DescribeConfigs = 32,
    AlterConfigs = 33,
    DescribeLogDirs = 35,
    SaslAuthenticate = 36,
    CreatePartitions = 37,
    DeleteGroups = 42,
    IncrementalAlterConfigs = 44,
    OffsetDelete = 47,
    DescribeUserScramCredentials = 50,
    AlterUserScramCredentials = 51,
    DescribeCluster = 60,
};

/// One row of the table of APIs.
struct ApiInfo {
    ApiKey key;
    std::string_view name;
    Version advertisedMin; ///< what ApiVersions shows as lowest
    Versions served;       ///< what can be decoded; requests outside it get UNSUPPORTED_VERSION
    Version flexibleFrom;  ///< first flexible version of request and response; kNever: none
};

/// The one table of APIs, ascending by key. ApiVersions, dispatch, the message structs (checked at compile time) and
/// the documentation follow it. Upper ends stop below what needs transactions 2 or topic ids in Produce and
/// OffsetCommit.
inline constexpr auto kApis = std::to_array<ApiInfo>({
    // Shows 0 although 0-2 are refused: librdkafka up to 2.11.0 takes a minimum of 3 as "no gzip, snappy or lz4"
    // (KAFKA-18659).
    {ApiKey::Produce, "Produce", 0, {3, 11}, 9},
    {ApiKey::Fetch, "Fetch", 4, {4, 17}, 12},
    {ApiKey::ListOffsets, "ListOffsets", 1, {1, 10}, 6},
    {ApiKey::Metadata, "Metadata", 0, {0, 13}, 9},
    {ApiKey::OffsetCommit, "OffsetCommit", 2, {2, 9}, 8},
    {ApiKey::OffsetFetch, "OffsetFetch", 1, {1, 9}, 6},
    {ApiKey::FindCoordinator, "FindCoordinator", 0, {0, 5}, 3},
    {ApiKey::JoinGroup, "JoinGroup", 0, {0, 9}, 6},
    {ApiKey::Heartbeat, "Heartbeat", 0, {0, 4}, 4},
    {ApiKey::LeaveGroup, "LeaveGroup", 0, {0, 5}, 4},
    {ApiKey::SyncGroup, "SyncGroup", 0, {0, 5}, 4},
    {ApiKey::DescribeGroups, "DescribeGroups", 0, {0, 6}, 5},
    {ApiKey::ListGroups, "ListGroups", 0, {0, 5}, 3},
    {ApiKey::SaslHandshake, "SaslHandshake", 0, {0, 1}, kNever},
    {ApiKey::ApiVersions, "ApiVersions", 0, {0, 4}, 3},
    {ApiKey::CreateTopics, "CreateTopics", 2, {2, 7}, 5},
    {ApiKey::DeleteTopics, "DeleteTopics", 1, {1, 6}, 4},
    {ApiKey::DeleteRecords, "DeleteRecords", 0, {0, 2}, 2},
    {ApiKey::InitProducerId, "InitProducerId", 0, {0, 5}, 2},
    {ApiKey::OffsetForLeaderEpoch, "OffsetForLeaderEpoch", 2, {2, 4}, 4},
    {ApiKey::DescribeAcls, "DescribeAcls", 1, {1, 3}, 2},
    {ApiKey::CreateAcls, "CreateAcls", 1, {1, 3}, 2},
    {ApiKey::DeleteAcls, "DeleteAcls", 1, {1, 3}, 2},
    {ApiKey::DescribeConfigs, "DescribeConfigs", 1, {1, 4}, 4},
    {ApiKey::AlterConfigs, "AlterConfigs", 0, {0, 2}, 2},
    {ApiKey::DescribeLogDirs, "DescribeLogDirs", 1, {1, 4}, 2},
    {ApiKey::SaslAuthenticate, "SaslAuthenticate", 0, {0, 2}, 2},
    {ApiKey::CreatePartitions, "CreatePartitions", 0, {0, 3}, 2},
    {ApiKey::DeleteGroups, "DeleteGroups", 0, {0, 2}, 2},
    {ApiKey::IncrementalAlterConfigs, "IncrementalAlterConfigs", 0, {0, 1}, 1},
    {ApiKey::OffsetDelete, "OffsetDelete", 0, {0, 0}, kNever},
    {ApiKey::DescribeUserScramCredentials, "DescribeUserScramCredentials", 0, {0, 0}, 0},
    {ApiKey::AlterUserScramCredentials, "AlterUserScramCredentials", 0, {0, 0}, 0},
    {ApiKey::DescribeCluster, "DescribeCluster", 0, {0, 2}, 0},
});

/// The row of a key; nullptr for a key that is not served.
constexpr const ApiInfo* findApi(ApiKey key) {
    for (const auto& api : kApis) {
        if (api.key == key) {
            return &api;
        }
    }
    return nullptr;
}

} // namespace meshbone::backbone::wire
