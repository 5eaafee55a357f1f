// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace meshbone::lineage {

/// When in a year the clocks are set, by the wall clock of before.
struct YearlyMoment {
    enum class Kind : std::uint8_t { Weekday, DayWithoutLeap, Day };
    Kind kind = Kind::Weekday;
    unsigned month = 1, week = 1, weekday = 0; ///< Weekday: the week-th of the month, 5: the last; 0 is Sunday
    int day = 0;                               ///< else: from 1 without 29 February, or from 0 with it
    std::int64_t seconds = 7'200;              ///< after midnight; may be negative, or later than the day

    /// As seconds since the epoch, by the wall clock.
    [[nodiscard]] std::int64_t in(std::chrono::year year) const;
};

/// What the clocks show besides in a part of the year.
struct SummerTime {
    std::int64_t offset = 0;
    YearlyMoment begins{}, ends{};
};

/// The rule by which a zone file ends: what holds from its last listed change on (POSIX's TZ,
/// "CET-1CEST,M3.5.0,M10.5.0/3"). Offsets are what to add to UTC.
struct PosixRule {
    std::int64_t standard = 0;
    std::optional<SummerTime> summer{};

    [[nodiscard]] std::int64_t offsetAt(std::int64_t utcSeconds) const;
};

/// Nothing for what isn't one.
std::optional<PosixRule> parsePosixRule(std::string_view text);

} // namespace meshbone::lineage
