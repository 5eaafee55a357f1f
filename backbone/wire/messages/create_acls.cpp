// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/create_acls.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(CreateAcls)
} // namespace meshbone::backbone::wire
