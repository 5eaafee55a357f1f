// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"
#include "wire/messages/authorized_operations.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::backbone::wire {

/// Asks for the brokers (endpointType 1) or controllers (2) (KIP-700, KIP-919).
struct DescribeClusterRequest {
    static constexpr ApiKey kKey = ApiKey::DescribeCluster;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "DescribeClusterRequest";
    static constexpr Versions kVersions{0, 2};
    static constexpr Version kFlexibleFrom = 0;

    bool includeClusterAuthorizedOperations = false;
    std::int8_t endpointType = 1;
    bool includeFencedBrokers = false;

    template <class V>
    static void describe(V& v) {
        v("includeClusterAuthorizedOperations", &DescribeClusterRequest::includeClusterAuthorizedOperations);
        v("endpointType", &DescribeClusterRequest::endpointType, since(1));
        v("includeFencedBrokers", &DescribeClusterRequest::includeFencedBrokers, since(2));
    }
};

/// The brokers.
struct DescribeClusterResponse {
    static constexpr ApiKey kKey = ApiKey::DescribeCluster;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "DescribeClusterResponse";
    static constexpr Versions kVersions{0, 2};
    static constexpr Version kFlexibleFrom = 0;

    struct DescribeClusterBroker {
        std::int32_t brokerId = 0;
        std::string host;
        std::int32_t port = 0;
        std::optional<std::string> rack;
        bool isFenced = false;

        template <class V>
        static void describe(V& v) {
            v("brokerId", &DescribeClusterBroker::brokerId);
            v("host", &DescribeClusterBroker::host);
            v("port", &DescribeClusterBroker::port);
            v("rack", &DescribeClusterBroker::rack, nullable());
            v("isFenced", &DescribeClusterBroker::isFenced, since(2));
        }
    };

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    std::optional<std::string> errorMessage;
    std::int8_t endpointType = 1;
    std::string clusterId;
    std::int32_t controllerId = -1;
    std::vector<DescribeClusterBroker> brokers;
    std::int32_t clusterAuthorizedOperations = kNoAuthorizedOperations;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &DescribeClusterResponse::throttleTimeMs);
        v("errorCode", &DescribeClusterResponse::errorCode);
        v("errorMessage", &DescribeClusterResponse::errorMessage, nullable());
        v("endpointType", &DescribeClusterResponse::endpointType, since(1));
        v("clusterId", &DescribeClusterResponse::clusterId);
        v("controllerId", &DescribeClusterResponse::controllerId);
        v("brokers", &DescribeClusterResponse::brokers);
        v("clusterAuthorizedOperations", &DescribeClusterResponse::clusterAuthorizedOperations);
    }
};

} // namespace meshbone::backbone::wire
