// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to wire: how the C++ type of a member says what it is on the wire. Included by codec_impl.h only.

#include "wire/field.h"
#include "wire/frame.h"
#include "wire/reader.h"

#include <backbone/types.h>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace meshbone::backbone::wire::detail {

template <class T>
struct StrongRep {};
template <class Tag, class Rep>
struct StrongRep<Strong<Tag, Rep>> {
    using type = Rep;
};
template <class T>
concept StrongInteger = requires { typename StrongRep<T>::type; };

/// bool, integers, enums and strong integers: fixed size, big-endian.
template <class T>
concept Scalar = std::integral<T> || std::is_enum_v<T> || StrongInteger<T>;

/// Text or bytes; which of the two says the field's Spec.
template <class T>
concept Octets = std::same_as<T, std::string_view> || std::same_as<T, std::string>;

template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <Scalar T>
constexpr auto toInteger(T value) {
    if constexpr (StrongInteger<T>) {
        return value.value();
    } else if constexpr (std::same_as<T, bool>) {
        return static_cast<std::int8_t>(value ? 1 : 0);
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<std::underlying_type_t<T>>(value);
    } else {
        return value;
    }
}
template <Scalar T>
using WireInteger = decltype(toInteger(T{}));

template <Scalar T>
constexpr T fromInteger(WireInteger<T> value) {
    if constexpr (std::same_as<T, bool>) {
        return value != 0;
    } else {
        return static_cast<T>(value);
    }
}

/// Whether a tagged field has its default, that is, is left out.
template <class Struct, class T>
bool isDefault(const Struct& value, T Struct::*member) {
    if constexpr (kIsOptional<T>) {
        return !(value.*member).has_value();
    } else if constexpr (kIsVector<T>) {
        return (value.*member).empty();
    } else {
        static const Struct kDefault{};
        return value.*member == kDefault.*member;
    }
}

inline constexpr std::size_t kMaxTextBytes = 32767;

/// Text that a length of 16 bits can't say is cut; see encodeBody.
inline std::string_view sayable(std::string_view value, const Spec& spec) {
    return spec.isBytes ? value : value.substr(0, kMaxTextBytes);
}

inline LengthKind lengthKind(const Layout& layout, const Spec& spec) {
    if (layout.flexible) {
        return LengthKind::Compact;
    }
    return spec.isBytes ? LengthKind::Int32 : LengthKind::Int16;
}

inline LengthKind countKind(const Layout& layout) {
    return layout.flexible ? LengthKind::Compact : LengthKind::Int32;
}

/// The layout of a version of a message.
template <class M>
Layout layoutOf(Version version) {
    return {.version = version, .flexible = version >= M::kFlexibleFrom};
}

} // namespace meshbone::backbone::wire::detail
