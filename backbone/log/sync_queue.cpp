// SPDX-License-Identifier: Apache-2.0
#include "log/sync_queue.h"

#include <algorithm>
#include <utility>

namespace meshbone::backbone {

// The journal has batches only: with anything else to be synced the log's own files are.
void SyncSet::noPiece() {
    m_pending.onlyPiece = false;
    m_pending.piece.reset();
}

void SyncSet::addFile(std::shared_ptr<File> file) {
    const std::lock_guard lock(m_mutex);
    noPiece();
    addUnique(std::move(file));
}

void SyncSet::addBatch(std::shared_ptr<File> file, std::uint64_t position, std::size_t sizeBytes) {
    const std::lock_guard lock(m_mutex);
    auto& piece = m_pending.piece;
    if (m_pending.onlyPiece) {
        if (!piece) {
            piece = SyncPiece{file, position, 0};
        }
        const bool goesOn = piece->file == file && piece->position + piece->sizeBytes == position;
        piece->sizeBytes += sizeBytes;
        if (!goesOn || piece->sizeBytes > kMaxPieceBytes) {
            noPiece();
        }
    }
    addUnique(std::move(file));
}

void SyncSet::addUnique(std::shared_ptr<File> file) {
    auto& files = m_pending.files;
    // The active segment's file comes again with each batch, nearly always as the last one.
    if (files.empty() || (files.back() != file && std::ranges::find(files, file) == files.end())) {
        files.push_back(std::move(file));
    }
}

void SyncSet::addPath(std::filesystem::path path) {
    const std::lock_guard lock(m_mutex);
    noPiece();
    m_pending.paths.push_back(std::move(path));
}

void SyncSet::addSnapshot(const std::filesystem::path& directory, std::filesystem::path path, Offset end) {
    const std::lock_guard lock(m_mutex);
    noPiece();
    m_pending.paths.push_back(std::move(path));
    m_pending.snapshot = std::max(m_pending.snapshot, end);
    addUniqueDirectory(directory);
}

void SyncSet::addDirectory(std::filesystem::path directory) {
    const std::lock_guard lock(m_mutex);
    noPiece();
    addUniqueDirectory(std::move(directory));
}

void SyncSet::addUniqueDirectory(std::filesystem::path directory) {
    if (std::ranges::find(m_pending.directories, directory) == m_pending.directories.end()) {
        m_pending.directories.push_back(std::move(directory));
    }
}

void SyncSet::publish(Offset end) {
    const std::lock_guard lock(m_mutex);
    m_pending.end = end;
}

SyncSet::Taken SyncSet::take() {
    const std::lock_guard lock(m_mutex);
    Taken taken;
    taken.end = m_pending.end; // first, then the files: see the invariant
    taken.files.swap(m_pending.files);
    taken.piece.swap(m_pending.piece);
    taken.onlyPiece = std::exchange(m_pending.onlyPiece, true);
    taken.paths.swap(m_pending.paths);
    taken.snapshot = std::exchange(m_pending.snapshot, kNoOffset);
    taken.directories.swap(m_pending.directories);
    return taken;
}

bool SyncSet::empty() const {
    const std::lock_guard lock(m_mutex);
    return m_pending.files.empty() && m_pending.paths.empty() && m_pending.directories.empty();
}

SyncPoint syncTaken(FileSystem& files, std::shared_ptr<SyncSource> source, SyncSet::Taken taken) {
    SyncPoint point{std::move(source), taken.end, std::nullopt, true, taken.snapshot};
    const auto note = [&point](const Status& status) {
        // What was deleted meanwhile needs no sync.
        if (!status && status.error().code != ErrorCode::NotFound && !point.error) {
            point.error = status.error();
        }
    };
    for (const auto& path : taken.paths) {
        if (auto file = files.open(path, OpenMode::Write)) {
            taken.files.push_back(std::move(*file));
        } else {
            note(std::unexpected(file.error()));
        }
    }
    for (const auto& file : taken.files) {
        note(file->sync());
    }
    for (const auto& directory : taken.directories) {
        note(files.syncDirectory(directory));
    }
    return point;
}

} // namespace meshbone::backbone
