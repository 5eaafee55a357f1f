// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/api_versions.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(ApiVersions)
} // namespace meshbone::backbone::wire
