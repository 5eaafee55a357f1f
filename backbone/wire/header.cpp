// SPDX-License-Identifier: Apache-2.0
#include "wire/header.h"

#include "wire/reader.h"
#include "wire/tags.h"
#include "wire/writer.h"

namespace meshbone::backbone::wire {
namespace {

constexpr std::size_t kLengthBytes = 4;

bool isFlexible(ApiKey key, Version version) {
    const auto* const api = findApi(key);
    return api != nullptr && version >= api->flexibleFrom;
}

} // namespace

int requestHeaderVersion(ApiKey key, Version version) {
    return isFlexible(key, version) ? 2 : 1;
}

int responseHeaderVersion(ApiKey key, Version version) {
    return key != ApiKey::ApiVersions && isFlexible(key, version) ? 1 : 0;
}

Result<RequestFrame> decodeRequestFrame(std::string_view frame) {
    Reader reader(frame);
    RequestFrame request;
    request.header.key = static_cast<ApiKey>(reader.int16());
    request.header.version = reader.int16();
    request.header.correlationId = reader.int32();
    if (!reader.ok()) {
        return std::unexpected(reader.error("request header"));
    }
    request.api = findApi(request.header.key);
    request.versionServed = request.api != nullptr && request.api->served.contains(request.header.version);
    if (!request.versionServed) {
        return request;
    }
    // The client id keeps its old form in flexible headers too, so that any version's header can be read up to here.
    request.header.clientId = reader.octets(LengthKind::Int16);
    if (requestHeaderVersion(request.header.key, request.header.version) == 2) {
        skipTags(reader);
    }
    if (!reader.ok()) {
        return std::unexpected(reader.error("request header"));
    }
    request.body = reader.rest();
    return request;
}

Result<ResponseFrame> decodeResponseFrame(std::string_view frame, ApiKey key, Version version) {
    Reader reader(frame);
    ResponseFrame response;
    response.correlationId = reader.int32();
    if (responseHeaderVersion(key, version) == 1) {
        skipTags(reader);
    }
    if (!reader.ok()) {
        return std::unexpected(reader.error("response header"));
    }
    response.body = reader.rest();
    return response;
}

std::string requestHead(const RequestHeader& header) {
    constexpr std::size_t kMaxText = 32767;
    const auto clientId = header.clientId.value_or("").substr(0, kMaxText);
    const bool flexible = requestHeaderVersion(header.key, header.version) == 2;
    std::string bytes(kLengthBytes + 10 + clientId.size() + (flexible ? 1 : 0), '\0');
    Writer writer(bytes, kLengthBytes);
    writer.integer(static_cast<std::int16_t>(header.key));
    writer.integer(header.version);
    writer.integer(header.correlationId);
    writer.integer(header.clientId ? static_cast<std::int16_t>(clientId.size()) : std::int16_t{-1});
    writer.octets(clientId);
    if (flexible) {
        writer.uvarint(0); // no tagged fields
    }
    return bytes;
}

std::string responseHead(ApiKey key, Version version, std::int32_t correlationId) {
    const bool flexible = responseHeaderVersion(key, version) == 1;
    std::string bytes(kLengthBytes + 4 + (flexible ? 1 : 0), '\0');
    Writer writer(bytes, kLengthBytes);
    writer.integer(correlationId);
    if (flexible) {
        writer.uvarint(0);
    }
    return bytes;
}

} // namespace meshbone::backbone::wire
