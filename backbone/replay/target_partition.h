// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/record_view.h"

namespace meshbone::backbone {

/// Where a replayed record goes. The same partition where that is asked for and the target has it; else by key as
/// Kafka's own clients do (murmur2), and records without a key by their partition of origin, so that their order is
/// kept.
Partition targetPartition(const RecordView& record, std::int32_t targetPartitions, bool keepPartition);

/// Kafka's hash of keys: Austin Appleby's MurmurHash2, 32 bits, with the seed that Kafka uses.
std::uint32_t murmur2(std::string_view bytes);

} // namespace meshbone::backbone
