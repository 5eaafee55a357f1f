// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"
#include "wire/frame.h"

#include <backbone/types.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshbone::backbone::wire {

/// Reads batches, with fetch sessions from version 7 (KIP-227) and topic ids from 13 (KIP-516).
struct FetchRequest {
    static constexpr ApiKey kKey = ApiKey::Fetch;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "FetchRequest";
    static constexpr Versions kVersions{4, 17};
    static constexpr Version kFlexibleFrom = 12;

    struct ReplicaState {
        std::int32_t replicaId = -1;
        std::int64_t replicaEpoch = -1;

        template <class V>
        static void describe(V& v) {
            v("replicaId", &ReplicaState::replicaId, since(15));
            v("replicaEpoch", &ReplicaState::replicaEpoch, since(15));
        }
    };

    struct FetchPartition {
        Partition partition;
        LeaderEpoch currentLeaderEpoch{-1};
        Offset fetchOffset;
        LeaderEpoch lastFetchedEpoch{-1};
        Offset logStartOffset{-1};
        std::int32_t partitionMaxBytes = 0;
        TopicId replicaDirectoryId;

        template <class V>
        static void describe(V& v) {
            v("partition", &FetchPartition::partition);
            v("currentLeaderEpoch", &FetchPartition::currentLeaderEpoch, since(9));
            v("fetchOffset", &FetchPartition::fetchOffset);
            v("lastFetchedEpoch", &FetchPartition::lastFetchedEpoch, since(12));
            v("logStartOffset", &FetchPartition::logStartOffset, since(5));
            v("partitionMaxBytes", &FetchPartition::partitionMaxBytes);
            v("replicaDirectoryId", &FetchPartition::replicaDirectoryId, since(17).tagged(0));
        }
    };

    struct FetchTopic {
        std::string_view topic;
        TopicId topicId;
        std::vector<FetchPartition> partitions;

        template <class V>
        static void describe(V& v) {
            v("topic", &FetchTopic::topic, until(12));
            v("topicId", &FetchTopic::topicId, since(13));
            v("partitions", &FetchTopic::partitions);
        }
    };

    struct ForgottenTopic {
        std::string_view topic;
        TopicId topicId;
        std::vector<Partition> partitions;

        template <class V>
        static void describe(V& v) {
            v("topic", &ForgottenTopic::topic, between(7, 12));
            v("topicId", &ForgottenTopic::topicId, since(13));
            v("partitions", &ForgottenTopic::partitions, since(7));
        }
    };

    std::optional<std::string_view> clusterId;
    std::int32_t replicaId = -1;
    std::optional<ReplicaState> replicaState;
    std::int32_t maxWaitMs = 0;
    std::int32_t minBytes = 0;
    std::int32_t maxBytes = std::numeric_limits<std::int32_t>::max();
    std::int8_t isolationLevel = 0;
    std::int32_t sessionId = 0;
    std::int32_t sessionEpoch = -1;
    std::vector<FetchTopic> topics;
    std::vector<ForgottenTopic> forgottenTopicsData;
    std::string_view rackId;

    template <class V>
    static void describe(V& v) {
        v("clusterId", &FetchRequest::clusterId, since(12).nullable().tagged(0));
        v("replicaId", &FetchRequest::replicaId, until(14));
        v("replicaState", &FetchRequest::replicaState, since(15).tagged(1));
        v("maxWaitMs", &FetchRequest::maxWaitMs);
        v("minBytes", &FetchRequest::minBytes);
        v("maxBytes", &FetchRequest::maxBytes);
        v("isolationLevel", &FetchRequest::isolationLevel);
        v("sessionId", &FetchRequest::sessionId, since(7));
        v("sessionEpoch", &FetchRequest::sessionEpoch, since(7));
        v("topics", &FetchRequest::topics);
        v("forgottenTopicsData", &FetchRequest::forgottenTopicsData, since(7));
        v("rackId", &FetchRequest::rackId, since(11));
    }
};

/// Batches per partition. Records are sent from where they are, see Records.
struct FetchResponse {
    static constexpr ApiKey kKey = ApiKey::Fetch;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "FetchResponse";
    static constexpr Versions kVersions{4, 17};
    static constexpr Version kFlexibleFrom = 12;

