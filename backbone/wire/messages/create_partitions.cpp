// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/create_partitions.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(CreatePartitions)
} // namespace meshbone::backbone::wire
