// SPDX-License-Identifier: Apache-2.0
#include "session/history_file.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

namespace meshbone::backbone {

namespace {

constexpr std::string_view kHeader = "meshbone-traffic 1";

std::string lineOf(const TrafficBucket& bucket) {
    auto line = fmt::format("{} {}", bucket.startMs, bucket.observedMs);
    for (const auto& [topic, events] : bucket.events) {
        fmt::format_to(std::back_inserter(line), " {}={}", topic, events);
    }
    return line + "\n";
}

std::optional<std::int64_t> numberIn(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = problem == std::errc() && end == text.data() + text.size() && number >= 0;
    return whole ? std::optional(number) : std::nullopt;
}

/// Takes the next word off the line.
std::string_view takeWord(std::string_view& line) {
    const auto end = std::min(line.find(' '), line.size());
    const auto word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

std::optional<TrafficBucket> bucketIn(std::string_view line) {
    const auto start = numberIn(takeWord(line));
    const auto observed = numberIn(takeWord(line));
    if (!start || !observed) {
        return std::nullopt;
    }
    TrafficBucket bucket{*start, *observed, {}};
    while (!line.empty()) {
        const auto word = takeWord(line);
        const auto equals = word.rfind('=');
        const auto events = equals == std::string_view::npos ? std::nullopt : numberIn(word.substr(equals + 1));
        if (!events) {
            return std::nullopt;
        }
        bucket.events[std::string(word.substr(0, equals))] += *events;
    }
    return bucket;
}

} // namespace

HistoryFile::HistoryFile(std::filesystem::path path)
    : m_path(std::move(path))
    , m_usable(true) {}

HistoryFile::HistoryFile(HistoryFile&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_lock(std::exchange(other.m_lock, -1))
    , m_lines(other.m_lines)
    , m_usable(std::exchange(other.m_usable, false))
    , m_torn(other.m_torn) {}

HistoryFile::~HistoryFile() {
    if (m_lock >= 0) {
        ::close(m_lock);
    }
}

bool HistoryFile::lock() {
    if (m_lock >= 0 || !m_usable) {
        return m_lock >= 0;
    }
    auto beside = m_path;
    beside += ".lock"; // a file of its own, since the other one is replaced
    const int descriptor = ::open(beside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        m_lock = descriptor;
    } else if (descriptor >= 0) {
        ::close(descriptor);
    }
    return m_lock >= 0;
}

std::vector<TrafficBucket> HistoryFile::read() {
    std::vector<TrafficBucket> buckets;
    if (!m_usable) {
        return buckets;
    }
    lock();
    std::ifstream in(m_path, std::ios::binary);
    std::string line;
    if (!std::getline(in, line)) {
        return buckets; // not there yet, or empty
    }
    m_usable = line == kHeader;
    m_lines = 0;
    while (m_usable && std::getline(in, line) && !in.eof()) { // without its line end it isn't whole
        ++m_lines;
        if (auto bucket = bucketIn(line)) {
            buckets.push_back(std::move(*bucket));
        }
    }
    m_torn = in.eof() && !line.empty();
    return buckets;
}

void HistoryFile::append(const TrafficBucket& part) {
    if (!m_usable || !lock()) {
        return;
    }
    std::error_code problem;
    const bool fresh = std::filesystem::file_size(m_path, problem) == 0 || problem;
    std::ofstream out(m_path, std::ios::binary | std::ios::app);
    if (fresh) {
        out << kHeader << '\n';
    } else if (std::exchange(m_torn, false)) {
        out << '\n';
    }
    out << lineOf(part) << std::flush;
    ++m_lines;
}

void HistoryFile::rewrite(const std::vector<TrafficBucket>& buckets) {
    if (!m_usable || !lock()) {
        return;
    }
    auto fresh = m_path;
    fresh += ".new";
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out << kHeader << '\n';
    for (const auto& bucket : buckets) {
        out << lineOf(bucket);
    }
    out.close();
    std::error_code problem;
    if (out) {
        std::filesystem::rename(fresh, m_path, problem);
        m_lines = buckets.size();
        m_torn = false;
    }
}

} // namespace meshbone::backbone
