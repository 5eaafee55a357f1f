// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <string>
#include <string_view>

namespace meshbone::backbone {

/// The one place where librdkafka's codes become ours.
ErrorCode errorCodeOf(int kafkaCode);

/// An error of a request: "Could not <doing>: <why>." `doing` reads "create the topic 'orders'"; `detail` is the
/// broker's own text (a policy's words), empty if it gave none.
Error kafkaError(int kafkaCode, std::string_view doing, std::string_view detail = {});

/// An error of a connection, from librdkafka's text ("Connect to ipv4#127.0.0.1:9092 failed: …"), as a sentence.
Error connectionError(int kafkaCode, std::string_view text);

/// Whether waiting may help: the broker is away, a leader moves, a coordinator loads.
bool isPassing(int kafkaCode);

} // namespace meshbone::backbone
