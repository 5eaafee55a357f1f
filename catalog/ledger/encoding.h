// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <string>
#include <string_view>

namespace meshbone::catalog {

std::string toHex(std::string_view bytes);
/// SHA-256 (FIPS 180-4): 32 bytes.
Bytes sha256(std::string_view bytes);

} // namespace meshbone::catalog
