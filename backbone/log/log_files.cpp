// SPDX-License-Identifier: Apache-2.0
#include "log/log_files.h"

#include "log/log_names.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {
namespace {

constexpr std::size_t kHeaderChunkBytes = 64U << 10;

void sortInto(LogFiles& found, const std::string& name) {
    const auto parsed = parseOffsetFileName(name);
    if (!parsed) {
        return;
    }
    const auto suffix = parsed->suffix;
    if (suffix == log_name::kLog) {
        found.segments.push_back(parsed->offset);
    } else if (suffix == log_name::kSnapshot) {
        found.snapshots.push_back(parsed->offset);
    } else if (suffix == log_name::kIndex || suffix == log_name::kTimeIndex) {
        found.indexes.push_back(name);
    } else if (suffix == std::string(log_name::kLog).append(log_name::kSwap)) {
        found.swaps.push_back(parsed->offset);
    } else if (suffix.ends_with(log_name::kSwap)) {
        found.swapIndexes.push_back(name);
    } else if (suffix.ends_with(log_name::kCleaned) || suffix.ends_with(log_name::kDeleted) ||
               suffix.ends_with(".tmp")) {
        found.leftovers.push_back(name);
    } // .corrupt and strangers' files are left alone
}

} // namespace

Result<LogFiles> listLogFiles(FileSystem& files, const std::filesystem::path& directory) {
    const auto entries = files.list(directory);
    if (!entries) {
        return std::unexpected(entries.error());
    }
    LogFiles found;
    for (const auto& entry : *entries) {
        if (!entry.directory) {
            sortInto(found, entry.name);
        }
    }
    std::ranges::sort(found.segments);
    std::ranges::sort(found.snapshots);
    std::ranges::sort(found.swaps);
    return found;
}

std::pair<ProducerStateManager, Offset> newestSnapshot(FileSystem& files, const std::filesystem::path& directory,
                                                       const LogFiles& found, Offset limit) {
    for (auto at = found.snapshots.rbegin(); at != found.snapshots.rend(); ++at) {
        if (*at > limit) {
            continue;
        }
        const auto bytes = readWholeFile(files, directory / offsetFileName(*at, log_name::kSnapshot));
        auto state = bytes ? ProducerStateManager::fromSnapshot(*bytes)
                           : Result<ProducerStateManager>(std::unexpected(bytes.error()));
        if (state) {
            return {std::move(*state), *at};
        }
    }
    return {ProducerStateManager{}, kNoOffset};
}

Status replayProducers(LogState& state, std::size_t first, std::size_t last, Offset from) {
    for (std::size_t i = first; i < last; ++i) {
        auto& segment = *state.segments[i];
        auto start = from <= segment.base() ? Result<std::optional<std::uint64_t>>(0) : segment.positionOf(from);
        if (!start) {
            return std::unexpected(start.error());
        }
        auto file = segment.file();
        if (!file) {
            return std::unexpected(file.error());
        }
        if (!*start) {
            continue;
        }
        BatchReader reader(**file, **start, segment.sizeBytes(), kHeaderChunkBytes);
        for (;;) {
            const auto header = reader.nextHeader();
            if (!header) {
                return std::unexpected(header.error());
            }
            if (!*header) {
                break;
            }
            if ((*header)->baseOffset() >= from) {
                state.producers.stored(**header);
            }
        }
    }
    return {};
}

Status readProducers(FileSystem& files, const std::filesystem::path& directory, const LogFiles& found, LogState& state,
                     Offset end) {
    auto [producers, at] = newestSnapshot(files, directory, found, end);
    state.producers = std::move(producers);
    for (const auto offset : found.snapshots) { // a damaged one after it is written again
        if (offset <= at) {
            state.snapshots.push_back(offset);
        }
    }
    return at == end ? Status{} : replayProducers(state, state.segmentOf(at), state.segments.size(), at);
}

LeaderEpochCheckpoint readEpochs(FileSystem& files, const std::filesystem::path& directory) {
    const auto text = readWholeFile(files, directory / log_name::kEpochs);
    auto epochs =
        text ? LeaderEpochCheckpoint::fromText(*text) : Result<LeaderEpochCheckpoint>(LeaderEpochCheckpoint{});
    return epochs ? std::move(*epochs) : LeaderEpochCheckpoint{};
}

Status writeEpochs(FileSystem& files, const std::filesystem::path& directory, const LeaderEpochCheckpoint& epochs) {
    return replaceFile(files, directory / log_name::kEpochs, epochs.toText());
}

TopicId readTopicId(FileSystem& files, const std::filesystem::path& directory) {
    constexpr std::string_view kKey = "topic_id: ";
    const auto text = readWholeFile(files, directory / log_name::kPartitionMetadata, 4096);
    const auto at = text ? text->find(kKey) : std::string::npos;
    if (at == std::string::npos) {
        return {};
    }
    const auto value = std::string_view(*text).substr(at + kKey.size());
    return TopicId::fromString(value.substr(0, value.find('\n'))).value_or(TopicId{});
}

Status writePartitionMetadata(FileSystem& files, const std::filesystem::path& directory, const TopicId& id) {
    auto file = files.open(directory / log_name::kPartitionMetadata, OpenMode::Create);
    auto status = file ? (*file)->truncate(0) : Status(std::unexpected(file.error()));
    if (status) {
        status = (*file)->writeAt(0, fmt::format("version: 0\ntopic_id: {}\n", id.toString()));
    }
    if (status) {
        status = (*file)->sync();
    }
    return status ? files.syncDirectory(directory) : status;
}

} // namespace meshbone::backbone
