// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/offset_for_leader_epoch.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(OffsetForLeaderEpoch)
} // namespace meshbone::backbone::wire
