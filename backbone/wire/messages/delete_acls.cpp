// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/delete_acls.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(DeleteAcls)
} // namespace meshbone::backbone::wire
