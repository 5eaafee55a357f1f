// SPDX-License-Identifier: Apache-2.0
#include "replay/time_text.h"

#include <fmt/format.h>

#include <chrono>

namespace meshbone::backbone {

std::string timeText(TimestampMs timeMs) {
    constexpr TimestampMs kLastDay = 253'402'300'799'999; // of the year 9999
    if (timeMs < 0 || timeMs > kLastDay) {
        return fmt::format("{} ms", timeMs);
    }
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(timeMs)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03} UTC", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

TimestampMs nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace meshbone::backbone
