// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/init_producer_id.h"
#include "broker/authorized_operations.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"
#include "net/log_line.h"

namespace meshbone::backbone::broker {

namespace {

/// WRITE on any topic is enough (KIP-679); IDEMPOTENT_WRITE on the cluster is what older clusters asked for.
bool mayWriteIdempotently(Services& services, const RequestContext& context) {
    return services.access.allowedOnSome(*context.client, Operation::Write, ResourceKind::Topic) ||
           services.access.allowed(context, Operation::IdempotentWrite, ResourceKind::Cluster, kClusterName);
}

} // namespace

Handler initProducerIdHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<wire::InitProducerIdRequest>(context, reply);
        if (!request) {
            return;
        }
        wire::InitProducerIdResponse response;
        response.producerEpoch = ProducerEpoch(-1);
        const bool hasId = request->producerId != ProducerId(-1);
        const bool hasEpoch = request->producerEpoch != ProducerEpoch(-1);
        if (hasId != hasEpoch || request->transactionalId == "") {
            response.errorCode = KafkaCode::InvalidRequest;
        } else if (request->transactionalId) {
            // Both librdkafka and Java take this code as final; with another they would retry without end.
            response.errorCode = KafkaCode::TransactionalIdAuthorizationFailed;
            net::logLine(net::Severity::Warning,
                         "A producer asked for transactions, which this broker does not offer: leave transactional.id "
                         "out.");
        } else if (!mayWriteIdempotently(services, context)) {
            response.errorCode = KafkaCode::ClusterAuthorizationFailed;
        } else if (const auto id = services.producerIds.next()) {
            response.producerId = *id;
            response.producerEpoch = ProducerEpoch(0);
        } else {
            response.errorCode = kafkaCodeOf(id.error());
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
