// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace meshbone::catalog::avro {

/// Reads Avro's binary encoding. A read past the end or of a number that is too long makes it not ok, and every later
/// read returns nothing. Little-endian machines only, as the rest of Meshbone.
class BinaryReader {
public:
    explicit BinaryReader(std::string_view bytes)
        : m_bytes(bytes) {}

    [[nodiscard]] bool isOk() const { return m_isOk; }
    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }
    void spoil() { m_isOk = false; }

    /// A zigzag varint of at most ten bytes.
    std::int64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (m_at >= m_bytes.size()) {
                break;
            }
            const auto byte = static_cast<std::uint8_t>(m_bytes[m_at++]);
            value |= shift < 64 ? static_cast<std::uint64_t>(byte & 0x7F) << shift : 0;
            if (byte < 0x80) {
                return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
            }
        }
        m_isOk = false;
        return 0;
    }
    std::string_view raw(std::int64_t size) {
        if (!m_isOk || size < 0 || static_cast<std::uint64_t>(size) > left()) {
            m_isOk = false;
            return {};
        }
        const auto piece = m_bytes.substr(m_at, static_cast<std::size_t>(size));
        m_at += piece.size();
        return piece;
    }
    template <class T>
    T number() {
        static_assert(std::endian::native == std::endian::little);
        T value{};
        if (const auto piece = raw(sizeof(T)); piece.size() == sizeof(T)) {
            std::memcpy(&value, piece.data(), sizeof(T));
        }
        return value;
    }

private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
    bool m_isOk = true;
};

inline void appendVarint(std::string& out, std::int64_t value) {
    auto bits = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
    while (bits >= 0x80) {
        out += static_cast<char>((bits & 0x7F) | 0x80);
        bits >>= 7;
    }
    out += static_cast<char>(bits);
}

template <class T>
void appendNumber(std::string& out, T value) {
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    out.append(bytes, sizeof(T));
}

} // namespace meshbone::catalog::avro