    struct EpochEndOffset {
        LeaderEpoch epoch{-1};
        Offset endOffset{-1};

        template <class V>
        static void describe(V& v) {
            v("epoch", &EpochEndOffset::epoch, since(12));
            v("endOffset", &EpochEndOffset::endOffset, since(12));
        }
    };

    struct LeaderIdAndEpoch {
        std::int32_t leaderId = -1;
        LeaderEpoch leaderEpoch{-1};

        template <class V>
        static void describe(V& v) {
            v("leaderId", &LeaderIdAndEpoch::leaderId, since(12));
            v("leaderEpoch", &LeaderIdAndEpoch::leaderEpoch, since(12));
        }
    };

    struct SnapshotId {
        Offset endOffset{-1};
        LeaderEpoch epoch{-1};

        template <class V>
        static void describe(V& v) {
            v("endOffset", &SnapshotId::endOffset);
            v("epoch", &SnapshotId::epoch);
        }
    };

    struct AbortedTransaction {
        ProducerId producerId;
        Offset firstOffset;

        template <class V>
        static void describe(V& v) {
            v("producerId", &AbortedTransaction::producerId);
            v("firstOffset", &AbortedTransaction::firstOffset);
        }
    };

    struct PartitionData {
        Partition partitionIndex;
        KafkaCode errorCode = KafkaCode::None;
        Offset highWatermark;
        Offset lastStableOffset{-1};
        Offset logStartOffset{-1};
        std::optional<EpochEndOffset> divergingEpoch;
        std::optional<LeaderIdAndEpoch> currentLeader;
        std::optional<SnapshotId> snapshotId;
        std::optional<std::vector<AbortedTransaction>> abortedTransactions;
        std::int32_t preferredReadReplica = -1;
        std::optional<Records> records{std::in_place};

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &PartitionData::partitionIndex);
            v("errorCode", &PartitionData::errorCode);
            v("highWatermark", &PartitionData::highWatermark);
            v("lastStableOffset", &PartitionData::lastStableOffset);
            v("logStartOffset", &PartitionData::logStartOffset, since(5));
            v("divergingEpoch", &PartitionData::divergingEpoch, since(12).tagged(0));
            v("currentLeader", &PartitionData::currentLeader, since(12).tagged(1));
            v("snapshotId", &PartitionData::snapshotId, since(12).tagged(2));
            v("abortedTransactions", &PartitionData::abortedTransactions, nullable());
            v("preferredReadReplica", &PartitionData::preferredReadReplica, since(11));
            v("records", &PartitionData::records, nullable().bytes());
        }
    };

    struct FetchableTopicResponse {
        std::string topic;
        TopicId topicId;
        std::vector<PartitionData> partitions;

        template <class V>
        static void describe(V& v) {
            v("topic", &FetchableTopicResponse::topic, until(12));
            v("topicId", &FetchableTopicResponse::topicId, since(13));
            v("partitions", &FetchableTopicResponse::partitions);
        }
    };

    struct NodeEndpoint {
        std::int32_t nodeId = 0;
        std::string host;
        std::int32_t port = 0;
        std::optional<std::string> rack;

        template <class V>
        static void describe(V& v) {
            v("nodeId", &NodeEndpoint::nodeId, since(16));
            v("host", &NodeEndpoint::host, since(16));
            v("port", &NodeEndpoint::port, since(16));
            v("rack", &NodeEndpoint::rack, since(16).nullable());
        }
    };

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    std::int32_t sessionId = 0;
    std::vector<FetchableTopicResponse> responses;
    std::vector<NodeEndpoint> nodeEndpoints;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &FetchResponse::throttleTimeMs);
        v("errorCode", &FetchResponse::errorCode, since(7));
        v("sessionId", &FetchResponse::sessionId, since(7));
        v("responses", &FetchResponse::responses);
        v("nodeEndpoints", &FetchResponse::nodeEndpoints, since(16).tagged(0));
    }
};

} // namespace meshbone::backbone::wire
