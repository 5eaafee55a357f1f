// SPDX-License-Identifier: Apache-2.0
// The layout worker's messages. What is accepted must encode to the same octets.
#include "layout/protocol.h"

#include <cstdlib>

using namespace meshbone::lineage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto request = decodeRequest(bytes); request && encodeRequest(*request) != bytes) {
        std::abort();
    }
    for (std::size_t nodes = 0; nodes < 4; ++nodes) {
        if (const auto reply = decodeReply(bytes, nodes); reply && encodeReply(*reply) != bytes) {
            std::abort();
        }
    }
    return 0;
}
