// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/offset_fetch.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(OffsetFetch)
} // namespace meshbone::backbone::wire
