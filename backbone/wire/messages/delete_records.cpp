// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/delete_records.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(DeleteRecords)
} // namespace meshbone::backbone::wire
