// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace meshbone::catalog {

/// Standard base64 with padding (RFC 4648, section 4).
std::string toBase64(std::string_view bytes);
/// None unless `text` is exactly what toBase64 gives for some bytes.
std::optional<Bytes> fromBase64(std::string_view text);
std::string toHex(std::string_view bytes);
/// SHA-256 (FIPS 180-4): 32 bytes.
Bytes sha256(std::string_view bytes);

} // namespace meshbone::catalog
