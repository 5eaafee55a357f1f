// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/alter_user_scram_credentials.h"

#include "wire/codec_impl.h"

namespace meshbone::backbone::wire {
MESHBONE_WIRE_API(AlterUserScramCredentials)
} // namespace meshbone::backbone::wire
