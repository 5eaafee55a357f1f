// SPDX-License-Identifier: Apache-2.0
#include "client/kafka_errors.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

namespace meshbone::backbone {

namespace {

/// A broker's code goes to the caller; librdkafka's own (below -1) mean nothing outside of it.
std::int16_t protocolCode(int code) {
    return code >= -1 ? static_cast<std::int16_t>(code) : std::int16_t{0};
}

std::string withoutFullStop(std::string_view text) {
    while (!text.empty() && (text.back() == '.' || text.back() == ' ' || text.back() == '\n')) {
        text.remove_suffix(1);
    }
    return std::string(text);
}

/// librdkafka's text without its "Broker: " or "Local: ".
std::string plainText(int code) {
    std::string_view text = rd_kafka_err2str(static_cast<rd_kafka_resp_err_t>(code));
    for (const std::string_view prefix : {"Broker: ", "Local: "}) {
        if (text.starts_with(prefix)) {
            text.remove_prefix(prefix.size());
        }
    }
    return withoutFullStop(text);
}

std::string why(int code) {
    switch (code) {
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_ID:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR__NOENT: // what ListOffsets answers when no partition has a leader
        return "there is no such topic or partition (or this user may not see it)";
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
        return "a topic of this name exists already";
    case RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND:
        return "there is no such consumer group";
    case RD_KAFKA_RESP_ERR_NON_EMPTY_GROUP:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR_GROUP_SUBSCRIBED_TO_TOPIC:
        return "the consumer group is in use; stop its consumers first";
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        return "this user is not allowed to do that on the topic";
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        return "this user is not allowed to do that on the group";
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        return "this user is not allowed to do that on the cluster";
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
        return "the broker did not accept the user and password";
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
        return "no answer came in time";
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
        return "no broker can be reached";
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
        return "too many records wait to be sent";
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
        return "the record is larger than the topic allows (max.message.bytes)";
    case RD_KAFKA_RESP_ERR_INVALID_RECORD:
        return "the broker doesn't take it as it is: it isn't as the topic's schema says, or has no key where the "
               "topic keeps "
               "the last of each key";
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
        return "this cluster does not offer it";
    default:
        return plainText(code);
    }
}

/// "host:port" of texts such as "sasl_plaintext://127.0.0.1:9092/bootstrap: Connect to ipv4#127.0.0.1:9092 failed" and
/// "127.0.0.1:9092/1: Disconnected".
std::string endpointOf(std::string_view text) {
    if (const auto scheme = text.find("://"); scheme != std::string_view::npos) {
        text.remove_prefix(scheme + 3);
    }
    text = text.substr(0, text.find('/'));
    const auto colon = text.rfind(':');
    const bool endpoint = colon != std::string_view::npos && colon + 1 < text.size() &&
                          text.find(' ') == std::string_view::npos &&
                          text.find_first_not_of("0123456789", colon + 1) == std::string_view::npos;
    return endpoint ? std::string(text) : "the broker";
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace

ErrorCode errorCodeOf(int code) {
    switch (code) {
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR__UNKNOWN_GROUP:
    case RD_KAFKA_RESP_ERR__NOENT:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_ID:
    case RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND:
    case RD_KAFKA_RESP_ERR_RESOURCE_NOT_FOUND:
        return ErrorCode::NotFound;
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
        return ErrorCode::AlreadyExists;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_DELEGATION_TOKEN_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
        return ErrorCode::PermissionDenied;
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICA_ASSIGNMENT:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_INVALID_REQUEST:
    case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
    case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP:
    case RD_KAFKA_RESP_ERR_INVALID_RECORD:
    case RD_KAFKA_RESP_ERR_INVALID_GROUP_ID:
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
    case RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE:
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
        return ErrorCode::InvalidArgument;
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
        return ErrorCode::Timeout;
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_COMPRESSION_TYPE:
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
        return ErrorCode::Unsupported;
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
    case RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED:
        return ErrorCode::Exhausted;
    case RD_KAFKA_RESP_ERR_NON_EMPTY_GROUP:
    case RD_KAFKA_RESP_ERR_GROUP_SUBSCRIBED_TO_TOPIC:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR__FENCED:
    case RD_KAFKA_RESP_ERR__CONFLICT:
    case RD_KAFKA_RESP_ERR__STATE:
    case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
        return ErrorCode::Conflict;
    case RD_KAFKA_RESP_ERR__BAD_MSG:
    case RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
    case RD_KAFKA_RESP_ERR_INVALID_MSG:
        return ErrorCode::Corrupt;
    case RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR:
    case RD_KAFKA_RESP_ERR_LOG_DIR_NOT_FOUND:
        return ErrorCode::Io;
    case RD_KAFKA_RESP_ERR__DESTROY:
    case RD_KAFKA_RESP_ERR__INTR:
    case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
    case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
        return ErrorCode::Cancelled;
    default:
        return ErrorCode::Unavailable;
    }
}

Error kafkaError(int code, std::string_view doing, std::string_view detail) {
    auto reason = why(code);
    const auto more = withoutFullStop(detail);
    // The broker's own words are worth more than ours where it has some: a policy explains itself in them.
    if (!more.empty() && more != plainText(code) &&
        !contains(more, rd_kafka_err2str(static_cast<rd_kafka_resp_err_t>(code)))) {
        const bool policy = errorCodeOf(code) == ErrorCode::InvalidArgument;
        reason = policy ? more : fmt::format("{} ({})", reason, more);
    }
    return Error{errorCodeOf(code), fmt::format("Could not {}: {}.", doing, reason), protocolCode(code)};
}

Error connectionError(int code, std::string_view text) {
    const auto endpoint = endpointOf(text);
    if (code == RD_KAFKA_RESP_ERR__AUTHENTICATION || contains(text, "Authentication failed") ||
        contains(text, "SASL authentication error")) {
        if (contains(text, "not enabled") || contains(text, "mechanism handshake failed")) {
            return {ErrorCode::PermissionDenied,
                    fmt::format("{} does not offer this way to log in (SASL mechanism); choose another in the profile.",
                                endpoint)};
        }
        return {ErrorCode::PermissionDenied,
                fmt::format("{} did not accept the user and password of the profile.", endpoint)};
    }
    if (contains(text, "Connection refused")) {
        return {ErrorCode::Unavailable, fmt::format("{} refused the connection; is the backbone running?", endpoint)};
    }
    if (code == RD_KAFKA_RESP_ERR__RESOLVE) {
        return {ErrorCode::Unavailable,
                fmt::format("The address {} can't be resolved; check its spelling and the network.", endpoint)};
    }
    if (contains(text, "certificate verify failed")) {
        return {
            ErrorCode::Unavailable,
            fmt::format("The certificate of {} was not accepted; check the profile's CA file and address.", endpoint)};
    }
    if (contains(text, "alert certificate required")) {
        return {ErrorCode::PermissionDenied,
                fmt::format("{} asks for a certificate; the profile names none.", endpoint)};
    }
    if (contains(text, "security.protocol") ||
        (contains(text, "Disconnected") && contains(text, "state SSL_HANDSHAKE"))) {
        return {ErrorCode::Unavailable, fmt::format("{} hung up at once; the profile's security protocol probably "
                                                    "isn't the one it expects.",
                                                    endpoint)};
    }
    if (code == RD_KAFKA_RESP_ERR__SSL) {
        return {ErrorCode::Unavailable,
                fmt::format("No secure connection to {}: {}.", endpoint, withoutFullStop(text))};
    }
    if (contains(text, "timed out")) {
        return {ErrorCode::Unavailable,
                fmt::format("{} does not answer; is the address right and the network up?", endpoint)};
    }
    if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
        return {ErrorCode::Unavailable, "No broker can be reached; is the backbone running?"};
    }
    return {errorCodeOf(code), fmt::format("The connection to {} failed: {}.", endpoint, withoutFullStop(text))};
}

bool isPassing(int code) {
    switch (code) {
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__WAIT_COORD:
    case RD_KAFKA_RESP_ERR__WAIT_CACHE:
    case RD_KAFKA_RESP_ERR__RETRY:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
    case RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH:
    case RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH:
    case RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR:
        return true;
    default:
        return false;
    }
}

} // namespace meshbone::backbone
