// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/handler.h"
#include "wire/messages/api_versions.h"

#include <unordered_map>
#include <vector>

namespace meshbone::backbone::broker {

/// The handlers by API key. Filled before the loop runs, then read by every session.
class ApiTable {
public:
    void add(std::vector<HandlerEntry> entries);
    /// Null when the API has no handler.
    [[nodiscard]] const Handler* find(wire::ApiKey key) const;
    /// What ApiVersions answers: the APIs with a handler and those that the session itself serves, as wire/api_key.h
    /// says.
    [[nodiscard]] std::vector<wire::ApiVersionsResponse::ApiVersion> advertised() const;

private:
    std::unordered_map<wire::ApiKey, Handler> m_handlers;
};

} // namespace meshbone::backbone::broker
