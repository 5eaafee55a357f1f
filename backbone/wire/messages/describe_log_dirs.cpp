// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/describe_log_dirs.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(DescribeLogDirs)
} // namespace meshbone::backbone::wire
