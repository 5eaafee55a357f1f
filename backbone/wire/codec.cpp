// SPDX-License-Identifier: Apache-2.0
#include "wire/codec_impl.h"

#include <fmt/core.h>

#include <limits>

namespace meshbone::backbone::wire::detail {

Error unsupportedVersion(const char* name, Version version, Versions known) {
    return Error{
        ErrorCode::Unsupported,
        fmt::format("Version {} of {} is not supported; versions {} to {} are.", version, name, known.min, known.max),
        static_cast<std::int16_t>(KafkaCode::UnsupportedVersion)};
}

std::optional<Error> finish(Reader& reader, const char* name, bool mayLeaveRest) {
    if (reader.ok() && reader.left() > 0 && !mayLeaveRest) {
        reader.fail("bytes are left over behind its last field");
    }
    return reader.ok() ? std::nullopt : std::optional(reader.error(name));
}

std::size_t prepare(std::string& bytes, const Counter& body) {
    const auto headBytes = bytes.size();
    bytes.resize(headBytes + body.sizeBytes() - body.splicedBytes());
    if (headBytes > 0) {
        const auto frameBytes = headBytes + body.sizeBytes() - sizeof(std::int32_t);
        assert(frameBytes <= std::numeric_limits<std::int32_t>::max());
        Writer(bytes).integer(static_cast<std::int32_t>(frameBytes));
    }
    return headBytes;
}

Frame complete(std::string bytes, Writer& writer) {
    assert(writer.at() == bytes.size()); // both passes must agree
    return {std::move(bytes), writer.takeSplices()};
}

std::string prefixed(Version version, std::string_view body) {
    std::string bytes(sizeof(Version) + body.size(), '\0');
    Writer writer(bytes);
    writer.integer(version);
    writer.octets(body);
    return bytes;
}

} // namespace meshbone::backbone::wire::detail
