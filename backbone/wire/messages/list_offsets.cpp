// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/list_offsets.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(ListOffsets)
} // namespace meshbone::backbone::wire
