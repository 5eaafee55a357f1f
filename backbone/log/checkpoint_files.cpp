// SPDX-License-Identifier: Apache-2.0
#include "log/checkpoint_files.h"

#include "log/log_names.h"

namespace meshbone::backbone {
namespace {

OffsetCheckpoint readOffsets(FileSystem& files, const std::filesystem::path& path) {
    const auto text = readWholeFile(files, path);
    auto offsets = text ? parseOffsetCheckpoint(*text) : Result<OffsetCheckpoint>(OffsetCheckpoint{});
    return offsets ? std::move(*offsets) : OffsetCheckpoint{};
}

} // namespace

Checkpoints CheckpointFiles::read() const {
    return {readOffsets(m_files, m_root / log_name::kRecoveryPoints),
            readOffsets(m_files, m_root / log_name::kLogStarts),
            readOffsets(m_files, m_root / log_name::kCleanerPoints)};
}

Status CheckpointFiles::write(const Checkpoints& taken, std::uint64_t number) {
    const std::lock_guard lock(m_mutex);
    if (number < m_written) {
        return {};
    }
    m_written = number;
    auto status = replaceFile(m_files, m_root / log_name::kRecoveryPoints, offsetCheckpointText(taken.recoveryPoints));
    if (status) {
        status = replaceFile(m_files, m_root / log_name::kLogStarts, offsetCheckpointText(taken.logStarts));
    }
    if (status) {
        status = replaceFile(m_files, m_root / log_name::kCleanerPoints, offsetCheckpointText(taken.cleanerPoints));
    }
    return status;
}

} // namespace meshbone::backbone
