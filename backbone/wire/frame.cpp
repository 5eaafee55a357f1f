// SPDX-License-Identifier: Apache-2.0
#include "wire/frame.h"

namespace meshbone::backbone::wire {

std::size_t Frame::sizeBytes() const {
    std::size_t size = m_bytes.size();
    for (const auto& splice : m_splices) {
        size += splice.records.bytes.size();
    }
    return size;
}

std::string Frame::flatten() const {
    std::string out;
    out.reserve(sizeBytes());
    forEachPiece([&](std::string_view piece) { out += piece; });
    return out;
}

} // namespace meshbone::backbone::wire
