// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/access.h"

#include <initializer_list>

namespace meshbone::backbone::broker {

/// The bits of "authorized operations" fields: bit n for the operation with number n in Kafka's ACLs (KIP-430).
inline std::int32_t operationBit(Operation operation) {
    switch (operation) {
    case Operation::Read:
        return 1 << 3;
    case Operation::Write:
        return 1 << 4;
    case Operation::Create:
        return 1 << 5;
    case Operation::Delete:
        return 1 << 6;
    case Operation::Alter:
        return 1 << 7;
    case Operation::Describe:
        return 1 << 8;
    case Operation::ClusterAction:
        return 1 << 9;
    case Operation::DescribeConfigs:
        return 1 << 10;
    case Operation::AlterConfigs:
        return 1 << 11;
    case Operation::IdempotentWrite:
        return 1 << 12;
    }
    return 0;
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

inline constexpr std::string_view kClusterResource = "kafka-cluster"; ///< the name that Kafka's ACLs give the cluster

inline std::int32_t authorizedClusterOperations(Access& access, const RequestContext& context) {
    using enum Operation;
    return authorizedOperations(
        access, context, ResourceKind::Cluster, kClusterResource,
        {Create, Alter, Describe, ClusterAction, DescribeConfigs, AlterConfigs, IdempotentWrite});
}

} // namespace meshbone::backbone::broker
