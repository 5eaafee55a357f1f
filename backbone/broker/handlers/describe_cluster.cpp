// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/describe_cluster.h"
#include "broker/authorized_operations.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"

namespace meshbone::backbone::broker {

namespace {
constexpr std::int8_t kBrokerEndpoints = 1;
constexpr std::int8_t kControllerEndpoints = 2;
} // namespace

Handler describeClusterHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<wire::DescribeClusterRequest>(context, reply);
        if (!request) {
            return;
        }
        wire::DescribeClusterResponse response;
        response.clusterId = services.clusterId;
        response.endpointType = request->endpointType;
        const auto& endpoint = *context.endpoint;
        if (request->endpointType != kBrokerEndpoints) {
            response.errorCode = request->endpointType == kControllerEndpoints ? KafkaCode::MismatchedEndpointType
                                                                               : KafkaCode::UnsupportedEndpointType;
            response.errorMessage = "This is a broker: it describes the endpoints of brokers only.";
        } else {
            response.controllerId = endpoint.nodeId;
            response.brokers.push_back({endpoint.nodeId, endpoint.host, endpoint.port, std::nullopt, false});
        }
        if (request->includeClusterAuthorizedOperations) {
            response.clusterAuthorizedOperations = authorizedClusterOperations(services.access, context);
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
