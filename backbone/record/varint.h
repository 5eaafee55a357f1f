// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone {

/// A position in borrowed bytes that never passes their end. Every take fails for good once something was missing.
class ByteCursor {
public:
    explicit ByteCursor(std::string_view bytes)
        : m_at(bytes.data())
        , m_end(bytes.data() + bytes.size()) {}

    [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(m_end - m_at); }
    [[nodiscard]] const char* position() const { return m_at; }

    /// A zigzag varint of up to 32 bits, as records use it (protobuf's sint32); none if truncated or too long.
    std::optional<std::int32_t> takeVarint() {
        const auto raw = takeUnsigned(5);
        if (!raw || *raw > UINT32_MAX) {
            return std::nullopt;
        }
        const auto value = static_cast<std::uint32_t>(*raw);
        return static_cast<std::int32_t>((value >> 1) ^ (~(value & 1) + 1));
    }
    std::optional<std::int64_t> takeVarlong() {
        const auto raw = takeUnsigned(10);
        if (!raw) {
            return std::nullopt;
        }
        return static_cast<std::int64_t>((*raw >> 1) ^ (~(*raw & 1) + 1));
    }
    std::optional<char> takeByte() {
        if (m_at == m_end) {
            return std::nullopt;
        }
        return *m_at++;
    }
    std::optional<std::string_view> take(std::size_t size) {
        if (size > left()) {
            return std::nullopt;
        }
        const std::string_view bytes(m_at, size);
        m_at += size;
        return bytes;
    }

private:
    std::optional<std::uint64_t> takeUnsigned(int maxBytes) {
        std::uint64_t value = 0;
        for (int i = 0; i < maxBytes && m_at != m_end; ++i) {
            const auto byte = static_cast<std::uint8_t>(*m_at++);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
            if ((byte & 0x80) == 0) {
                return value;
            }
        }
        return std::nullopt;
    }

    const char* m_at;
    const char* m_end;
};

inline void putUnsignedVarint(std::string& to, std::uint64_t value) {
    while (value >= 0x80) {
        to.push_back(static_cast<char>((value & 0x7F) | 0x80));
        value >>= 7;
    }
    to.push_back(static_cast<char>(value));
}

/// Zigzag, for 32 and 64 bits alike: a value that fits in 32 bits has the same bytes either way.
inline void putVarint(std::string& to, std::int64_t value) {
    putUnsignedVarint(to, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

} // namespace meshbone::backbone
