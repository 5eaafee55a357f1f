// SPDX-License-Identifier: Apache-2.0
#include "replay/selector.h"

#include "replay/markers.h"

#include <algorithm>

namespace meshbone::backbone {

bool Selector::inWindow(const RecordView& record) const {
    if (const auto* time = std::get_if<TimeWindow>(&m_request.window)) {
        return record.timestampMs >= time->fromMs && record.timestampMs < time->toMs;
    }
    const auto& ranges = std::get<OffsetWindow>(m_request.window).ranges;
    const auto range = ranges.find(record.partition);
    return range != ranges.end() && record.offset >= range->second.first && record.offset < range->second.second;
}

bool Selector::matches(const RecordView& record) const {
    const auto& filter = m_request.filter;
    if (filter.keyEquals && record.key != std::string_view(*filter.keyEquals)) {
        return false;
    }
    if (filter.keyContains && (!record.key || record.key->find(*filter.keyContains) == std::string_view::npos)) {
        return false;
    }
    if (filter.headerName.empty()) {
        return true;
    }
    return std::ranges::any_of(record.headers, [&](const HeaderView& header) {
        return header.name == filter.headerName &&
               (!filter.headerEquals || header.value == std::string_view(*filter.headerEquals));
    });
}

Selector::Verdict Selector::judge(const RecordView& record) const {
    if (!inWindow(record)) {
        return Verdict::OutsideWindow;
    }
    if (!m_request.includeReplayed && isReplayed(record.headers)) {
        return Verdict::Replayed;
    }
    if (!matches(record)) {
        return Verdict::Filter;
    }
    return record.timestampMs > 0 ? Verdict::Replay : Verdict::Timestamp;
}

std::string_view Selector::reason(Verdict verdict) {
    switch (verdict) {
    case Verdict::Filter:
        return kLeftOutFilter;
    case Verdict::Replayed:
        return kLeftOutReplayed;
    case Verdict::Timestamp:
        return kLeftOutTimestamp;
    case Verdict::Replay:
    case Verdict::OutsideWindow:
        break;
    }
    return {};
}

} // namespace meshbone::backbone
