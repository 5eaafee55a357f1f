// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/access.h"
#include "broker/acl/acl_store.h"
#include "broker/config/broker_config.h"
#include "broker/group_settings.h"
#include "broker/handler.h"
#include "broker/producer_ids.h"
#include "broker/sasl/user_store.h"
#include "broker/session/session_list.h"
#include "broker/topics/topics.h"
#include "net/event_loop.h"

#include <chrono>
#include <filesystem>
#include <string>

namespace meshbone::backbone::broker {

/// What handlers work with. Owned by the broker, outlives the handlers; loop thread only.
struct Services {
    net::EventLoop& loop;
    BrokerConfig& config;
    Topics& topics;
    LogDirectory& logs;
    ProducerIds& producerIds;
    Access& access;
    AclStore* acls;   ///< null: no authorizer
    UserStore& users; ///< empty where there is no authentication
    SessionList& sessions;
    std::int32_t nodeId = 1;
    WriteCheck* writeCheck; ///< null: none
    std::string clusterId;
    std::filesystem::path dataDirectory;
};

inline TimestampMs wallClockMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// The decoded request; nothing, and the connection closed with the codec's sentence, when it can't be decoded.
template <class Request>
std::optional<Request> decodeOrClose(const RequestContext& context, Reply& reply) {
    auto request = wire::decodeBody<Request>(context.bodyText(), context.version);
    if (!request) {
        reply.close(request.error().message);
        return std::nullopt;
    }
    return std::move(*request);
}

} // namespace meshbone::backbone::broker
