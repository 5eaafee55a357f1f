// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/record.h>

#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

/// The text form of Kafka's checkpoint files: a version, the number of lines, then lines of words with spaces between.
/// Corrupt when the version or the count isn't right: then the file is not to be trusted.
using CheckpointLines = std::vector<std::vector<std::string_view>>;
Result<CheckpointLines> parseCheckpoint(std::string_view text, std::int64_t version);

template <class T>
std::optional<T> parseWord(std::string_view word) {
    T value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size()) {
        return std::nullopt;
    }
    return value;
}

/// "<topic> <partition> <offset>" lines: recovery points, log starts, cleaner points.
using OffsetCheckpoint = std::map<TopicPartition, Offset>;
[[nodiscard]] std::string offsetCheckpointText(const OffsetCheckpoint& offsets);
Result<OffsetCheckpoint> parseOffsetCheckpoint(std::string_view text);

} // namespace meshbone::backbone
