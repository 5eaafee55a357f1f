// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone::sasl {

/// What both sides of SCRAM write into their messages and take out of them (RFC 5802, section 7). Pure functions.

inline constexpr std::size_t kScramNonceBytes = 24;
/// No side needs longer ones; a longer message is nobody's login.
inline constexpr std::size_t kMaxScramMessageBytes = 4'096;

/// Cuts the next "x=value" off a message; none when it doesn't start with the attribute.
std::optional<std::string_view> scramAttribute(std::string_view& message, char name);

/// A name with ',' as "=2C" and '=' as "=3D".
std::string scramEscaped(std::string_view name);
/// The name again; none when '=' stands for something else.
std::optional<std::string> scramUnescaped(std::string_view name);

/// Of two of one length.
std::string xorOf(std::string_view a, std::string_view b);

} // namespace meshbone::backbone::sasl
