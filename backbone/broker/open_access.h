// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/access.h"

#include <utility>
#include <vector>

namespace meshbone::backbone::broker {

/// Access without ACLs: everything is allowed to whoever is authenticated; the observers are told.
class OpenAccess final : public Access {
public:
    explicit OpenAccess(std::vector<BrokerObserver*> observers)
        : m_observers(std::move(observers)) {}

    bool allowed(const RequestContext& context, Operation operation, ResourceKind kind,
                 std::string_view resource) override {
        tell(*context.client, static_cast<std::int16_t>(context.apiKey), operation, kind, resource, 0, 0);
        return true;
    }
    bool mayList(const RequestContext& /*context*/, Operation /*operation*/, ResourceKind /*kind*/,
                 std::string_view /*resource*/) override {
        return true;
    }
    void did(const ClientIdentity& client, std::int16_t apiKey, Operation operation, ResourceKind kind,
             std::string_view resource, std::uint64_t records, std::uint64_t bytes) override {
        tell(client, apiKey, operation, kind, resource, records, bytes);
    }

private:
    void tell(const ClientIdentity& client, std::int16_t apiKey, Operation operation, ResourceKind kind,
              std::string_view resource, std::uint64_t records, std::uint64_t bytes) {
        for (auto* observer : m_observers) {
            observer->observed({.client = &client,
                                .apiKey = apiKey,
                                .operation = operation,
                                .resourceKind = kind,
                                .resource = resource,
                                .granted = true,
                                .records = records,
                                .bytes = bytes});
        }
    }

    std::vector<BrokerObserver*> m_observers;
};

} // namespace meshbone::backbone::broker
