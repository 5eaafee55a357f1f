// SPDX-License-Identifier: Apache-2.0
#include "broker/handlers/acl_checks.h"

#include "broker/kafka_errors.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

Status mayUseCluster(Services& services, const RequestContext& context, Operation operation) {
    return services.access.allowed(context, operation, ResourceKind::Cluster, kClusterName)
               ? Status{}
               : refuse(KafkaCode::ClusterAuthorizationFailed,
                        fmt::format("{} lacks {} on the cluster.", context.client->principal, name(operation)),
                        ErrorCode::PermissionDenied);
}

Status mayUseAcls(Services& services, const RequestContext& context, Operation operation) {
    if (auto may = mayUseCluster(services, context, operation); !may) {
        return may;
    }
    return services.acls != nullptr
               ? Status{}
               : refuse(KafkaCode::SecurityDisabled,
                        "This broker runs without an authorizer: it keeps no ACLs. Set authorizer.class.name to turn "
                        "it on.",
                        ErrorCode::Unsupported);
}

} // namespace meshbone::backbone::broker
