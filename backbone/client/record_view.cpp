// SPDX-License-Identifier: Apache-2.0
#include "client/record_view.h"

namespace meshbone::backbone {

RecordView viewOf(const Record& record, std::vector<HeaderView>& headers) {
    headers.clear();
    for (const auto& header : record.headers) {
        headers.push_back({header.name, header.value ? std::optional<std::string_view>(*header.value) : std::nullopt});
    }
    RecordView view;
    view.partition = record.partition;
    view.offset = record.offset;
    view.timestampMs = record.timestampMs;
    view.timestampType = record.timestampType;
    if (record.key) {
        view.key = *record.key;
    }
    if (record.value) {
        view.value = *record.value;
    }
    view.headers = headers;
    return view;
}

Record copyOf(const RecordView& view, const std::string& topic) {
    Record record;
    record.topic = topic;
    record.partition = view.partition;
    record.offset = view.offset;
    record.timestampMs = view.timestampMs;
    record.timestampType = view.timestampType;
    if (view.key) {
        record.key.emplace(*view.key);
    }
    if (view.value) {
        record.value.emplace(*view.value);
    }
    record.headers.reserve(view.headers.size());
    for (const auto& header : view.headers) {
        record.headers.push_back(
            {std::string(header.name), header.value ? std::optional<Bytes>(*header.value) : std::nullopt});
    }
    return record;
}

} // namespace meshbone::backbone
