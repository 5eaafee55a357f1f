// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <memory>
#include <string>
#include <string_view>

namespace meshbone::lineage {

class ZoneRules;

/// What a clock's reading is in UTC.
struct LoggedMoment {
    TimestampMs utcMs = 0;
    TimestampMs laterMs = 0; ///< the same reading once more, where the clocks were set back in between; else utcMs
    bool isSkipped = false;  ///< the clocks were set forward over it, so no clock there ever showed it

    [[nodiscard]] bool isTwice() const { return laterMs != utcMs; }
};

/// By which clocks the times of a log were written: a fixed offset from UTC, or a zone with its summer time. Value
/// type, any thread.
class LogZone {
public:
    LogZone() = default; ///< UTC

    /// "Z", an offset such as "+02:00", or a zone's IANA name such as "Europe/Berlin", as this machine's zone files
    /// have it ($TZDIR, else /usr/share/zoneinfo). Fails with InvalidArgument, NotFound, Io or Corrupt (no such zone
    /// file).
    static Result<LogZone> named(std::string_view text);

    /// `localMs`: what the clocks showed, as if it were UTC. Where they showed it twice, `utcMs` is the first time;
    /// where never, it is by the offset before the clocks were set forward.
    [[nodiscard]] LoggedMoment at(TimestampMs localMs) const;
    [[nodiscard]] const std::string& name() const { return m_name; }

private:
    std::string m_name = "UTC";
    std::int64_t m_offsetSeconds = 0;
    std::shared_ptr<const ZoneRules> m_rules; ///< null: the offset is fixed
};

} // namespace meshbone::lineage
