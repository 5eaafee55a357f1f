// SPDX-License-Identifier: Apache-2.0
#include "widgets/format.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <array>
#include <cmath>

namespace meshbone::ui {

namespace {

const QString kNone = QStringLiteral("–");

QDateTime inZone(TimestampMs timeMs) {
    const auto utc = QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC);
    return TimeZoneSwitch::instance().isUtc() ? utc : utc.toLocalTime();
}

QString shown(TimestampMs timeMs, const char* pattern) {
    return timeMs == -1 ? kNone : inZone(timeMs).toString(QLatin1String(pattern));
}

/// Three significant digits below 1000: 1.16, 47.0, 872.
QString threeDigits(double value) {
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return QLocale().toString(value, 'f', decimals);
}

} // namespace

TimeZoneSwitch& TimeZoneSwitch::instance() {
    static TimeZoneSwitch zone;
    return zone;
}

void TimeZoneSwitch::setUtc(bool utc) {
    if (m_utc != utc) {
        m_utc = utc;
        emit changed();
    }
}

QString TimeZoneSwitch::name() const {
    return m_utc ? QStringLiteral("UTC") : QDateTime::currentDateTime().timeZoneAbbreviation();
}

QString formatCount(qint64 count) {
    return QLocale().toString(count);
}

QString formatBytes(qint64 bytes) {
    static constexpr std::array kUnits{"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    if (bytes < 1024) {
        return QStringLiteral("%1 B").arg(formatCount(bytes));
    }
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1023.5 && unit + 1 < kUnits.size()) {
        value /= 1024;
        ++unit;
    }
    return QStringLiteral("%1 %2").arg(threeDigits(value), QLatin1String(kUnits.at(unit)));
}

QString formatRate(double perSecond) {
    if (!std::isfinite(perSecond) || perSecond < 0) {
        return kNone;
    }
    if (perSecond == 0) {
        return QStringLiteral("0");
    }
    if (perSecond < 0.05) {
        return QStringLiteral("< %1").arg(QLocale().toString(0.1, 'f', 1));
    }
    return QLocale().toString(perSecond, 'f', perSecond < 99.95 ? 1 : 0);
}

QString formatPercent(double fraction) {
    return QStringLiteral("%1 %").arg(QLocale().toString(std::floor(fraction * 100 + 1e-9), 'f', 0));
}

QString formatSpan(std::chrono::milliseconds span) {
    const auto ms = span.count();
    const auto seconds = ms / 1000;
    const auto pair = [](qint64 large, const QString& largeUnit, qint64 small, const QString& smallUnit) {
        return small == 0 ? QStringLiteral("%1 %2").arg(large).arg(largeUnit)
                          : QStringLiteral("%1 %2 %3 %4").arg(large).arg(largeUnit).arg(small).arg(smallUnit);
    };
    if (ms < 1000) {
        return QStringLiteral("%1 ms").arg(ms);
    }
    if (seconds < 60) {
        return QStringLiteral("%1 s").arg(seconds);
    }
    if (seconds < 3600) {
        return pair(seconds / 60, QStringLiteral("min"), seconds % 60, QStringLiteral("s"));
    }
    if (seconds < 86400) {
        return pair(seconds / 3600, QStringLiteral("h"), seconds % 3600 / 60, QStringLiteral("min"));
    }
    return pair(seconds / 86400, QStringLiteral("d"), seconds % 86400 / 3600, QStringLiteral("h"));
}

QString formatTime(TimestampMs timeMs) {
    return shown(timeMs, "yyyy-MM-dd HH:mm:ss.zzz");
}
QString formatDay(TimestampMs timeMs) {
    return shown(timeMs, "yyyy-MM-dd");
}
QString formatClock(TimestampMs timeMs) {
    return shown(timeMs, "HH:mm:ss");
}
QString formatMinute(TimestampMs timeMs) {
    return shown(timeMs, "HH:mm");
}
QString formatClockMs(TimestampMs timeMs) {
    return shown(timeMs, "HH:mm:ss.zzz");
}

QString axisTime(TimestampMs timeMs, std::int64_t spanMs, int steps) {
    constexpr std::int64_t kAxisMinuteMs = 60'000, kAxisDayMs = 86'400'000;
    if (spanMs > kAxisDayMs) {
        return QStringLiteral("%1 %2").arg(formatDay(timeMs).mid(5), formatMinute(timeMs));
    }
    return spanMs < steps * kAxisMinuteMs ? formatClock(timeMs) : formatMinute(timeMs);
}

QString isoTime(TimestampMs timeMs) {
    return timeMs == -1 ? QString() : QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC).toString(Qt::ISODateWithMs);
}

QString timeTitle(const QString& title) {
    return QStringLiteral("%1 (%2)").arg(title, TimeZoneSwitch::instance().name());
}

QString shortHash(const std::string& hash) {
    constexpr std::size_t kEnd = 4;
    return hash.size() <= 2 * kEnd ? text(hash) : text(hash.substr(0, kEnd) + "…" + hash.substr(hash.size() - kEnd));
}

std::optional<TimestampMs> parseTypedTime(const QString& text) {
    const auto trimmed = text.trimmed();
    bool isNumber = false;
    if (const auto ms = trimmed.toLongLong(&isNumber); isNumber) {
        return ms >= 0 ? std::optional<TimestampMs>(ms) : std::nullopt;
    }
    auto iso = trimmed;
    iso.replace(QLatin1Char(' '), QLatin1Char('T'));
    auto time = QDateTime::fromString(iso, Qt::ISODateWithMs);
    if (!time.isValid()) {
        return std::nullopt;
    }
    if (time.timeSpec() == Qt::LocalTime && TimeZoneSwitch::instance().isUtc()) {
        time = QDateTime(time.date(), time.time(), QTimeZone::utc());
    }
    return time.toMSecsSinceEpoch() >= 0 ? std::optional<TimestampMs>(time.toMSecsSinceEpoch()) : std::nullopt;
}

} // namespace meshbone::ui
