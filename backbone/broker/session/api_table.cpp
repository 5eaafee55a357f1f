// SPDX-License-Identifier: Apache-2.0
#include "broker/session/api_table.h"

namespace meshbone::backbone::broker {

namespace {

bool isServedBySession(wire::ApiKey key) {
    return key == wire::ApiKey::ApiVersions || key == wire::ApiKey::SaslHandshake ||
           key == wire::ApiKey::SaslAuthenticate;
}

} // namespace

void ApiTable::add(std::vector<HandlerEntry> entries) {
    for (auto& entry : entries) {
        m_handlers[entry.apiKey] = std::move(entry.handle);
    }
}

const Handler* ApiTable::find(wire::ApiKey key) const {
    const auto found = m_handlers.find(key);
    return found == m_handlers.end() ? nullptr : &found->second;
}

std::vector<wire::ApiVersionsResponse::ApiVersion> ApiTable::advertised() const {
    std::vector<wire::ApiVersionsResponse::ApiVersion> all;
    for (const auto& api : wire::kApis) {
        if (isServedBySession(api.key) || m_handlers.contains(api.key)) {
            all.push_back({api.key, api.advertisedMin, api.served.max});
        }
    }
    return all;
}

} // namespace meshbone::backbone::broker
