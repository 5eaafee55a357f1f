// SPDX-License-Identifier: Apache-2.0
#include "contract/sla_value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace meshbone::catalog {
namespace {

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

/// Seconds in a unit of time as people write it; nothing for another unit.
std::optional<double> secondsIn(std::string_view unit) {
    constexpr double kDay = 86'400;
    constexpr std::array<std::pair<std::string_view, double>, 27> kUnits{
        {{"ms", 0.001},       {"millisecond", 0.001}, {"milliseconds", 0.001}, {"s", 1},
         {"sec", 1},          {"second", 1},          {"seconds", 1},          {"m", 60},
         {"min", 60},         {"minute", 60},         {"minutes", 60},         {"h", 3'600},
         {"hr", 3'600},       {"hour", 3'600},        {"hours", 3'600},        {"d", kDay},
         {"day", kDay},       {"days", kDay},         {"w", 7 * kDay},         {"week", 7 * kDay},
         {"weeks", 7 * kDay}, {"mo", 30 * kDay},      {"month", 30 * kDay},    {"months", 30 * kDay},
         {"y", 365 * kDay},   {"year", 365 * kDay},   {"years", 365 * kDay}}};
    const std::string lower = unit == "yr" ? "y" : lowerCase(unit);
    const auto found = std::ranges::find(kUnits, std::string_view(lower), &std::pair<std::string_view, double>::first);
    return found == kUnits.end() ? std::nullopt : std::optional(found->second);
}

/// "99.9", "99.9%".
std::optional<double> numberIn(std::string_view text) {
    if (text.ends_with('%')) {
        text.remove_suffix(1);
    }
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stop == end && !text.empty() ? std::optional(value) : std::nullopt;
}

/// "2032-05-12T…": such texts sort by time, as long as they are in one zone.
bool isDate(std::string_view text) {
    return text.size() >= 10 && text[4] == '-' && text[7] == '-' && text[0] >= '0' && text[0] <= '9';
}

enum class Wanted : std::uint8_t { Little, Much, Unknown };

Wanted wantedOf(const std::string& property) {
    constexpr std::array<std::string_view, 12> kLittle{
        "latency",      "ly",        "frequency", "fy",       "timetodetect",        "timetonotify",
        "timetorepair", "errorrate", "freshness", "interval", "generalavailability", "timeofavailability"};
    constexpr std::array<std::string_view, 7> kMuch{"availability", "throughput", "retention", "completeness",
                                                    "endofsupport", "endoflife",  "volume"};
    const std::string lower = lowerCase(property);
    return std::ranges::find(kLittle, lower) != kLittle.end() ? Wanted::Little
           : std::ranges::find(kMuch, lower) != kMuch.end()   ? Wanted::Much
                                                              : Wanted::Unknown;
}

SlaChange byOrder(bool isLess, Wanted wanted) {
    return isLess == (wanted == Wanted::Little) ? SlaChange::Better : SlaChange::Worse;
}

} // namespace

std::string slaWords(const ContractSla& sla) {
    return sla.unit.empty() ? sla.value : sla.value + " " + sla.unit;
}

SlaChange slaChange(const ContractSla& before, const ContractSla& after) {
    if (before.value == after.value && before.unit == after.unit) {
        return SlaChange::Same;
    }
    const Wanted wanted = wantedOf(before.property);
    const auto was = numberIn(before.value);
    const auto is = numberIn(after.value);
    const bool isSameUnit = before.unit == after.unit;
    const auto ofWas = isSameUnit ? std::optional(1.0) : secondsIn(before.unit);
    const auto ofIs = isSameUnit ? std::optional(1.0) : secondsIn(after.unit);
    if (was && is && ofWas && ofIs) {
        const double from = *was * *ofWas;
        const double to = *is * *ofIs;
        return from == to                  ? SlaChange::Same
               : wanted == Wanted::Unknown ? SlaChange::Unclear
                                           : byOrder(to < from, wanted);
    }
    if (wanted != Wanted::Unknown && isSameUnit && isDate(before.value) && isDate(after.value)) {
        return byOrder(after.value < before.value, wanted);
    }
    return SlaChange::Unclear;
}

} // namespace meshbone::catalog
