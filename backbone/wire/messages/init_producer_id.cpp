// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/init_producer_id.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(InitProducerId)
} // namespace meshbone::backbone::wire
