// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/backbone.h>

#include <filesystem>
#include <vector>

namespace meshbone::backbone {

/// The file of the traffic's history: text, a line for a part of a bucket ("start observed topic=events …"); parts of
/// one bucket add up. A line that isn't whole is skipped, so a crash costs the last minute. Only one program writes:
/// whoever holds the lock beside it; the others read, and what they see is written by that one. A file of a newer
/// version is left alone. Losing it loses a chart, so nothing here fails: without a file the history lives in memory.
/// One thread at a time.
class HistoryFile {
public:
    static constexpr std::size_t kMaxLines = 4'000; ///< then it is rewritten

    /// In memory only.
    HistoryFile() = default;
    explicit HistoryFile(std::filesystem::path path);
    ~HistoryFile();
    HistoryFile(HistoryFile&& other) noexcept;
    HistoryFile& operator=(HistoryFile&&) = delete;

    [[nodiscard]] std::vector<TrafficBucket> read();
    void append(const TrafficBucket& part);
    [[nodiscard]] bool wantsRewrite() const { return m_lines > kMaxLines; }
    /// Puts these in the place of all that is there: whole or not at all.
    void rewrite(const std::vector<TrafficBucket>& buckets);

private:
    bool lock();
    std::filesystem::path m_path;
    int m_lock = -1; ///< descriptor; -1: somebody else writes
    std::size_t m_lines = 0;
    bool m_usable = false;
    bool m_torn = false; ///< the last line has no end
};

} // namespace meshbone::backbone
