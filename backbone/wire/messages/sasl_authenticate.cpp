// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/sasl_authenticate.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(SaslAuthenticate)
} // namespace meshbone::backbone::wire
