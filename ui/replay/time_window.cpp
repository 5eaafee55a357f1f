// SPDX-License-Identifier: Apache-2.0
#include "replay/time_window.h"

#include "widgets/format.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>

namespace meshbone::ui {

namespace {

constexpr TimestampMs kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::array kSteps{TimestampMs{1}, TimestampMs{10}, TimestampMs{100}, kSecond,      5 * kSecond,  10 * kSecond,
                            30 * kSecond,   kMinute,         5 * kMinute,      10 * kMinute, 30 * kMinute, kHour,
                            3 * kHour,      6 * kHour,       12 * kHour,       kDay,         7 * kDay,     30 * kDay,
                            91 * kDay,      365 * kDay,      5 * 365 * kDay};

TimestampMs zoneOffset(TimestampMs atMs) {
    if (TimeZoneSwitch::instance().isUtc()) {
        return 0;
    }
    return QTimeZone::systemTimeZone().offsetFromUtc(QDateTime::fromMSecsSinceEpoch(atMs)) * kSecond;
}

QString tickLabel(TimestampMs atMs, TimestampMs stepMs) {
    if (stepMs < kSecond) {
        return formatClockMs(atMs);
    }
    if (stepMs < kMinute) {
        return formatClock(atMs);
    }
    const auto time = TimeZoneSwitch::instance().isUtc() ? QDateTime::fromMSecsSinceEpoch(atMs, Qt::UTC)
                                                         : QDateTime::fromMSecsSinceEpoch(atMs);
    const bool midnight = time.time() == QTime(0, 0);
    if (stepMs < kDay && !midnight) {
        return formatMinute(atMs);
    }
    return stepMs >= 30 * kDay ? QLocale().toString(time.date(), QStringLiteral("MMM yyyy"))
                               : QLocale().toString(time.date(), QStringLiteral("d MMM"));
}

} // namespace

TimestampMs snapStep(TimestampMs bucketMs) {
    const auto wanted = std::max<TimestampMs>(1, bucketMs / 4);
    const auto above = std::ranges::upper_bound(kSteps, wanted);
    return above == kSteps.begin() ? kSteps.front() : *(above - 1);
}

TimestampMs snapTo(TimestampMs timeMs, TimestampMs stepMs) {
    return (timeMs + stepMs / 2) / stepMs * stepMs;
}

std::vector<TimeTick> timeTicks(const WindowMs& range) {
    constexpr TimestampMs kTicksMin = 4;
    std::vector<TimeTick> ticks;
    if (range.isEmpty()) {
        return ticks;
    }
    const auto fits = std::ranges::find_if(kSteps.rbegin(), kSteps.rend(),
                                           [&](TimestampMs step) { return range.span() / step >= kTicksMin; });
    const auto step = fits == kSteps.rend() ? kSteps.front() : *fits;
    // Round in the zone that is shown: a day begins at its own midnight.
    const auto offset = zoneOffset(range.fromMs);
    constexpr std::size_t kTicksMax = 64;
    for (auto at = ((range.fromMs + offset) / step + 1) * step - offset; at < range.toMs && ticks.size() < kTicksMax;
         at += step) {
        ticks.push_back({at, tickLabel(at, step)});
    }
    return ticks;
}

} // namespace meshbone::ui
