// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/record_view.h"

#include <array>
#include <string>
#include <string_view>

namespace meshbone::backbone {

/// The headers that a replay adds behind a record's own, in this order. All values are text; numbers are decimal.
inline constexpr std::string_view kRunHeader = "meshbone.replay.run";
inline constexpr std::string_view kTopicHeader = "meshbone.replay.topic";
inline constexpr std::string_view kPartitionHeader = "meshbone.replay.partition";
inline constexpr std::string_view kOffsetHeader = "meshbone.replay.offset";
inline constexpr std::string_view kTimestampHeader = "meshbone.replay.timestamp";
inline constexpr std::size_t kMarkerCount = 5;

/// Whether a replay wrote this record.
bool isReplayed(std::span<const HeaderView> headers);

/// The markers of one record after another of a run; the headers handed out are valid until the next call.
class Markers {
public:
    Markers(std::string run, std::string topic);
    std::span<const HeaderView> of(const RecordView& record);

private:
    std::string m_run;
    std::string m_topic;
    std::array<std::array<char, 24>, 3> m_numbers{};
    std::array<HeaderView, kMarkerCount> m_headers;
};

/// What the markers of a record say, if its last headers are those of this run.
struct MarkedOrigin {
    Partition partition{-1};
    Offset offset = kNoOffset;
};
std::optional<MarkedOrigin> originOf(std::span<const HeaderView> headers, std::string_view run);

} // namespace meshbone::backbone
