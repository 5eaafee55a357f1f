// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/record.h>

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

/// A header whose bytes belong to somebody else.
struct HeaderView {
    std::string_view name;
    std::optional<std::string_view> value;
};

/// A record whose bytes belong to somebody else (a fetch buffer): valid only as long as the call that hands it out.
struct RecordView {
    Partition partition{-1};
    Offset offset = kNoOffset;
    TimestampMs timestampMs = -1;
    TimestampType timestampType = TimestampType::None;
    std::optional<std::string_view> key;
    std::optional<std::string_view> value;
    std::span<const HeaderView> headers;

    /// Bytes of key, value and headers.
    [[nodiscard]] std::size_t sizeBytes() const {
        std::size_t size = (key ? key->size() : 0) + (value ? value->size() : 0);
        for (const auto& header : headers) {
            size += header.name.size() + (header.value ? header.value->size() : 0);
        }
        return size;
    }
};

/// A record as a view; `headers` is scratch that the view points into.
RecordView viewOf(const Record& record, std::vector<HeaderView>& headers);

/// A copy that stands on its own.
Record copyOf(const RecordView& view, const std::string& topic);

} // namespace meshbone::backbone
