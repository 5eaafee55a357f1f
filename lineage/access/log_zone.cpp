// SPDX-License-Identifier: Apache-2.0
#include <lineage/log_zone.h>

#include "access/zone_rules.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace meshbone::lineage {
namespace {

constexpr std::int64_t kSecondMs = 1'000, kDaySeconds = 86'400;
constexpr std::size_t kMostNameBytes = 64;

/// "+02:00", "-05:30" or "Z", in seconds.
std::optional<std::int64_t> offsetNamed(std::string_view text) {
    constexpr int kMostHours = 18;
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 99; };
    if (text == "Z" || text == "UTC") {
        return 0;
    }
    if (text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':') {
        const int hours = digit(1) * 10 + digit(2), minutes = digit(4) * 10 + digit(5);
        if (hours <= kMostHours && minutes < 60) {
            return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes) * 60;
        }
    }
    return std::nullopt;
}

/// As IANA writes them; nothing that leads out of the folder.
bool isZoneName(std::string_view text) {
    const auto isOfName = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
               c == '-' || c == '+';
    };
    return !text.empty() && text.size() <= kMostNameBytes && text.front() >= 'A' && text.front() <= 'Z' &&
           std::ranges::all_of(text, isOfName);
}

std::filesystem::path zoneFolder() {
    const char* folder = std::getenv("TZDIR"); // as the C library finds them
    return folder != nullptr && *folder != '\0' ? folder : "/usr/share/zoneinfo";
}

Result<ZoneRules> rulesNamed(const std::string& name) {
    const auto path = zoneFolder() / name;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        return fail(ErrorCode::NotFound, "There is no zone '" + name + "' among this machine's zone files in '" +
                                             zoneFolder().string() +
                                             "' (package tzdata). Write its name as Europe/Berlin, or an offset from "
                                             "UTC as +02:00.");
    }
    std::ifstream in(path, std::ios::binary);
    std::string bytes(kMaxZoneFile + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (in.bad() || !in.is_open()) {
        return fail(ErrorCode::Io, "'" + path.string() + "' can't be read.");
    }
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    auto rules = ZoneRules::parse(bytes);
    return rules ? Result<ZoneRules>(std::move(*rules))
                 : fail(ErrorCode::Corrupt, "'" + path.string() + "' isn't a zone file that is understood.");
}

std::int64_t floorSeconds(TimestampMs ms) {
    return ms / kSecondMs - (ms % kSecondMs < 0 ? 1 : 0);
}

} // namespace

Result<LogZone> LogZone::named(std::string_view text) {
    LogZone zone;
    if (const auto offset = offsetNamed(text)) {
        zone.m_offsetSeconds = *offset;
        zone.m_name = *offset == 0 ? "UTC" : "UTC" + std::string(text);
        return zone;
    }
    if (!isZoneName(text)) {
        return fail(ErrorCode::InvalidArgument,
                    "'" + std::string(text) +
                        "' isn't a zone. Write an offset from UTC as +02:00, Z for none, or a zone's name as "
                        "Europe/Berlin, which follows its summer time.");
    }
    zone.m_name = text;
    auto rules = rulesNamed(zone.m_name);
    if (!rules) {
        return std::unexpected(rules.error());
    }
    zone.m_rules = std::make_shared<const ZoneRules>(std::move(*rules));
    return zone;
}

LoggedMoment LogZone::at(TimestampMs localMs) const {
    if (m_rules == nullptr) {
        const auto utcMs = localMs - m_offsetSeconds * kSecondMs;
        return {utcMs, utcMs, false};
    }
    // No zone sets its clocks twice within a day.
    const auto local = floorSeconds(localMs);
    const auto before = m_rules->offsetAt(local - kDaySeconds), after = m_rules->offsetAt(local + kDaySeconds);
    const bool fitsBefore = m_rules->offsetAt(local - before) == before;
    const bool fitsAfter = m_rules->offsetAt(local - after) == after;
    const auto byBefore = localMs - before * kSecondMs, byAfter = localMs - after * kSecondMs;
    if (fitsBefore) {
        return {byBefore, fitsAfter ? byAfter : byBefore, false};
    }
    return fitsAfter ? LoggedMoment{byAfter, byAfter, false} : LoggedMoment{byBefore, byBefore, true};
}

} // namespace meshbone::lineage
