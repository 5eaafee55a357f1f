// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"
#include "wire/messages/authorized_operations.h"

#include <backbone/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::wire {

/// Asks for brokers and topics. Null topics: all of them; in version 0 an empty array means all.
struct MetadataRequest {
    static constexpr ApiKey kKey = ApiKey::Metadata;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "MetadataRequest";
    static constexpr Versions kVersions{0, 13};
    static constexpr Version kFlexibleFrom = 9;
    /// librdkafka (2.12 at least) writes null topics of flexible versions in four bytes instead of one, so that three
    /// bytes are left over; Kafka ignores what follows a request, and here that must be done for this one.
    static constexpr bool kMayLeaveRest = true;

    struct MetadataRequestTopic {
        TopicId topicId;
        std::optional<std::string_view> name;

        template <class V>
        static void describe(V& v) {
            v("topicId", &MetadataRequestTopic::topicId, since(10));
            v("name", &MetadataRequestTopic::name, nullable(10));
        }
    };

    std::optional<std::vector<MetadataRequestTopic>> topics;
    bool allowAutoTopicCreation = true;
    bool includeClusterAuthorizedOperations = false;
    bool includeTopicAuthorizedOperations = false;

    template <class V>
    static void describe(V& v) {
        v("topics", &MetadataRequest::topics, nullable(1));
        v("allowAutoTopicCreation", &MetadataRequest::allowAutoTopicCreation, since(4));
        v("includeClusterAuthorizedOperations", &MetadataRequest::includeClusterAuthorizedOperations, between(8, 10));
        v("includeTopicAuthorizedOperations", &MetadataRequest::includeTopicAuthorizedOperations, since(8));
    }
};

/// Where topics and partitions are. From version 9 on clients trust the leader epochs (they must never go back).
struct MetadataResponse {
    static constexpr ApiKey kKey = ApiKey::Metadata;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "MetadataResponse";
    static constexpr Versions kVersions{0, 13};
    static constexpr Version kFlexibleFrom = 9;

    struct MetadataResponseBroker {
        std::int32_t nodeId = 0;
        std::string host;
        std::int32_t port = 0;
        std::optional<std::string> rack;

        template <class V>
        static void describe(V& v) {
            v("nodeId", &MetadataResponseBroker::nodeId);
            v("host", &MetadataResponseBroker::host);
            v("port", &MetadataResponseBroker::port);
            v("rack", &MetadataResponseBroker::rack, since(1).nullable());
        }
    };

    struct MetadataResponsePartition {
        KafkaCode errorCode = KafkaCode::None;
        Partition partitionIndex;
        std::int32_t leaderId = 0;
        LeaderEpoch leaderEpoch{-1};
        std::vector<std::int32_t> replicaNodes;
        std::vector<std::int32_t> isrNodes;
        std::vector<std::int32_t> offlineReplicas;

        template <class V>
        static void describe(V& v) {
            v("errorCode", &MetadataResponsePartition::errorCode);
            v("partitionIndex", &MetadataResponsePartition::partitionIndex);
            v("leaderId", &MetadataResponsePartition::leaderId);
            v("leaderEpoch", &MetadataResponsePartition::leaderEpoch, since(7));
            v("replicaNodes", &MetadataResponsePartition::replicaNodes);
            v("isrNodes", &MetadataResponsePartition::isrNodes);
            v("offlineReplicas", &MetadataResponsePartition::offlineReplicas, since(5));
        }
    };

    struct MetadataResponseTopic {
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> name;
        TopicId topicId;
        bool isInternal = false;
        std::vector<MetadataResponsePartition> partitions;
        std::int32_t topicAuthorizedOperations = kNoAuthorizedOperations;

        template <class V>
        static void describe(V& v) {
            v("errorCode", &MetadataResponseTopic::errorCode);
            v("name", &MetadataResponseTopic::name, nullable(12));
            v("topicId", &MetadataResponseTopic::topicId, since(10));
            v("isInternal", &MetadataResponseTopic::isInternal, since(1));
            v("partitions", &MetadataResponseTopic::partitions);
            v("topicAuthorizedOperations", &MetadataResponseTopic::topicAuthorizedOperations, since(8));
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<MetadataResponseBroker> brokers;
    std::optional<std::string> clusterId;
    std::int32_t controllerId = -1;
    std::vector<MetadataResponseTopic> topics;
    std::int32_t clusterAuthorizedOperations = kNoAuthorizedOperations;
    KafkaCode errorCode = KafkaCode::None;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &MetadataResponse::throttleTimeMs, since(3));
        v("brokers", &MetadataResponse::brokers);
        v("clusterId", &MetadataResponse::clusterId, since(2).nullable());
        v("controllerId", &MetadataResponse::controllerId, since(1));
        v("topics", &MetadataResponse::topics);
        v("clusterAuthorizedOperations", &MetadataResponse::clusterAuthorizedOperations, between(8, 10));
        v("errorCode", &MetadataResponse::errorCode, since(13));
    }
};

} // namespace meshbone::backbone::wire
