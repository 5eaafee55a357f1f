// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/produce.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(Produce)
} // namespace meshbone::backbone::wire
