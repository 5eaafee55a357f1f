// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/heartbeat.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(Heartbeat)
} // namespace meshbone::backbone::wire
