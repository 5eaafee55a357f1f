// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/leave_group.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(LeaveGroup)
} // namespace meshbone::backbone::wire
