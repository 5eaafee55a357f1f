// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/create_topics.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(CreateTopics)
} // namespace meshbone::backbone::wire
