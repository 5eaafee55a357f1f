// SPDX-License-Identifier: Apache-2.0
#include "log/checkpoint_lines.h"

#include <fmt/format.h>

namespace meshbone::backbone {
namespace {

std::vector<std::string_view> words(std::string_view line) {
    std::vector<std::string_view> found;
    while (!line.empty()) {
        const auto space = line.find(' ');
        const auto word = line.substr(0, space);
        if (!word.empty()) {
            found.push_back(word);
        }
        line = space == std::string_view::npos ? std::string_view() : line.substr(space + 1);
    }
    return found;
}

std::string_view takeLine(std::string_view& text) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return line;
}

} // namespace

Result<CheckpointLines> parseCheckpoint(std::string_view text, std::int64_t version) {
    const auto damaged = [] { return fail(ErrorCode::Corrupt, "The checkpoint file is damaged."); };
    const auto found = parseWord<std::int64_t>(takeLine(text));
    if (!found) {
        return damaged();
    }
    if (*found != version) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("The checkpoint file has version {}, only {} is known.", *found, version));
    }
    const auto count = parseWord<std::size_t>(takeLine(text));
    if (!count || *count > text.size()) {
        return damaged();
    }
    CheckpointLines lines;
    lines.reserve(*count);
    for (std::size_t i = 0; i < *count; ++i) {
        lines.push_back(words(takeLine(text)));
        if (lines.back().empty()) {
            return damaged();
        }
    }
    return text.empty() ? Result<CheckpointLines>(std::move(lines)) : damaged();
}

std::string offsetCheckpointText(const OffsetCheckpoint& offsets) {
    auto text = fmt::format("0\n{}\n", offsets.size());
    for (const auto& [name, offset] : offsets) {
        fmt::format_to(std::back_inserter(text), "{} {} {}\n", name.topic, name.partition.value(), offset.value());
    }
    return text;
}

Result<OffsetCheckpoint> parseOffsetCheckpoint(std::string_view text) {
    const auto lines = parseCheckpoint(text, 0);
    if (!lines) {
        return std::unexpected(lines.error());
    }
    OffsetCheckpoint offsets;
    for (const auto& line : *lines) {
        const auto partition = line.size() == 3 ? parseWord<std::int32_t>(line[1]) : std::nullopt;
        const auto offset = partition ? parseWord<std::int64_t>(line[2]) : std::nullopt;
        if (!offset || *partition < 0 || *offset < 0) {
            return fail(ErrorCode::Corrupt, "The checkpoint file is damaged.");
        }
        offsets[{std::string(line[0]), Partition(*partition)}] = Offset(*offset);
    }
    return offsets;
}

} // namespace meshbone::backbone
