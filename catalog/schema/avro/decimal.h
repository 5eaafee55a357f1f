// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace meshbone::catalog::avro {

inline constexpr std::size_t kMaxDecimalBytes = 420; ///< a thousand digits

/// Two's complement, most significant byte first, as a decimal number with `scale` digits after the point. Nothing for
/// more than kMaxDecimalBytes.
std::optional<std::string> decimalText(std::string_view bytes, int scale);
/// The inverse: the fewest bytes that hold it, or `sizeBytes` where that isn't zero. Nothing if it is no number, has
/// more than `scale` digits after the point, more than `precision` in all, or doesn't fit.
std::optional<std::string> decimalBytes(std::string_view text, int precision, int scale, std::size_t sizeBytes);

} // namespace meshbone::catalog::avro
