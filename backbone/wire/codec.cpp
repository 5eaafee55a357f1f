// SPDX-License-Identifier: Apache-2.0
#include "wire/codec_impl.h"

#include <fmt/core.h>

namespace meshbone::backbone::wire::detail {

Error unsupportedVersion(const char* name, Version version, Versions known) {
    return Error{
        ErrorCode::Unsupported,
        fmt::format("Version {} of {} is not supported; versions {} to {} are.", version, name, known.min, known.max),
        static_cast<std::int16_t>(KafkaCode::UnsupportedVersion)};
}

} // namespace meshbone::backbone::wire::detail
