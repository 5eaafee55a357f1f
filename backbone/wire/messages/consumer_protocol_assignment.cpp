// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/consumer_protocol_assignment.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_PAYLOAD(ConsumerProtocolAssignment)
} // namespace meshbone::backbone::wire
