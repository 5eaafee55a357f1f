// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/journal_format.h"
#include "log/sync_queue.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace meshbone::backbone {

/// The recycled journal in front of the logs: small batches of several partitions become durable by one write and one
/// fdatasync of one file, instead of one a partition. The file has its full size and is overwritten from its start for
/// ever, so that a sync changes no size and no extent, which is what a sync costs most.
///
/// It is made, full of zeros, in the background when it was wanted a few times; until then nothing is written to it.
/// Owned by the sync thread, which alone calls what isn't marked otherwise.
class SyncJournal {
public:
    /// Runs a job on a background thread; any thread.
    using Later = std::function<void(std::move_only_function<void(const std::stop_token&)>)>;

    /// `sizeBytes` of 0: never used.
    SyncJournal(FileSystem& files, const std::filesystem::path& root, std::uint64_t sizeBytes, Later later);

    /// While opening: takes an existing file over. `generation`: what it says, see readJournal(). It is not used before
    /// restart().
    void adopt(std::shared_ptr<File> file, std::uint64_t generation);
    /// Whether write() may be called. If not, the file is being made, unless it can't be.
    [[nodiscard]] bool ready();
    /// Writes the pieces of several logs as one group and syncs it: false, and nothing written, when they have no room
    /// in what is left of the file: restart(). After an error the journal is not used any more.
    Result<bool> write(std::span<const JournalPiece> logs);
    /// What it holds is needed no more, for it is in the logs' own files, synced: begins anew. Durable when it returns.
    Status restart();
    /// Not used any more, and what it holds stays for the next start.
    void leave() { m_state = State::Off; }
    [[nodiscard]] bool empty() const { return m_sequence == 0; }

private:
    enum class State : std::uint8_t { Absent, Making, Made, Ready, Off };
    void make(const std::stop_token& stop);
    Status fillWithZeros(const std::stop_token& stop);

    FileSystem& m_files;
    std::filesystem::path m_path;
    std::uint64_t m_sizeBytes;
    Later m_later;
    std::atomic<State> m_state;   // Making to Made or Off is the background's
    std::shared_ptr<File> m_file; // the background's while Making
    std::uint64_t m_generation = 0;
    std::uint64_t m_sequence = 0;
    std::uint64_t m_position = 0;
    int m_wanted = 0;
    JournalGroup m_group;
};

} // namespace meshbone::backbone
