// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/fetch.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(Fetch)
} // namespace meshbone::backbone::wire
