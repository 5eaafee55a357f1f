// SPDX-License-Identifier: Apache-2.0
#include "replay/selector.h"

#include "replay/markers.h"

#include <algorithm>

namespace meshbone::backbone {

Selector::Selector(const ReplayRequest& request)
    : m_request(request)
    , m_time(std::get_if<TimeWindow>(&request.window))
    , m_offsets(std::get_if<OffsetWindow>(&request.window)) {}

bool Selector::inWindow(const RecordView& record) const {
    if (m_time != nullptr) {
        return record.timestampMs >= m_time->fromMs && record.timestampMs < m_time->toMs;
    }
    const auto range = m_offsets->ranges.find(record.partition);
    return range != m_offsets->ranges.end() && record.offset >= range->second.first &&
           record.offset < range->second.second;
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
