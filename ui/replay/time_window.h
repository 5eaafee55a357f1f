// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <QString>

#include <vector>

namespace meshbone::ui {

/// [fromMs, toMs) of event time.
struct WindowMs {
    TimestampMs fromMs = 0, toMs = 0;
    [[nodiscard]] bool isEmpty() const { return toMs <= fromMs; }
    [[nodiscard]] TimestampMs span() const { return toMs - fromMs; }
    friend bool operator==(const WindowMs&, const WindowMs&) = default;
};

/// The step to which a window's edges snap when it is brushed where a bar is `bucketMs` wide: a round time of about a
/// quarter of it.
TimestampMs snapStep(TimestampMs bucketMs);
TimestampMs snapTo(TimestampMs timeMs, TimestampMs stepMs);

/// A tick of a time axis: where, and what it says.
struct TimeTick {
    TimestampMs atMs = 0;
    QString label;
};
/// Between four and about twelve round ticks of a range, in the window's zone.
std::vector<TimeTick> timeTicks(const WindowMs& range);

} // namespace meshbone::ui
