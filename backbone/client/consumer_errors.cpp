// SPDX-License-Identifier: Apache-2.0
#include "client/consumer_errors.h"

#include "client/kafka_errors.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

namespace meshbone::backbone {

Error readError(int code, const TopicPartition& at, std::string_view detail) {
    if (code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET || code == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE) {
        return {ErrorCode::NotFound,
                fmt::format(
                    "Partition {} of '{}' no longer has the offset that was asked for; retention may have removed it.",
                    at.partition.value(), at.topic),
                RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE};
    }
    const auto doing = at.topic.empty() ? std::string("read")
                                        : fmt::format("read partition {} of '{}'", at.partition.value(), at.topic);
    return kafkaError(code, doing, detail);
}

std::optional<Error> refusedLogin(const ConnectionNotes& notes) {
    if (auto trouble = notes.lastTrouble(); trouble && trouble->error.code == ErrorCode::PermissionDenied) {
        return std::move(trouble->error);
    }
    return std::nullopt;
}

} // namespace meshbone::backbone
