// SPDX-License-Identifier: Apache-2.0
#include "broker/kafka_errors.h"

namespace meshbone::backbone::broker {

KafkaCode kafkaCodeOf(const Error& error) {
    if (error.kafkaCode != 0) {
        return KafkaCode{error.kafkaCode};
    }
    switch (error.code) {
    case ErrorCode::InvalidArgument:
        return KafkaCode::InvalidRequest;
    case ErrorCode::Exhausted:
    case ErrorCode::Io:
    case ErrorCode::Corrupt:
        return KafkaCode::KafkaStorageError;
    case ErrorCode::PermissionDenied:
        return KafkaCode::ClusterAuthorizationFailed;
    case ErrorCode::Timeout:
        return KafkaCode::RequestTimedOut;
    case ErrorCode::Unsupported:
        return KafkaCode::UnsupportedVersion;
    default:
        return KafkaCode::UnknownServerError;
    }
}

} // namespace meshbone::backbone::broker
