// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/connection_notes.h"

#include <backbone/record.h>

namespace meshbone::backbone {

/// Why a partition can't be read on, as a sentence.
Error readError(int kafkaCode, const TopicPartition& at, std::string_view detail);

/// The cluster's refusal of our credentials, if that is what the connection's notes say.
std::optional<Error> refusedLogin(const ConnectionNotes& notes);

} // namespace meshbone::backbone
