// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/group/group_handlers.h"
#include "wire/codec.h"
#include "wire/error_code.h"

#include <string_view>
#include <utility>

namespace meshbone::backbone::broker {

using wire::KafkaCode;

/// Makes a handler of `handle(context, request, reply)`: decodes the request, or closes the connection with the codec's
/// sentence. The request's texts are views that end with the call.
template <class Request, class Handle>
Handler decoding(Handle handle) {
    return [handle = std::move(handle)](const RequestContext& context, Reply reply) mutable {
        const auto request = wire::decodeBody<Request>(context.bodyText(), context.version);
        if (!request) {
            reply.close(request.error().message);
            return;
        }
        handle(context, *request, std::move(reply));
    };
}

inline bool mayDo(const GroupApi& api, const RequestContext& context, Operation operation, std::string_view group) {
    return api.access.allowed(context, operation, ResourceKind::Group, group);
}

inline std::optional<std::string> owned(const std::optional<std::string_view>& text) {
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

} // namespace meshbone::backbone::broker
