// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/join_group.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(JoinGroup)
} // namespace meshbone::backbone::wire
