// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/access.h"

#include <initializer_list>

namespace meshbone::backbone::broker {

/// The bits of "authorized operations" fields: bit n for the operation with number n in Kafka's ACLs (KIP-430).
inline std::int32_t operationBit(Operation operation) {
    return 1 << kafkaNumber(operation);
}

inline std::int32_t authorizedOperations(Access& access, const RequestContext& context, ResourceKind kind,
                                         std::string_view resource, std::initializer_list<Operation> operations) {
    std::int32_t bits = 0;
    for (const auto operation : operations) {
        if (access.mayList(context, operation, kind, resource)) {
            bits |= operationBit(operation);
        }
    }
    return bits;
}

inline std::int32_t authorizedTopicOperations(Access& access, const RequestContext& context, std::string_view topic) {
    using enum Operation;
    return authorizedOperations(access, context, ResourceKind::Topic, topic,
                                {Read, Write, Create, Delete, Alter, Describe, DescribeConfigs, AlterConfigs});
}

/// CREATE on the cluster allows every topic; else it takes CREATE on the topic.
inline bool mayCreateTopic(Access& access, const RequestContext& context, std::string_view topic) {
    return access.mayList(context, Operation::Create, ResourceKind::Cluster, kClusterName)
               ? access.allowed(context, Operation::Create, ResourceKind::Cluster, kClusterName)
               : access.allowed(context, Operation::Create, ResourceKind::Topic, topic);
}

inline std::int32_t authorizedClusterOperations(Access& access, const RequestContext& context) {
    using enum Operation;
    return authorizedOperations(
        access, context, ResourceKind::Cluster, kClusterName,
        {Create, Alter, Describe, ClusterAction, DescribeConfigs, AlterConfigs, IdempotentWrite});
}

} // namespace meshbone::backbone::broker
