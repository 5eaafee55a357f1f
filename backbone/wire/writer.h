// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/frame.h"

#include <backbone/types.h>

#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace meshbone::backbone::wire {

/// Bytes that an unsigned variable-length number takes.
constexpr std::size_t uvarintSize(std::uint32_t value) {
    return value == 0 ? 1 : (static_cast<std::size_t>(std::bit_width(value)) + 6) / 7;
}

/// First pass of encoding: counts. Has the same functions as Writer.
class Counter {
public:
    template <class Integer>
    void integer(Integer) {
        m_size += sizeof(Integer);
    }
    void uuid(const TopicId& id) { m_size += id.bytes.size(); }
    void uvarint(std::uint32_t value) { m_size += uvarintSize(value); }
    void octets(std::string_view bytes) { m_size += bytes.size(); }
    void records(const Records& records) { m_spliced += records.bytes.size(); }
    [[nodiscard]] std::size_t sizeBytes() const { return m_size + m_spliced; }
    [[nodiscard]] std::size_t splicedBytes() const { return m_spliced; }

private:
    std::size_t m_size = 0, m_spliced = 0;
};

/// Second pass: writes into a buffer that the first pass measured, so it never grows and a length that doesn't fit is a
/// bug of ours. Record bytes are noted, not copied.
class Writer {
public:
    /// `buffer` must outlive this object.
    explicit Writer(std::string& buffer, std::size_t at = 0)
        : m_buffer(buffer)
        , m_at(at) {}

    template <class Integer>
    void integer(Integer value) {
        if constexpr (sizeof(Integer) > 1 && std::endian::native == std::endian::little) {
            value = std::byteswap(value);
        }
        copy(&value, sizeof(Integer));
    }
    void uuid(const TopicId& id) { copy(id.bytes.data(), id.bytes.size()); }
    void uvarint(std::uint32_t value) {
        for (; value >= 0x80; value >>= 7) {
            integer(static_cast<std::uint8_t>(value | 0x80));
        }
        integer(static_cast<std::uint8_t>(value));
    }
    void octets(std::string_view bytes) { copy(bytes.data(), bytes.size()); }
    void records(const Records& records);

    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] std::vector<Frame::Splice> takeSplices() { return std::move(m_splices); }

private:
    void copy(const void* bytes, std::size_t size) {
        assert(size <= m_buffer.size() - m_at);
        if (size > 0) {
            std::memcpy(m_buffer.data() + m_at, bytes, size);
            m_at += size;
        }
    }

    std::string& m_buffer;
    std::size_t m_at;
    std::vector<Frame::Splice> m_splices;
};

} // namespace meshbone::backbone::wire
