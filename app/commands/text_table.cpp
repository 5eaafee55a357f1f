// SPDX-License-Identifier: Apache-2.0
#include "commands/text_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>

namespace meshbone::app {

namespace {

std::size_t widthOf(std::string_view text) {
    // Continuation bytes of UTF-8 take no column.
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool numeric(std::string_view cell) {
    return !cell.empty() && cell.find_first_not_of("0123456789.,-") == std::string_view::npos;
}

} // namespace

std::string printable(std::string_view bytes, std::size_t lengthMax) {
    std::string text(bytes.substr(0, lengthMax));
    if (bytes.size() > lengthMax) {
        while (!text.empty() && (static_cast<unsigned char>(bytes[text.size()]) & 0xc0) == 0x80) {
            text.pop_back();
        }
        text += "…";
    }
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '.');
    return text;
}

void TextTable::print() const {
    std::vector<std::size_t> widths;
    std::ranges::transform(m_titles, std::back_inserter(widths), widthOf);
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], widthOf(row[i]));
        }
    }
    const auto line = [&](const std::vector<std::string>& cells, bool title) {
        std::string text;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const std::string cell = i < cells.size() ? printable(cells[i], 4096) : std::string();
            const std::string gap(widths[i] - std::min(widths[i], widthOf(cell)), ' ');
            text += (!title && numeric(cell) ? gap + cell : cell + gap) + "  ";
        }
        text.erase(text.find_last_not_of(' ') + 1);
        fmt::print("{}\n", text);
    };
    line(m_titles, true);
    for (const auto& row : m_rows) {
        line(row, false);
    }
}

std::string isoTime(std::int64_t timestampMs) {
    using namespace std::chrono;
    constexpr std::int64_t kYear10000Ms = 253'402'300'800'000;
    if (timestampMs < 0 || timestampMs >= kYear10000Ms) {
        return "-";
    }
    const sys_time<milliseconds> time{milliseconds(timestampMs)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

bool parseTime(const std::string& text, std::int64_t& timestampMs) {
    using namespace std::chrono;
    const char* end = text.data() + text.size();
    if (const auto all = std::from_chars(text.data(), end, timestampMs); all.ptr == end && all.ec == std::errc()) {
        return timestampMs >= 0;
    }
    int y = 0, hour = 0, minute = 0, second = 0, consumed = 0;
    unsigned mo = 0, d = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &y, &mo, &d, &consumed) != 3) {
        return false;
    }
    std::string_view rest = std::string_view(text).substr(static_cast<std::size_t>(consumed));
    int milliseconds_ = 0;
    if (!rest.empty() && (rest[0] == 'T' || rest[0] == ' ')) {
        if (std::sscanf(rest.data() + 1, "%2d:%2d%n", &hour, &minute, &consumed) != 2) {
            return false;
        }
        rest.remove_prefix(1 + static_cast<std::size_t>(consumed));
        if (!rest.empty() && rest[0] == ':') {
            if (std::sscanf(rest.data() + 1, "%2d%n", &second, &consumed) != 1) {
                return false;
            }
            rest.remove_prefix(1 + static_cast<std::size_t>(consumed));
        }
        if (rest.size() >= 4 && rest[0] == '.') {
            if (std::sscanf(rest.data() + 1, "%3d", &milliseconds_) != 1) {
                return false;
            }
            rest.remove_prefix(4);
        }
    }
    const year_month_day date{year(y), month(mo), day(d)};
    if ((!rest.empty() && rest != "Z") || !date.ok() || hour > 23 || minute > 59 || second > 60) {
        return false;
    }
    timestampMs =
        (sys_days(date).time_since_epoch() + hours(hour) + minutes(minute) + seconds(second)) / milliseconds(1) +
        milliseconds_;
    return timestampMs >= 0;
}

} // namespace meshbone::app
