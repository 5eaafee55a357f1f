// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/handler.h"

#include <string_view>

namespace meshbone::backbone::broker {

/// Where every request is checked and made known: a handler asks allowed() for each resource it touches, before it
/// acts, and answers the API's authorization error where it says no. Loop thread only.
class Access {
public:
    virtual ~Access() = default;

    /// May this client do `operation` to the resource? Tells the observers, with what was decided.
    virtual bool allowed(const RequestContext& context, Operation operation, ResourceKind kind,
                         std::string_view resource) = 0;
    /// The same without telling the observers: for filtering lists (Metadata for all topics, ListGroups), and where
    /// did() tells them later, with counts (Produce, Fetch).
    virtual bool mayList(const ClientIdentity& client, Operation operation, ResourceKind kind,
                         std::string_view resource) = 0;
    bool mayList(const RequestContext& context, Operation operation, ResourceKind kind, std::string_view resource) {
        return mayList(*context.client, operation, kind, resource);
    }
    /// May this client do it to some resource of the kind (KIP-679)? Doesn't tell the observers.
    virtual bool allowedOnSome(const ClientIdentity& client, Operation operation, ResourceKind kind) = 0;
    /// Tells the observers what an allowed request did, where counts are known only afterwards (Produce, Fetch).
    virtual void did(const ClientIdentity& client, std::int16_t apiKey, Operation operation, ResourceKind kind,
                     std::string_view resource, std::uint64_t records, std::uint64_t bytes) = 0;
};

} // namespace meshbone::backbone::broker
