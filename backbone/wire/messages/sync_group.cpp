// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/sync_group.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(SyncGroup)
} // namespace meshbone::backbone::wire
