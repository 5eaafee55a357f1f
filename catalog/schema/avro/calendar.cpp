// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/calendar.h"

#include <fmt/format.h>

#include <chrono>

namespace meshbone::catalog::avro {

namespace {

using namespace std::chrono;

constexpr std::int64_t kFirstDay = -719'528; ///< 0000-01-01
constexpr std::int64_t kLastDay = 2'932'896; ///< 9999-12-31

std::int64_t unitsPerSecond(int digits) {
    return digits == 3 ? 1'000 : digits == 6 ? 1'000'000 : 1'000'000'000;
}

/// A number of exactly so many digits at the start, which it takes away.
std::optional<int> take(std::string_view& text, std::size_t digits) {
    int value = 0;
    if (text.size() < digits) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return std::nullopt;
        }
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool takeChar(std::string_view& text, char c) {
    if (!text.starts_with(c)) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

/// What stands after the second's point, in units; `text` is empty afterwards.
std::optional<std::int64_t> takeFraction(std::string_view& text, int digits) {
    std::int64_t value = 0;
    if (text.empty()) {
        return 0;
    }
    if (!takeChar(text, '.') || text.empty() || text.size() > static_cast<std::size_t>(digits)) {
        return std::nullopt;
    }
    for (int i = 0; i < digits; ++i) {
        int digit = 0;
        if (!text.empty()) {
            const auto taken = take(text, 1);
            if (!taken) {
                return std::nullopt;
            }
            digit = *taken;
        }
        value = value * 10 + digit;
    }
    return value;
}

} // namespace

bool appendDate(std::string& out, std::int64_t count) {
    if (count < kFirstDay || count > kLastDay) {
        return false;
    }
    const year_month_day date{sys_days{days{count}}};
    fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return true;
}

bool appendTime(std::string& out, std::int64_t units, int digits) {
    const auto perSecond = unitsPerSecond(digits);
    if (units < 0 || units >= 86'400 * perSecond) {
        return false;
    }
    const auto seconds = units / perSecond;
    fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}.{:0{}}", seconds / 3600, seconds / 60 % 60, seconds % 60,
                   units % perSecond, digits);
    return true;
}

bool appendMoment(std::string& out, std::int64_t units, int digits) {
    const auto perDay = 86'400 * unitsPerSecond(digits);
    auto day = units / perDay;
    auto rest = units % perDay;
    if (rest < 0) {
        rest += perDay;
        --day;
    }
    if (!appendDate(out, day)) {
        return false;
    }
    out += 'T';
    return appendTime(out, rest, digits);
}

std::optional<std::int64_t> dateOf(std::string_view text) {
    const auto y = take(text, 4);
    const bool hasMonth = y && takeChar(text, '-');
    const auto m = hasMonth ? take(text, 2) : std::nullopt;
    const bool hasDay = m && takeChar(text, '-');
    const auto d = hasDay ? take(text, 2) : std::nullopt;
    if (!d || !text.empty()) {
        return std::nullopt;
    }
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    return date.ok() ? std::optional<std::int64_t>(sys_days{date}.time_since_epoch().count()) : std::nullopt;
}

std::optional<std::int64_t> timeOf(std::string_view text, int digits) {
    const auto h = take(text, 2);
    const auto m = h && takeChar(text, ':') ? take(text, 2) : std::nullopt;
    const auto s = m && takeChar(text, ':') ? take(text, 2) : std::nullopt;
    const auto fraction = s ? takeFraction(text, digits) : std::nullopt;
    if (!fraction || !text.empty() || *h > 23 || *m > 59 || *s > 59) {
        return std::nullopt;
    }
    return (*h * 3600 + *m * 60 + *s) * unitsPerSecond(digits) + *fraction;
}

std::optional<std::int64_t> momentOf(std::string_view text, int digits) {
    constexpr std::size_t kDate = 10;
    if (text.size() <= kDate || text[kDate] != 'T') {
        return std::nullopt;
    }
    const auto day = dateOf(text.substr(0, kDate));
    const auto time = timeOf(text.substr(kDate + 1), digits);
    const auto perDay = 86'400 * unitsPerSecond(digits);
    std::int64_t units = 0;
    if (!day || !time || __builtin_mul_overflow(*day, perDay, &units) || __builtin_add_overflow(units, *time, &units)) {
        return std::nullopt;
    }
    return units;
}

} // namespace meshbone::catalog::avro
