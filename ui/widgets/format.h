// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <QObject>
#include <QString>

#include <chrono>
#include <optional>
#include <string>

namespace meshbone::ui {

/// The zone that the window shows times in: local or UTC, one switch for all. GUI thread.
class TimeZoneSwitch : public QObject {
    Q_OBJECT
public:
    static TimeZoneSwitch& instance();
    [[nodiscard]] bool isUtc() const { return m_utc; }
    void setUtc(bool utc);
    [[nodiscard]] QString name() const; ///< "UTC" or the local zone's abbreviation

signals:
    void changed();

private:
    bool m_utc = true;
};

inline QString text(const std::string& value) {
    return QString::fromStdString(value);
}

// Numbers in the manner of the person's locale.
QString formatCount(qint64 count);
QString formatBytes(qint64 bytes);    ///< "47.0 KiB": binary units, three digits
QString formatRate(double perSecond); ///< "41.6", "126", "0.3": without the unit
QString formatPercent(double fraction);
QString formatSpan(std::chrono::milliseconds span); ///< "36 ms", "8 s", "4 d 6 h"

// Times, in the zone of TimeZoneSwitch. -1 gives an en dash.
QString formatTime(TimestampMs timeMs);    ///< 2018-02-06 15:50:42.400
QString formatDay(TimestampMs timeMs);     ///< 2018-02-06
QString formatClock(TimestampMs timeMs);   ///< 14:31:52
QString formatMinute(TimestampMs timeMs);  ///< 14:31
QString formatClockMs(TimestampMs timeMs); ///< 14:20:11.402
/// A label of an axis that spans `spanMs` and has `steps` steps: seconds where it is short, days where it is long, so
/// that no two labels are alike.
QString axisTime(TimestampMs timeMs, std::int64_t spanMs, int steps);
QString isoTime(TimestampMs timeMs); ///< ISO 8601 with Z, always UTC: for copies and files
/// The time that a person typed: "2018-02-06 12:00", seconds and milliseconds optional, in the window's zone unless it
/// names one; or milliseconds since the epoch. None: not a time.
std::optional<TimestampMs> parseTypedTime(const QString& text);
/// A column's title for times, naming the zone: "Time (UTC)".
QString timeTitle(const QString& title);

/// The first and last characters of a hash: "9f1c…a3e0".
QString shortHash(const std::string& hash);

} // namespace meshbone::ui
