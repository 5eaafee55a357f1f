// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/group_settings.h"
#include "net/reply.h"
#include "wire/api_key.h"

#include <backbone/hooks.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace meshbone::backbone::broker {

using net::Reply;

/// One request as a handler sees it. `version` is within the range that the API table advertises, the connection is
/// authenticated. The references are valid during the handler's call only: a handler that answers later copies what it
/// needs (`client` may be kept).
struct RequestContext {
    wire::ApiKey apiKey;
    std::int16_t version = 0;
    std::int32_t correlationId = 0;
    std::shared_ptr<const ClientIdentity> client; ///< never null
    std::span<char> body; ///< the request after its header; lies in the connection's buffer and may be stamped in place
    const BrokerEndpoint* endpoint = nullptr; ///< where this client finds the broker: the listener that it came by
    [[nodiscard]] std::string_view bodyText() const { return {body.data(), body.size()}; }
};

/// Handles one API on the loop thread: decodes `context.body`, acts, answers through `reply` now or later. Must not
/// block. A body that can't be decoded: reply.close() with the codec's sentence.
using Handler = std::function<void(const RequestContext& context, Reply reply)>;

/// Handlers are made by functions such as `std::vector<HandlerEntry> groupHandlers(GroupCoordinator&)` and put into one
/// table by API key when the broker starts. An API without a handler is not advertised by ApiVersions.
struct HandlerEntry {
    wire::ApiKey apiKey;
    Handler handle;
};

} // namespace meshbone::backbone::broker
