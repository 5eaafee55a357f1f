// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace meshbone {

/// Standard base64 with padding (RFC 4648, section 4). Any thread may call both.
std::string toBase64(std::string_view bytes);
/// None unless `text` is exactly what toBase64 gives for some bytes: no blanks, no missing padding, no stray bits.
std::optional<Bytes> fromBase64(std::string_view text);

} // namespace meshbone
