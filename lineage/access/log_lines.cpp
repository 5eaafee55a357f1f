// SPDX-License-Identifier: Apache-2.0
#include "access/log_lines.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace meshbone::lineage {
namespace {

constexpr std::size_t kReadAtOnce = 262'144;

/// Puts lines together from what is read.
class LineCutter {
public:
    LineCutter(std::size_t maxLine, const std::function<void(const LogLine&)>& take)
        : m_maxLine(maxLine)
        , m_take(take) {}

    void read(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto end = bytes.find('\n');
            keep(bytes.substr(0, end));
            if (end == std::string_view::npos) {
                return;
            }
            finishLine();
            bytes.remove_prefix(end + 1);
        }
    }
    /// The last line may have no end.
    void finish() {
        if (m_hasBegun) {
            finishLine();
        }
    }

private:
    void keep(std::string_view bytes) {
        const auto room = m_maxLine - m_line.size();
        m_isCut = m_isCut || bytes.size() > room;
        m_line.append(bytes.substr(0, room));
        m_hasBegun = true;
    }
    void finishLine() {
        m_take({++m_number, m_line, m_isCut});
        m_line.clear();
        m_isCut = m_hasBegun = false;
    }

    std::size_t m_maxLine;
    const std::function<void(const LogLine&)>& m_take;
    std::string m_line;
    std::int64_t m_number = 0;
    bool m_isCut = false, m_hasBegun = false;
};

bool isGzip(std::string_view bytes) {
    return bytes.starts_with("\x1f\x8b");
}

} // namespace

Status forEachLine(const std::filesystem::path& file, std::size_t maxLine, const std::stop_token& stop,
                   const std::function<void(const LogLine& line)>& take) {
    std::error_code error;
    const bool isFile = std::filesystem::is_regular_file(file, error);
    auto left = isFile ? std::filesystem::file_size(file, error) : 0;
    std::ifstream stream(file, std::ios::binary);
    if (!isFile || error || !stream) {
        return fail(isFile ? ErrorCode::Io : ErrorCode::NotFound,
                    "'" + file.string() + "' can't be read: it isn't there, isn't a file, or isn't yours to read.");
    }
    LineCutter cutter(maxLine, take);
    std::vector<char> buffer(kReadAtOnce);
    for (bool isFirst = true; left > 0; isFirst = false) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Reading '" + file.string() + "' was stopped.");
        }
        stream.read(buffer.data(), static_cast<std::streamsize>(std::min<std::uintmax_t>(buffer.size(), left)));
        const auto count = static_cast<std::size_t>(stream.gcount());
        if (count == 0) {
            break; // it was cut short meanwhile, as a log is when it is rotated
        }
        const std::string_view bytes(buffer.data(), count);
        if (isFirst && isGzip(bytes)) {
            return fail(ErrorCode::Unsupported, "'" + file.string() + "' is compressed. Unpack it first.");
        }
        cutter.read(bytes);
        left -= count;
    }
    cutter.finish();
    return {};
}

} // namespace meshbone::lineage
