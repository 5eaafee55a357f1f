// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace meshbone::catalog {

// The ledger's JSON has one spelling for each value, so that a signature is over the value and not over a spelling:
// UTF-8, no blanks, the keys of an object in the order of their bytes, integers of 64 bits and no other numbers,
// escapes only where RFC 8259 demands them. (As RFC 8785, but for the order of keys beyond ASCII, which is by UTF-16
// there.)

inline constexpr std::size_t kMaxEntryBytes = 256u << 10;
inline constexpr std::size_t kMaxNesting = 16;

/// Parses an object. Fails with InvalidArgument, in a sentence that is the same on every machine; bounded in time,
/// memory and depth. Whether the spelling was canonical, the caller finds by canonicalText.
Result<nlohmann::json> parseObject(std::string_view text, std::size_t mostBytes = kMaxEntryBytes);
/// The canonical spelling. Fails with InvalidArgument when a text isn't UTF-8 or a number not an integer.
Result<std::string> canonicalText(const nlohmann::json& json);

} // namespace meshbone::catalog
