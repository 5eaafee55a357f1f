// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/offset_commit.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(OffsetCommit)
} // namespace meshbone::backbone::wire
