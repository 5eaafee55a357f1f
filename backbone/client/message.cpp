// SPDX-License-Identifier: Apache-2.0
#include "client/message.h"

namespace meshbone::backbone {

namespace {

/// librdkafka tells null from empty by the pointer: null has none.
std::optional<std::string_view> bytesOf(const void* data, std::size_t size) {
    if (data == nullptr) {
        return std::nullopt;
    }
    return std::string_view(static_cast<const char*>(data), size);
}

} // namespace

RecordView viewOf(const rd_kafka_message_t& message, std::vector<HeaderView>& headers) {
    RecordView view;
    view.partition = Partition(message.partition);
    view.offset = Offset(message.offset);
    view.key = bytesOf(message.key, message.key_len);
    view.value = bytesOf(message.payload, message.len);
    rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
    view.timestampMs = rd_kafka_message_timestamp(&message, &type);
    view.timestampType = type == RD_KAFKA_TIMESTAMP_CREATE_TIME       ? TimestampType::CreateTime
                         : type == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME ? TimestampType::LogAppendTime
                                                                      : TimestampType::None;
    headers.clear();
    rd_kafka_headers_t* list = nullptr;
    if (rd_kafka_message_headers(&message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR) {
        const char* name = nullptr;
        const void* value = nullptr;
        std::size_t size = 0;
        for (std::size_t i = 0; rd_kafka_header_get_all(list, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
             ++i) {
            headers.push_back({name, bytesOf(value, size)});
        }
    }
    view.headers = headers;
    return view;
}

} // namespace meshbone::backbone
