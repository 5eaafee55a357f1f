// SPDX-License-Identifier: Apache-2.0
#include "log/recovery_leftovers.h"

#include "log/batch_reader.h"
#include "log/log_names.h"

#include <algorithm>
#include <string>

namespace meshbone::backbone {
namespace {

constexpr std::size_t kHeaderChunkBytes = 64U << 10;

// The last offset in a swap file tells which segments it replaces. It was synced before it got its name, so damage
// means the disk lost it: then the old segments are still the better copy.
Result<std::optional<Offset>> lastOffsetOf(FileSystem& files, const std::filesystem::path& path) {
    auto file = files.open(path, OpenMode::Read);
    if (!file) {
        return std::unexpected(file.error());
    }
    const auto size = (*file)->sizeBytes();
    if (!size) {
        return std::unexpected(size.error());
    }
    std::optional<Offset> last;
    BatchReader reader(**file, 0, *size, kHeaderChunkBytes);
    for (;;) {
        const auto batch = reader.next();
        if (!batch) {
            return std::unexpected(batch.error());
        }
        if (!*batch) {
            return last;
        }
        if (!(*batch)->crcMatches()) {
            return fail(ErrorCode::Corrupt, "A batch of the compacted segment does not match its checksum.");
        }
        last = (*batch)->lastOffset();
    }
}

// The old segments go first and the swap takes its name last: a crash in between finds the swap again.
Status finishSwap(FileSystem& files, const std::filesystem::path& directory, Offset base, LogFiles& found) {
    const auto swap = directory / offsetFileName(base, std::string(log_name::kLog).append(log_name::kSwap));
    const auto last = lastOffsetOf(files, swap);
    if (!last && last.error().code == ErrorCode::Corrupt) {
        return files.remove(swap);
    }
    if (!last) {
        return std::unexpected(last.error());
    }
    const auto end = last->value_or(base);
    for (const auto old : found.segments) {
        if (old < base || old > end) {
            continue;
        }
        for (const auto kind : {log_name::kLog, log_name::kIndex, log_name::kTimeIndex}) {
            // The log under the swap's own name is replaced by the rename below, never missing in between.
            if (old == base && kind == log_name::kLog) {
                continue;
            }
            if (auto gone = files.remove(directory / offsetFileName(old, kind)); !gone) {
                return gone;
            }
        }
    }
    std::erase_if(found.segments, [&](Offset old) { return old >= base && old <= end; });
    if (auto renamed = files.rename(swap, directory / offsetFileName(base, log_name::kLog)); !renamed) {
        return renamed;
    }
    found.segments.push_back(base);
    std::ranges::sort(found.segments);
    return {};
}

} // namespace

Result<LogFiles> clearLeftovers(FileSystem& files, const std::filesystem::path& directory) {
    auto found = listLogFiles(files, directory);
    if (!found) {
        return found;
    }
    Status status;
    for (const auto base : found->swaps) {
        status = status ? finishSwap(files, directory, base, *found) : status;
    }
    const auto removeFile = [&](const std::string& name) { status = status ? files.remove(directory / name) : status; };
    std::ranges::for_each(found->leftovers, removeFile);
    std::ranges::for_each(found->swapIndexes, removeFile);
    for (const auto& name : found->indexes) {
        const auto parsed = parseOffsetFileName(name);
        if (parsed && !std::ranges::binary_search(found->segments, parsed->offset)) {
            removeFile(name);
        }
    }
    if (!status) {
        return std::unexpected(status.error());
    }
    return listLogFiles(files, directory);
}

} // namespace meshbone::backbone
