// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <string_view>

namespace meshbone::backbone::broker {

/// The partition of __consumer_offsets that a group is stored in, as Kafka computes it: the absolute value of Java's
/// String.hashCode of the id, modulo the number of partitions.
Partition groupPartition(std::string_view group, std::int32_t partitions);

} // namespace meshbone::backbone::broker
