// SPDX-License-Identifier: Apache-2.0
#include "broker/lines/line_journal.h"

#include "broker/lines/line_text.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

namespace {
constexpr std::uint64_t kRewriteSlackBytes = 256 * 1024;
}

LineJournal::LineJournal(FileSystem& files, std::filesystem::path path, Kind kind, Whole whole)
    : m_files(files)
    , m_path(std::move(path))
    , m_kind(kind)
    , m_whole(std::move(whole)) {}

std::string LineJournal::firstLine() const {
    return fmt::format("meshbone-{} 1\n", m_kind.name);
}

Status LineJournal::load(const Apply& apply) {
    if (!m_files.exists(m_path)) {
        return rewrite();
    }
    const auto content = readWholeFile(m_files, m_path);
    if (!content) {
        return std::unexpected(content.error());
    }
    std::string_view left = *content;
    const auto first = firstLine();
    if (!left.starts_with(first)) {
        return left.starts_with(fmt::format("meshbone-{} ", m_kind.name))
                   ? fail(ErrorCode::Corrupt,
                          fmt::format("The file {} is from a newer version of Meshbone: use that version.",
                                      m_path.string()))
                   : fail(ErrorCode::Corrupt,
                          fmt::format("The file {} is not a {} of Meshbone: restore it from a backup.", m_path.string(),
                                      m_kind.words));
    }
    left.remove_prefix(first.size());
    while (!left.empty()) {
        const auto end = left.find('\n');
        if (end == std::string_view::npos) {
            break; // torn: it was never acknowledged
        }
        const auto line = unsealedLine(left.substr(0, end));
        if (!line || !apply(*line)) {
            if (left.size() == end + 1) {
                break; // the last one, torn with its newline written
            }
            return fail(ErrorCode::Corrupt, fmt::format("The {} {} is damaged at byte {}: restore it from a backup.",
                                                        m_kind.words, m_path.string(), content->size() - left.size()));
        }
        left.remove_prefix(end + 1);
    }
    m_sizeBytes = content->size() - left.size();
    auto file = m_files.open(m_path, OpenMode::Write);
    if (!file) {
        return std::unexpected(file.error());
    }
    m_file = std::move(*file);
    m_rewriteAtBytes = m_sizeBytes * 2 + kRewriteSlackBytes;
    return left.empty() ? Status{} : m_file->truncate(m_sizeBytes);
}

Status LineJournal::append(const std::string& lines) {
    if (m_sizeBytes > m_rewriteAtBytes) {
        if (auto rewritten = rewrite(); !rewritten) {
            return rewritten;
        }
    }
    auto written = m_file->writeAt(m_sizeBytes, lines);
    if (written) {
        written = m_file->sync();
    }
    if (!written) {
        [[maybe_unused]] const auto undone = m_file->truncate(m_sizeBytes); // a torn line is dropped when it is read
        return written;
    }
    m_sizeBytes += lines.size();
    return {};
}

Status LineJournal::rewrite() {
    const auto all = firstLine() + m_whole();
    if (auto replaced = replaceFile(m_files, m_path, all); !replaced) {
        return replaced;
    }
    auto file = m_files.open(m_path, OpenMode::Write);
    if (!file) {
        return std::unexpected(file.error());
    }
    m_file = std::move(*file);
    m_sizeBytes = all.size();
    m_rewriteAtBytes = m_sizeBytes * 2 + kRewriteSlackBytes;
    return {};
}

} // namespace meshbone::backbone::broker
