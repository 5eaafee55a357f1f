// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/services.h"

namespace meshbone::backbone::broker {

/// May the client do this to the cluster? Carries CLUSTER_AUTHORIZATION_FAILED.
Status mayUseCluster(Services& services, const RequestContext& context, Operation operation);

/// May the client describe (DESCRIBE) or change (ALTER) ACLs? Carries CLUSTER_AUTHORIZATION_FAILED, or
/// SECURITY_DISABLED where there is no authorizer.
Status mayUseAcls(Services& services, const RequestContext& context, Operation operation);

/// Kafka's numbers of SCRAM mechanisms (KIP-554).
constexpr std::int8_t kafkaNumber(ScramHash hash) {
    return hash == ScramHash::Sha256 ? 1 : 2;
}

} // namespace meshbone::backbone::broker
