// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/error_code.h"

#include <backbone/error.h>

namespace meshbone::backbone::broker {

using wire::KafkaCode;

/// The protocol's code for an error: its own where it has one, else the one that fits its kind.
KafkaCode kafkaCodeOf(const Error& error);

/// An error with the protocol's code, for functions that return a Result.
inline std::unexpected<Error> refuse(KafkaCode code, std::string sentence,
                                     ErrorCode kind = ErrorCode::InvalidArgument) {
    return fail(kind, std::move(sentence), static_cast<std::int16_t>(code));
}

} // namespace meshbone::backbone::broker
