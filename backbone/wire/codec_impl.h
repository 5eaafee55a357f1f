// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to wire: the definitions behind codec.h. Only wire/messages/*.cpp include it, each to instantiate its own
// messages once with MESHBONE_WIRE_API or MESHBONE_WIRE_PAYLOAD; everything else links to that.

#include "wire/codec.h"
#include "wire/decode.h"
#include "wire/encode.h"
#include "wire/error_code.h"
#include "wire/inspect.h"

#include <cassert>

namespace meshbone::backbone::wire {
namespace detail {

Error unsupportedVersion(const char* name, Version version, Versions known);

template <class M>
void readMessage(Reader& reader, Version version, M& message) {
    const auto layout = layoutOf<M>(version);
    getStruct(reader, layout, message);
}

template <class M>
Frame encodeFrame(std::string head, const M& message, Version version) {
    assert(M::kVersions.contains(version));
    const auto layout = layoutOf<M>(version);
    Counter counter;
    putStruct(counter, layout, message);
    const auto headBytes = head.size();
    head.resize(headBytes + counter.sizeBytes() - counter.splicedBytes());
    constexpr std::size_t kLengthBytes = sizeof(std::int32_t);
    if (headBytes >= kLengthBytes) {
        Writer(head).integer(static_cast<std::int32_t>(headBytes + counter.sizeBytes() - kLengthBytes));
    }
    Writer writer(head, headBytes);
    putStruct(writer, layout, message);
    assert(writer.at() == head.size());
    return {std::move(head), writer.takeSplices()};
}

} // namespace detail

template <class M>
Result<M> decodeBody(std::string_view body, Version version) {
    if (!M::kVersions.contains(version)) {
        return std::unexpected(detail::unsupportedVersion(M::kName, version, M::kVersions));
    }
    Reader reader(body);
    M message;
    detail::readMessage(reader, version, message);
    if (reader.ok() && reader.left() > 0) {
        reader.fail("bytes are left over behind its last field");
    }
    if (!reader.ok()) {
        return std::unexpected(reader.error(M::kName));
    }
    return message;
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
    M message;
    detail::readMessage(reader, std::min(version, M::kVersions.max), message);
    if (reader.ok() && reader.left() > 0 && version <= M::kVersions.max) {
        reader.fail("bytes are left over behind its last field");
    }
    if (!reader.ok()) {
        return std::unexpected(reader.error(M::kName));
    }
    return message;
}

template <class M>
std::string encodePayload(const M& payload, Version version) {
    const auto body = encodeBody(payload, version);
    std::string bytes(sizeof(Version) + body.size(), '\0');
    Writer writer(bytes);
    writer.integer(version);
    writer.octets(body);
    return bytes;
}

/// A message's constants must be those of the table of APIs.
template <class M>
consteval bool agreesWithTable() {
    const auto* const api = findApi(M::kKey);
    return api != nullptr && api->served == M::kVersions && api->flexibleFrom == M::kFlexibleFrom;
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
