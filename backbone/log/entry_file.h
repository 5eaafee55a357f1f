// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_cache.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace meshbone::backbone {

/// A file of entries of one size, appended in memory and written in bunches: what both indexes are made of. Entries
/// that were not written are lost by a crash, which is harmless: an index is rebuilt from its log. Loop thread.
class EntryFile {
public:
    static constexpr std::size_t kMaxEntryBytes = 12;
    using Entry = std::array<char, kMaxEntryBytes>;

    EntryFile(FileCache& cache, std::filesystem::path path, std::size_t entryBytes)
        : m_file(cache, std::move(path))
        , m_entryBytes(entryBytes) {}

    /// Takes over what is in the file. NotFound when there is none, Corrupt when its size isn't a whole number of
    /// entries.
    Status load();
    /// An empty index; the file is made now.
    Status create();

    [[nodiscard]] std::size_t count() const { return m_written + m_tail.size() / m_entryBytes; }
    [[nodiscard]] Result<Entry> at(std::size_t index);
    Status append(std::string_view entry);
    /// Writes what is only in memory. Returns the file, which the caller may want to sync.
    Result<std::shared_ptr<File>> flush();

    [[nodiscard]] const std::filesystem::path& path() const { return m_file.path(); }
    void moveTo(std::filesystem::path path) { m_file.setPath(std::move(path)); }

private:
    CachedFile m_file;
    std::size_t m_entryBytes;
    std::size_t m_written = 0; // entries in the file
    std::string m_tail;        // entries after them
};

} // namespace meshbone::backbone
