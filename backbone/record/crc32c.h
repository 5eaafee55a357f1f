// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace meshbone::backbone {

/// CRC-32C (Castagnoli, reflected 0x82F63B78, as RFC 3720): the processor's instruction in three interleaved lanes
/// where it has one, else slicing-by-8. Any thread.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

/// Both ways, for the test that they agree.
[[nodiscard]] bool crc32cHasHardware();
[[nodiscard]] std::uint32_t crc32cSoftware(std::string_view bytes);

} // namespace meshbone::backbone
