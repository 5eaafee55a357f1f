// SPDX-License-Identifier: Apache-2.0
#include "log/sync_journal.h"

#include <algorithm>

namespace meshbone::backbone {

using namespace journal_format;

namespace {
constexpr std::size_t kZeroBytes = 1U << 20;
constexpr int kWantedTimes = 3; // a mesh that once wrote to several topics at a time needs no such file
} // namespace

SyncJournal::SyncJournal(FileSystem& files, const std::filesystem::path& root, std::uint64_t sizeBytes, Later later)
    : m_files(files)
    , m_path(root / kName)
    , m_sizeBytes(sizeBytes)
    , m_later(std::move(later))
    , m_state(sizeBytes == 0 ? State::Off : State::Absent) {}

void SyncJournal::adopt(std::shared_ptr<File> file, std::uint64_t generation) {
    m_generation = generation;
    const auto size = file->sizeBytes();
    if (m_state == State::Absent && size && *size == m_sizeBytes) {
        m_file = std::move(file);
        m_state = State::Made;
    }
}

bool SyncJournal::ready() {
    if (m_state == State::Absent && ++m_wanted == kWantedTimes) {
        m_state = State::Making;
        m_later([this](const std::stop_token& stop) { make(stop); });
    }
    if (m_state == State::Made && !restart()) {
        m_state = State::Off;
    }
    return m_state == State::Ready;
}

// On the background thread. A file of this name is always whole: a crash or a full disk leaves at most the .tmp.
void SyncJournal::make(const std::stop_token& stop) {
    if (fillWithZeros(stop)) {
        m_state = State::Made;
        return;
    }
    m_file.reset();
    (void)m_files.remove(m_path.string() + ".tmp");
    m_state = State::Off;
}

Status SyncJournal::fillWithZeros(const std::stop_token& stop) {
    const std::filesystem::path unfinished = m_path.string() + ".tmp";
    auto file = m_files.open(unfinished, OpenMode::Create);
    if (!file) {
        return std::unexpected(file.error());
    }
    const std::string zeros(std::min<std::uint64_t>(kZeroBytes, m_sizeBytes), '\0');
    auto status = (*file)->truncate(0);
    for (std::uint64_t at = 0; status && at < m_sizeBytes; at += zeros.size()) {
        status = stop.stop_requested() ? fail(ErrorCode::Cancelled, "The journal was not finished.")
                                       : (*file)->writeAt(at, zeros.substr(0, m_sizeBytes - at));
    }
    if (status) {
        status = (*file)->sync();
    }
    if (status) {
        status = m_files.rename(unfinished, m_path);
    }
    if (status) {
        status = m_files.syncDirectory(m_path.parent_path());
    }
    m_file = std::move(*file);
    return status;
}

Result<bool> SyncJournal::write(std::span<const JournalPiece> logs) {
    m_group.begin();
    for (const auto& [topic, partition, piece] : logs) {
        const auto room = m_group.add(topic, partition, piece.sizeBytes);
        const auto got = piece.file->readAt(piece.position, room);
        if (!got || *got < piece.sizeBytes) {
            return false; // its own file is asked then, and says why
        }
    }
    const auto group = m_group.finish(m_generation, m_sequence);
    if (group.size() > std::min<std::uint64_t>(kMaxGroupBytes, m_sizeBytes - m_position)) {
        return false;
    }
    auto status = m_file->writeAt(m_position, group);
    if (status) {
        status = m_file->sync();
    }
    if (!status) {
        m_state = State::Off;
        return std::unexpected(status.error());
    }
    m_position += group.size();
    ++m_sequence;
    return true;
}

Status SyncJournal::restart() {
    if (!m_file || m_state == State::Off) {
        return {};
    }
    // The new header is on the disk before the first group of its generation, which so can't be taken for an old one's.
    auto status = m_file->writeAt(0, journalHeader(m_generation + 1));
    if (status) {
        status = m_file->sync();
    }
    if (!status) {
        m_state = State::Off;
        return status;
    }
    ++m_generation;
    m_sequence = 0;
    m_position = kPageBytes;
    if (m_state == State::Made) {
        m_state = State::Ready;
    }
    return {};
}

} // namespace meshbone::backbone
