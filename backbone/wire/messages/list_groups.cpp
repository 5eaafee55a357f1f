// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/list_groups.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(ListGroups)
} // namespace meshbone::backbone::wire
