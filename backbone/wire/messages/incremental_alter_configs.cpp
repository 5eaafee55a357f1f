// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/incremental_alter_configs.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(IncrementalAlterConfigs)
} // namespace meshbone::backbone::wire
