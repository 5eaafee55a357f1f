// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"

#include <backbone/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::wire {

/// Appends batches. Versions 0 to 2 are advertised but not served, see kApis.
struct ProduceRequest {
    static constexpr ApiKey kKey = ApiKey::Produce;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "ProduceRequest";
    static constexpr Versions kVersions{3, 11};
    static constexpr Version kFlexibleFrom = 9;

    struct PartitionProduceData {
        Partition index;
        std::optional<std::string_view> records;

        template <class V>
        static void describe(V& v) {
            v("index", &PartitionProduceData::index);
            v("records", &PartitionProduceData::records, nullable().bytes());
        }
    };

    struct TopicProduceData {
        std::string_view name;
        std::vector<PartitionProduceData> partitionData;

        template <class V>
        static void describe(V& v) {
            v("name", &TopicProduceData::name);
            v("partitionData", &TopicProduceData::partitionData);
        }
    };

    std::optional<std::string_view> transactionalId;
    std::int16_t acks = 0;
    std::int32_t timeoutMs = 0;
    std::vector<TopicProduceData> topicData;

    template <class V>
    static void describe(V& v) {
        v("transactionalId", &ProduceRequest::transactionalId, nullable());
        v("acks", &ProduceRequest::acks);
        v("timeoutMs", &ProduceRequest::timeoutMs);
        v("topicData", &ProduceRequest::topicData);
    }
};

/// What became of each batch. Not sent at all when acks is 0.
struct ProduceResponse {
    static constexpr ApiKey kKey = ApiKey::Produce;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "ProduceResponse";
    static constexpr Versions kVersions{3, 11};
    static constexpr Version kFlexibleFrom = 9;

    struct BatchIndexAndErrorMessage {
        std::int32_t batchIndex = 0;
        std::optional<std::string> batchIndexErrorMessage;

        template <class V>
        static void describe(V& v) {
            v("batchIndex", &BatchIndexAndErrorMessage::batchIndex, since(8));
            v("batchIndexErrorMessage", &BatchIndexAndErrorMessage::batchIndexErrorMessage, since(8).nullable());
        }
    };

    struct LeaderIdAndEpoch {
        std::int32_t leaderId = -1;
        LeaderEpoch leaderEpoch{-1};

        template <class V>
        static void describe(V& v) {
            v("leaderId", &LeaderIdAndEpoch::leaderId, since(10));
            v("leaderEpoch", &LeaderIdAndEpoch::leaderEpoch, since(10));
        }
    };

    struct PartitionProduceResponse {
        Partition index;
        KafkaCode errorCode = KafkaCode::None;
        Offset baseOffset;
        TimestampMs logAppendTimeMs = -1;
        Offset logStartOffset{-1};
        std::vector<BatchIndexAndErrorMessage> recordErrors;
        std::optional<std::string> errorMessage;
        std::optional<LeaderIdAndEpoch> currentLeader;

        template <class V>
        static void describe(V& v) {
            v("index", &PartitionProduceResponse::index);
            v("errorCode", &PartitionProduceResponse::errorCode);
            v("baseOffset", &PartitionProduceResponse::baseOffset);
            v("logAppendTimeMs", &PartitionProduceResponse::logAppendTimeMs);
            v("logStartOffset", &PartitionProduceResponse::logStartOffset, since(5));
            v("recordErrors", &PartitionProduceResponse::recordErrors, since(8));
            v("errorMessage", &PartitionProduceResponse::errorMessage, since(8).nullable());
            v("currentLeader", &PartitionProduceResponse::currentLeader, since(10).tagged(0));
        }
    };

    struct TopicProduceResponse {
        std::string name;
        std::vector<PartitionProduceResponse> partitionResponses;

        template <class V>
        static void describe(V& v) {
            v("name", &TopicProduceResponse::name);
            v("partitionResponses", &TopicProduceResponse::partitionResponses);
        }
    };

    struct NodeEndpoint {
        std::int32_t nodeId = 0;
        std::string host;
        std::int32_t port = 0;
        std::optional<std::string> rack;

        template <class V>
        static void describe(V& v) {
            v("nodeId", &NodeEndpoint::nodeId, since(10));
            v("host", &NodeEndpoint::host, since(10));
            v("port", &NodeEndpoint::port, since(10));
            v("rack", &NodeEndpoint::rack, since(10).nullable());
        }
    };

    std::vector<TopicProduceResponse> responses;
    std::int32_t throttleTimeMs = 0;
    std::vector<NodeEndpoint> nodeEndpoints;

    template <class V>
    static void describe(V& v) {
        v("responses", &ProduceResponse::responses);
        v("throttleTimeMs", &ProduceResponse::throttleTimeMs);
        v("nodeEndpoints", &ProduceResponse::nodeEndpoints, since(10).tagged(0));
    }
};

} // namespace meshbone::backbone::wire
