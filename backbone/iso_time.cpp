// SPDX-License-Identifier: Apache-2.0
#include <backbone/iso_time.h>

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>

namespace meshbone {

std::string isoTime(TimestampMs timestampMs) {
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

bool parseTime(const std::string& text, TimestampMs& timestampMs) {
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

} // namespace meshbone
