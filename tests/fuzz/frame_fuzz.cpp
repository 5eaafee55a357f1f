// SPDX-License-Identifier: Apache-2.0
// Frames as a stranger may send them. Input: 'Q' and a request frame without its length, or another octet, key and
// version (two bytes each) and the body of a response. What decodes must encode to something that decodes to the same.
#include "wire/dump.h"
#include "wire/header.h"
#include "wire/message_types.h"
#include "wire/reader.h"

#include <algorithm>
#include <cstdlib>

using namespace meshbone::backbone::wire;

namespace {

std::string dumped(AnyMessage& message, Version version) {
    Dumper dumper;
    message.inspect(dumper, version);
    return dumper.text();
}

void tryMessage(ApiKey key, bool isRequest, std::string_view body, Version version) {
    const auto types = messageTypes();
    const auto type = std::ranges::find_if(
        types, [&](const auto& candidate) { return candidate.key == key && candidate.isRequest == isRequest; });
    if (type == types.end()) {
        return;
    }
    const auto message = type->make();
    if (!message->decode(body, version)) {
        return;
    }
    const auto written = message->encode(version);
    const auto again = type->make();
    if (!again->decode(written, version) || dumped(*again, version) != dumped(*message, version) ||
        again->encode(version) != written) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.empty()) {
        return 0;
    }
    if (input.front() == 'Q') {
        if (const auto frame = decodeRequestFrame(input.substr(1)); frame && frame->versionServed) {
            tryMessage(frame->header.key, true, frame->body, frame->header.version);
        }
        return 0;
    }
    Reader reader(input.substr(1));
    const auto key = static_cast<ApiKey>(reader.int16());
    const auto version = reader.int16();
    tryMessage(key, false, reader.rest(), version);
    return 0;
}
