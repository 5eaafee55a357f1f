// SPDX-License-Identifier: Apache-2.0
#include "broker/acl/acl_access.h"

namespace meshbone::backbone::broker {

void AclAccess::tell(const Observation& observation) {
    for (auto* observer : m_observers) {
        observer->observed(observation);
    }
}

bool AclAccess::allowed(const RequestContext& context, Operation operation, ResourceKind kind,
                        std::string_view resource) {
    const bool granted = mayList(*context.client, operation, kind, resource);
    tell({.client = context.client.get(),
          .apiKey = static_cast<std::int16_t>(context.apiKey),
          .operation = operation,
          .resourceKind = kind,
          .resource = resource,
          .granted = granted});
    return granted;
}

bool AclAccess::mayList(const ClientIdentity& client, Operation operation, ResourceKind kind,
                        std::string_view resource) {
    return m_store == nullptr ||
           m_store->table().decide({client.principal, client.host, operation, kind, resource}, m_nowMs()).allowed;
}

bool AclAccess::allowedOnSome(const ClientIdentity& client, Operation operation, ResourceKind kind) {
    return m_store == nullptr ||
           m_store->table().allowedOnSome(client.principal, client.host, operation, kind, m_nowMs());
}

void AclAccess::did(const ClientIdentity& client, std::int16_t apiKey, Operation operation, ResourceKind kind,
                    std::string_view resource, std::uint64_t records, std::uint64_t bytes) {
    tell({.client = &client,
          .apiKey = apiKey,
          .operation = operation,
          .resourceKind = kind,
          .resource = resource,
          .granted = true,
          .records = records,
          .bytes = bytes});
}

} // namespace meshbone::backbone::broker
