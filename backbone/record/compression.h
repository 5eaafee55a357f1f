// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/batch.h"

#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone {

/// The most that one batch may unfold to; a batch that wants more is refused as damaged or hostile.
inline constexpr std::size_t kMaxUnfoldedBytes = 64U << 20;

/// Undoes a codec. Never writes more than `maxBytes`: fails with Exhausted when the content is larger, with Corrupt
/// when the bytes aren't of that codec or are cut off. Snappy is read both in Kafka's (xerial's) framing and bare.
Result<std::string> decompress(Codec codec, std::string_view bytes, std::size_t maxBytes = kMaxUnfoldedBytes);

/// Applies a codec in the framing that Kafka's clients read. `level`: of the codec's own scale; none: its usual one.
/// Snappy has none.
Result<std::string> compress(Codec codec, std::string_view bytes, std::optional<int> level = std::nullopt);

// One codec a file; used through the two functions above.
Result<std::string> gunzip(std::string_view bytes, std::size_t maxBytes);
Result<std::string> gzip(std::string_view bytes, std::optional<int> level);
Result<std::string> snappyDecode(std::string_view bytes, std::size_t maxBytes);
Result<std::string> snappyEncode(std::string_view bytes);
Result<std::string> lz4Decode(std::string_view bytes, std::size_t maxBytes);
Result<std::string> lz4Encode(std::string_view bytes, std::optional<int> level);
Result<std::string> zstdDecode(std::string_view bytes, std::size_t maxBytes);
Result<std::string> zstdEncode(std::string_view bytes, std::optional<int> level);

/// The errors all codecs give.
std::unexpected<Error> damagedBlock(std::string_view codec);
std::unexpected<Error> unfoldsTooFar(std::string_view codec, std::size_t maxBytes);

} // namespace meshbone::backbone
