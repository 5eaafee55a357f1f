// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/describe_configs.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(DescribeConfigs)
} // namespace meshbone::backbone::wire
