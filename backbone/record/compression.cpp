// SPDX-License-Identifier: Apache-2.0
#include "record/compression.h"

#include "record/batch_check.h"

#include <fmt/format.h>

namespace meshbone::backbone {

std::unexpected<Error> damagedBlock(std::string_view codec) {
    return fail(ErrorCode::Corrupt, fmt::format("The records are marked as {}, but can't be decompressed.", codec),
                kafka_error::kInvalidRecord);
}

std::unexpected<Error> unfoldsTooFar(std::string_view codec, std::size_t maxBytes) {
    return fail(ErrorCode::Exhausted,
                fmt::format("The {} block of records unfolds to more than {} bytes, the most that is allowed.", codec,
                            maxBytes),
                kafka_error::kInvalidRecord);
}

Result<std::string> decompress(Codec codec, std::string_view bytes, std::size_t maxBytes) {
    switch (codec) {
    case Codec::None:
        return std::string(bytes);
    case Codec::Gzip:
        return gunzip(bytes, maxBytes);
    case Codec::Snappy:
        return snappyDecode(bytes, maxBytes);
    case Codec::Lz4:
        return lz4Decode(bytes, maxBytes);
    case Codec::Zstd:
        return zstdDecode(bytes, maxBytes);
    }
    return fail(ErrorCode::Unsupported, "Unknown compression codec.", kafka_error::kUnsupportedCompression);
}

Result<std::string> compress(Codec codec, std::string_view bytes, std::optional<int> level) {
    switch (codec) {
    case Codec::None:
        return std::string(bytes);
    case Codec::Gzip:
        return gzip(bytes, level);
    case Codec::Snappy:
        return snappyEncode(bytes);
    case Codec::Lz4:
        return lz4Encode(bytes, level);
    case Codec::Zstd:
        return zstdEncode(bytes, level);
    }
    return fail(ErrorCode::Unsupported, "Unknown compression codec.", kafka_error::kUnsupportedCompression);
}

} // namespace meshbone::backbone
