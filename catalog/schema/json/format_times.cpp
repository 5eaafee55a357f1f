// SPDX-License-Identifier: Apache-2.0
#include "schema/json/format_times.h"

#include <chrono>

namespace meshbone::catalog::jsonschema {

namespace {

bool isTimeDigit(char c) {
    return c >= '0' && c <= '9';
}

/// The number of `size` digits at the front, which it takes away; -1 where they aren't digits.
int takeNumber(std::string_view& text, std::size_t size) {
    int number = 0;
    if (text.size() < size) {
        return -1;
    }
    for (const char c : text.substr(0, size)) {
        if (!isTimeDigit(c)) {
            return -1;
        }
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(size);
    return number;
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

/// The offset in minutes; nothing else may follow.
bool isOffset(std::string_view text, int& minutes) {
    minutes = 0;
    if (text == "Z" || text == "z") {
        return true;
    }
    const bool isWest = text.starts_with('-');
    if (!take(text, '+') && !take(text, '-')) {
        return false;
    }
    const int hour = takeNumber(text, 2);
    if (hour < 0 || hour > 23 || !take(text, ':')) {
        return false;
    }
    const int minute = takeNumber(text, 2);
    minutes = (hour * 60 + minute) * (isWest ? -1 : 1);
    return minute >= 0 && minute <= 59 && text.empty();
}

/// Digits and then one of the units, in their order and each once: "3D", "4H5M".
bool takeUnits(std::string_view& text, std::string_view units) {
    bool hasAny = false;
    std::size_t nextUnit = 0;
    while (!text.empty() && isTimeDigit(text.front())) {
        while (!text.empty() && isTimeDigit(text.front())) {
            text.remove_prefix(1);
        }
        const auto unit = text.empty() ? std::string_view::npos : units.find(text.front(), nextUnit);
        // No unit is left out between two: P1Y2D isn't in the grammar.
        if (unit == std::string_view::npos || (hasAny && unit != nextUnit)) {
            return false;
        }
        nextUnit = unit + 1;
        hasAny = true;
        text.remove_prefix(1);
    }
    return hasAny;
}

} // namespace

bool isDate(std::string_view text) {
    const int year = takeNumber(text, 4);
    if (year < 0 || !take(text, '-')) {
        return false;
    }
    const int month = takeNumber(text, 2);
    if (month < 0 || !take(text, '-')) {
        return false;
    }
    const int day = takeNumber(text, 2);
    return day >= 0 && text.empty() &&
           std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                       std::chrono::day(static_cast<unsigned>(day)))
               .ok();
}

bool isTime(std::string_view text) {
    const int hour = takeNumber(text, 2);
    if (hour < 0 || hour > 23 || !take(text, ':')) {
        return false;
    }
    const int minute = takeNumber(text, 2);
    if (minute < 0 || minute > 59 || !take(text, ':')) {
        return false;
    }
    const int second = takeNumber(text, 2);
    if (second < 0 || second > 60) {
        return false;
    }
    if (take(text, '.')) {
        if (text.empty() || !isTimeDigit(text.front())) {
            return false;
        }
        while (!text.empty() && isTimeDigit(text.front())) {
            text.remove_prefix(1);
        }
    }
    int offset = 0;
    if (!isOffset(text, offset)) {
        return false;
    }
    constexpr int kDay = 24 * 60;
    const int utc = ((hour * 60 + minute - offset) % kDay + kDay) % kDay;
    return second < 60 || utc == kDay - 1; // a leap second is the last of a day in UTC
}

bool isDateTime(std::string_view text) {
    return text.size() > 11 && (text[10] == 'T' || text[10] == 't') && isDate(text.substr(0, 10)) &&
           isTime(text.substr(11));
}

bool isDuration(std::string_view text) {
    if (!take(text, 'P') || text.empty()) {
        return false;
    }
    if (text.ends_with('W')) {
        text.remove_suffix(1);
        return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    }
    const bool hasDate = text.front() != 'T';
    if (hasDate && !takeUnits(text, "YMD")) {
        return false;
    }
    if (take(text, 'T') && !takeUnits(text, "HMS")) {
        return false;
    }
    return text.empty();
}

} // namespace meshbone::catalog::jsonschema
