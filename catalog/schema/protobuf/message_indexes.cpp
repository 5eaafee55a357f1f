// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/message_indexes.h"

#include <fmt/format.h>

#include <limits>
#include <optional>

namespace meshbone::catalog::protobuf {

namespace {

constexpr int kVarintBytesMax = 5; // of 32 bits

/// A zigzag varint of 32 bits at `at`, which moves behind it.
Result<std::int64_t> readVarint(std::string_view payload, std::size_t& at) {
    const auto start = at;
    std::uint64_t raw = 0;
    for (int i = 0; i < kVarintBytesMax; ++i) {
        if (at >= payload.size()) {
            return fail(ErrorCode::Corrupt,
                        fmt::format("The payload ends at byte {}, inside its message indexes.", payload.size()));
        }
        const auto byte = static_cast<unsigned char>(payload[at++]);
        raw |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
        if ((byte & 0x80) == 0) {
            if (raw > std::numeric_limits<std::uint32_t>::max()) {
                break;
            }
            return static_cast<std::int64_t>(raw >> 1) ^ -static_cast<std::int64_t>(raw & 1);
        }
    }
    return fail(ErrorCode::Corrupt, fmt::format("The message index at byte {} has more than 32 bits.", start));
}

void writeVarint(int value, Bytes& out) {
    auto raw = (static_cast<std::uint32_t>(value) << 1) ^ (value < 0 ? ~std::uint32_t{0} : 0);
    for (; raw >= 0x80; raw >>= 7) {
        out.push_back(static_cast<char>(raw | 0x80));
    }
    out.push_back(static_cast<char>(raw));
}

} // namespace

Result<MessageIndexes> readMessageIndexes(std::string_view payload) {
    MessageIndexes read;
    const auto count = readVarint(payload, read.bytes);
    if (!count) {
        return std::unexpected(count.error());
    }
    if (*count < 0 || *count > static_cast<std::int64_t>(kMaxMessageIndexes)) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("The payload says at byte 0 that it has {} message indexes; from 0 to {} are possible.",
                                *count, kMaxMessageIndexes));
    }
    if (*count == 0) {
        read.indexes = {0};
        return read;
    }
    for (std::int64_t i = 0; i < *count; ++i) {
        const auto at = read.bytes;
        const auto index = readVarint(payload, read.bytes);
        if (!index) {
            return std::unexpected(index.error());
        }
        if (*index < 0) {
            return fail(ErrorCode::Corrupt, fmt::format("The message index at byte {} is {}, below 0.", at, *index));
        }
        read.indexes.push_back(static_cast<int>(*index));
    }
    return read;
}

Bytes writeMessageIndexes(std::span<const int> indexes) {
    Bytes out;
    if (indexes.size() == 1 && indexes[0] == 0) {
        out.push_back('\0');
        return out;
    }
    writeVarint(static_cast<int>(indexes.size()), out);
    for (const auto index : indexes) {
        writeVarint(index, out);
    }
    return out;
}

} // namespace meshbone::catalog::protobuf
