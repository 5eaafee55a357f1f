// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checked_producer.h"

#include <map>
#include <string>

namespace meshbone::crash {

/// What a topic holds: offset -> message number, for each partition.
using Holdings = std::map<int, std::map<std::int64_t, std::int64_t>>;

/// Reads a topic from its beginning to its end. Throws std::runtime_error when that does not work in a minute.
Holdings readAll(const std::string& bootstrap, const std::string& topic);

/// Whether a topic holds what the producer was told it holds: nothing that was acknowledged is missing or somewhere
/// else, nothing is there twice, every partition is in order and, of an idempotent producer, nothing at all is missing.
/// A sentence about the first thing that is wrong, or empty.
std::string verify(const CheckedProducer& producer, const Holdings& holdings);

} // namespace meshbone::crash
