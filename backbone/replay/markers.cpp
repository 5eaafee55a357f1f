// SPDX-License-Identifier: Apache-2.0
#include "replay/markers.h"

#include <algorithm>
#include <charconv>

namespace meshbone::backbone {

namespace {

template <class Number>
std::optional<Number> numberOf(const HeaderView& header, std::string_view name) {
    if (header.name != name || !header.value) {
        return std::nullopt;
    }
    Number number{};
    const auto* end = header.value->data() + header.value->size();
    const auto [rest, problem] = std::from_chars(header.value->data(), end, number);
    return problem == std::errc{} && rest == end ? std::optional(number) : std::nullopt;
}

} // namespace

bool isReplayed(std::span<const HeaderView> headers) {
    return std::ranges::any_of(headers, [](const HeaderView& header) { return header.name == kRunHeader; });
}

Markers::Markers(std::string run, std::string topic)
    : m_run(std::move(run))
    , m_topic(std::move(topic)) {
    m_headers[0] = {kRunHeader, m_run};
    m_headers[1] = {kTopicHeader, m_topic};
    m_headers[2].name = kPartitionHeader;
    m_headers[3].name = kOffsetHeader;
    m_headers[4].name = kTimestampHeader;
}

std::span<const HeaderView> Markers::of(const RecordView& record) {
    const std::array<std::int64_t, 3> values{record.partition.value(), record.offset.value(), record.timestampMs};
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto& text = m_numbers[i];
        const auto end = std::to_chars(text.data(), text.data() + text.size(), values[i]).ptr;
        m_headers[2 + i].value = std::string_view(text.data(), static_cast<std::size_t>(end - text.data()));
    }
    return m_headers;
}

std::optional<MarkedOrigin> originOf(std::span<const HeaderView> headers, std::string_view run) {
    if (headers.size() < kMarkerCount) {
        return std::nullopt;
    }
    const auto markers = headers.last(kMarkerCount);
    if (markers[0].name != kRunHeader || markers[0].value != run) {
        return std::nullopt;
    }
    const auto partition = numberOf<std::int32_t>(markers[2], kPartitionHeader);
    const auto offset = numberOf<std::int64_t>(markers[3], kOffsetHeader);
    if (!partition || !offset) {
        return std::nullopt;
    }
    return MarkedOrigin{Partition(*partition), Offset(*offset)};
}

} // namespace meshbone::backbone
