// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/find_coordinator.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(FindCoordinator)
} // namespace meshbone::backbone::wire
