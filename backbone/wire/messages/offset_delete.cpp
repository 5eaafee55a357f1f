// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/offset_delete.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(OffsetDelete)
} // namespace meshbone::backbone::wire
