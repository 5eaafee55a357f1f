// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/access.h"
#include "broker/acl/acl_store.h"

#include <functional>
#include <vector>

namespace meshbone::backbone::broker {

/// Access by Kafka's rules over the broker's ACLs; without a store everything is allowed to whoever is authenticated.
/// Each decision holds for the next request already. The observers are told. Loop thread only.
class AclAccess final : public Access {
public:
    using Clock = std::function<TimestampMs()>;

    AclAccess(std::vector<BrokerObserver*> observers, Clock nowMs)
        : m_observers(std::move(observers))
        , m_nowMs(std::move(nowMs)) {}
    /// Borrowed; null: no authorizer.
    void setStore(AclStore* store) { m_store = store; }

    bool allowed(const RequestContext& context, Operation operation, ResourceKind kind,
                 std::string_view resource) override;
    bool mayList(const ClientIdentity& client, Operation operation, ResourceKind kind,
                 std::string_view resource) override;
    bool allowedOnSome(const ClientIdentity& client, Operation operation, ResourceKind kind) override;
    void did(const ClientIdentity& client, std::int16_t apiKey, Operation operation, ResourceKind kind,
             std::string_view resource, std::uint64_t records, std::uint64_t bytes) override;

private:
    void tell(const Observation& observation);

    std::vector<BrokerObserver*> m_observers;
    Clock m_nowMs;
    AclStore* m_store = nullptr;
};

} // namespace meshbone::backbone::broker
