// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"

#include <filesystem>
#include <list>
#include <memory>

namespace meshbone::backbone {

class CachedFile;

/// Keeps at most so many files open, closing the one that was longest unused; a closed one is opened again when it is
/// needed. Loop thread. Closing an unsynced file loses nothing: its pages stay with the kernel, and whoever has to
/// sync it holds it.
class FileCache {
public:
    FileCache(FileSystem& files, std::size_t maxOpen)
        : m_files(files)
        , m_maxOpen(maxOpen) {}
    FileCache(const FileCache&) = delete;
    FileCache& operator=(const FileCache&) = delete;

    [[nodiscard]] FileSystem& files() const { return m_files; }
    [[nodiscard]] std::size_t openCount() const { return m_open.size(); }

private:
    friend class CachedFile;
    FileSystem& m_files;
    std::size_t m_maxOpen;
    std::list<CachedFile*> m_open; // most recently used first
};

/// One file by its path, open or not. Loop thread; the cache must outlive it.
class CachedFile {
public:
    CachedFile(FileCache& cache, std::filesystem::path path)
        : m_cache(cache)
        , m_path(std::move(path)) {}
    CachedFile(const CachedFile&) = delete;
    CachedFile& operator=(const CachedFile&) = delete;
    ~CachedFile() { close(); }

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] FileSystem& files() const { return m_cache.files(); }
    /// The file, opened for writing if it isn't open; created when `mode` says so.
    Result<std::shared_ptr<File>> get(OpenMode mode = OpenMode::Write);
    /// Follows the file to where it was renamed.
    void setPath(std::filesystem::path path) { m_path = std::move(path); }
    void close();

private:
    FileCache& m_cache;
    std::filesystem::path m_path;
    std::shared_ptr<File> m_file;
    std::list<CachedFile*>::iterator m_place; // valid while m_file is
};

} // namespace meshbone::backbone
