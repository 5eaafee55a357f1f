// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to wire: the definitions behind codec.h. Only wire/messages/*.cpp include it, each to instantiate its own
// messages once with MESHBONE_WIRE_API or MESHBONE_WIRE_PAYLOAD; everything else links to that.

#include "wire/codec.h"
#include "wire/decode.h"
#include "wire/encode.h"
#include "wire/error_code.h"
#include "wire/inspect.h"

#include <algorithm>
#include <cassert>
#include <optional>

namespace meshbone::backbone::wire {
namespace detail {

// What doesn't depend on the message is in codec.cpp, so that it is compiled once.

Error unsupportedVersion(const char* name, Version version, Versions known);
/// What is wrong once a message was read: the reader's failure, or bytes that are left over; nullopt when all is well.
std::optional<Error> finish(Reader& reader, const char* name, bool mayLeaveRest);
/// Makes room for a body behind the head and fills the frame's length in, where there is a head. Returns where it
/// starts.
std::size_t prepare(std::string& bytes, const Counter& body);
Frame complete(std::string bytes, Writer& writer);
std::string prefixed(Version version, std::string_view body);

template <class M>
Frame encodeFrame(std::string head, const M& message, Version version) {
    assert(M::kVersions.contains(version));
    const auto layout = layoutOf<M>(version);
    Counter counter;
    putStruct(counter, layout, message);
    const auto bodyAt = prepare(head, counter);
    Writer writer(head, bodyAt);
    putStruct(writer, layout, message);
    return complete(std::move(head), writer);
}

template <class M>
Result<M> decodeFrom(Reader& reader, Version version, bool mayLeaveRest) {
    Result<M> message;
    getStruct(reader, layoutOf<M>(version), *message);
    if (auto error = finish(reader, M::kName, mayLeaveRest)) {
        message = std::unexpected(std::move(*error));
    }
    return message;
}

} // namespace detail

template <class M>
Result<M> decodeBody(std::string_view body, Version version) {
    if (!M::kVersions.contains(version)) {
        return std::unexpected(detail::unsupportedVersion(M::kName, version, M::kVersions));
    }
    Reader reader(body);
    constexpr bool kMayLeaveRest = requires { requires M::kMayLeaveRest; };
    return detail::decodeFrom<M>(reader, version, kMayLeaveRest);
}

template <class M>
std::string encodeBody(const M& message, Version version) {
    return detail::encodeFrame(std::string(), message, version).flatten();
}

template <class M>
Result<M> decodePayload(std::string_view payload) {
    Reader reader(payload);
    const auto version = reader.int16();
    if (reader.ok() && version < M::kVersions.min) {
        return std::unexpected(detail::unsupportedVersion(M::kName, version, M::kVersions));
    }
    return detail::decodeFrom<M>(reader, std::min(version, M::kVersions.max), version > M::kVersions.max);
}

template <class M>
std::string encodePayload(const M& payload, Version version) {
    return detail::prefixed(version, encodeBody(payload, version));
}

/// A message's constants must be those of the table of APIs.
template <class M>
consteval bool agreesWithTable() {
    for (const auto& api : kApis) { // not findApi: GCC 12 with sanitizers can't compare its pointer at compile time
        if (api.key == M::kKey) {
            return api.served == M::kVersions && api.flexibleFrom == M::kFlexibleFrom;
        }
    }
    return false;
}

#define MESHBONE_WIRE_MESSAGE(M)                                                                                       \
    static_assert(agreesWithTable<M>());                                                                               \
    template Result<M> decodeBody<M>(std::string_view, Version);                                                       \
    template std::string encodeBody<M>(const M&, Version);                                                             \
    template Frame detail::encodeFrame<M>(std::string, const M&, Version);                                             \
    template void inspect<M>(Inspector&, M&, Version);

/// Compiles the functions of codec.h and inspect.h for the two messages of an API.
#define MESHBONE_WIRE_API(Name)                                                                                        \
    MESHBONE_WIRE_MESSAGE(Name##Request)                                                                               \
    MESHBONE_WIRE_MESSAGE(Name##Response)

/// The same for a payload with its own version.
#define MESHBONE_WIRE_PAYLOAD(M)                                                                                       \
    template Result<M> decodeBody<M>(std::string_view, Version);                                                       \
    template std::string encodeBody<M>(const M&, Version);                                                             \
    template Result<M> decodePayload<M>(std::string_view);                                                             \
    template std::string encodePayload<M>(const M&, Version);                                                          \
    template void inspect<M>(Inspector&, M&, Version);

} // namespace meshbone::backbone::wire
