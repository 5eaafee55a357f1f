// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace meshbone::backbone::broker {

/// A small file that grows by lines, each with its CRC-32C (line_text.h): appended and synced before a change is
/// answered, rewritten when it has grown to twice what it holds. A torn last line is dropped, since nobody was told
/// that it is there; a damaged line further up is Corrupt. One thread.
class LineJournal {
public:
    struct Kind {
        std::string_view name;  ///< "topics": the first line is "meshbone-topics 1"
        std::string_view words; ///< "topic list", in sentences
    };
    using Apply = std::function<bool(std::string_view content)>; ///< false: it is not a line of this journal
    using Whole = std::function<std::string()>;                  ///< all lines that say what there is, sealed

    LineJournal(FileSystem& files, std::filesystem::path path, Kind kind, Whole whole);

    /// Reads what is there, or makes the file.
    Status load(const Apply& apply);
    /// Durable before it returns. `lines` are sealed; after a failure none of them is there.
    Status append(const std::string& lines);

private:
    Status rewrite();
    [[nodiscard]] std::string firstLine() const;

    FileSystem& m_files;
    std::filesystem::path m_path;
    Kind m_kind;
    Whole m_whole;
    std::shared_ptr<File> m_file;
    std::uint64_t m_sizeBytes = 0;
    std::uint64_t m_rewriteAtBytes = 0;
};

} // namespace meshbone::backbone::broker
