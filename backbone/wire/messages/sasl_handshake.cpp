// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/sasl_handshake.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(SaslHandshake)
} // namespace meshbone::backbone::wire
