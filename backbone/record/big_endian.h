// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <concepts>
#include <cstring>
#include <type_traits>

namespace meshbone::backbone {

/// Reads an integer of the network's byte order. The caller has checked that sizeof(T) bytes are there.
template <std::integral T>
[[nodiscard]] inline T loadBigEndian(const char* from) {
    std::make_unsigned_t<T> value;
    std::memcpy(&value, from, sizeof value);
    if constexpr (std::endian::native == std::endian::little && sizeof(T) > 1) {
        value = std::byteswap(value);
    }
    return static_cast<T>(value);
}

/// Writes an integer in the network's byte order; there must be room for sizeof(T) bytes.
template <std::integral T>
inline void storeBigEndian(char* to, T number) {
    auto value = static_cast<std::make_unsigned_t<T>>(number);
    if constexpr (std::endian::native == std::endian::little && sizeof(T) > 1) {
        value = std::byteswap(value);
    }
    std::memcpy(to, &value, sizeof value);
}

} // namespace meshbone::backbone
