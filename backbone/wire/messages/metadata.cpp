// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/metadata.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(Metadata)
} // namespace meshbone::backbone::wire
