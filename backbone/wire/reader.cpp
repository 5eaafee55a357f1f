// SPDX-License-Identifier: Apache-2.0
#include "wire/reader.h"

#include "wire/error_code.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace meshbone::backbone::wire {

Reader::Reader(std::string_view bytes)
    : m_left(bytes)
    , m_budget(std::min(kBudgetBytes, bytes.size() * kBudgetFactor + kBudgetFloorBytes)) {}

template <class U>
U Reader::fixed() {
    if (m_left.size() < sizeof(U)) {
        fail(fmt::format("{} bytes are needed, but {} are left", sizeof(U), m_left.size()));
        return 0;
    }
    U value;
    std::memcpy(&value, m_left.data(), sizeof(U));
    m_left.remove_prefix(sizeof(U));
    if constexpr (sizeof(U) > 1 && std::endian::native == std::endian::little) {
        value = std::byteswap(value);
    }
    return value;
}
template std::uint8_t Reader::fixed();
template std::uint16_t Reader::fixed();
template std::uint32_t Reader::fixed();
template std::uint64_t Reader::fixed();

TopicId Reader::uuid() {
    TopicId id;
    const auto bytes = take(id.bytes.size());
    if (ok()) {
        std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
    }
    return id;
}

std::uint32_t Reader::uvarint() {
    std::uint32_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        const auto octet = fixed<std::uint8_t>();
        if (shift == 28 && octet > 0x0f) {
            break; // more than 32 bits, or a sixth byte
        }
        value |= std::uint32_t{octet & 0x7fu} << shift;
        if ((octet & 0x80u) == 0) {
            return value;
        }
    }
    fail("a variable-length number does not fit in 32 bits");
    return 0;
}

std::string_view Reader::take(std::size_t size) {
    if (size > m_left.size()) {
        fail(fmt::format("{} bytes are announced, but {} are left", size, m_left.size()));
        return {};
    }
    const auto taken = m_left.substr(0, size);
    m_left.remove_prefix(size);
    return taken;
}

std::optional<std::string_view> Reader::octets(LengthKind kind) {
    std::int64_t length = 0;
    switch (kind) {
    case LengthKind::Int16:
        length = int16();
        break;
    case LengthKind::Int32:
        length = int32();
        break;
    case LengthKind::Compact:
        length = std::int64_t{uvarint()} - 1;
        break;
    }
    if (!ok()) {
        return std::string_view{};
    }
    if (length == -1) {
        return std::nullopt;
    }
    if (length < 0) {
        fail(fmt::format("the length {} is negative", length));
        return std::string_view{};
    }
    return take(static_cast<std::size_t>(length));
}

std::optional<std::size_t> Reader::count(LengthKind kind) {
    const std::int64_t count = kind == LengthKind::Compact ? std::int64_t{uvarint()} - 1 : std::int64_t{int32()};
    if (!ok()) {
        return 0;
    }
    if (count == -1) {
        return std::nullopt;
    }
    if (count < 0 || static_cast<std::uint64_t>(count) > m_left.size()) {
        fail(fmt::format("{} elements are announced, but {} bytes are left", count, m_left.size()));
        return 0;
    }
    return static_cast<std::size_t>(count);
}

bool Reader::charge(std::size_t sizeBytes) {
    if (sizeBytes > m_budget) {
        fail(fmt::format("{} bytes of memory are asked for, which is too much for a message of this size", sizeBytes));
        return false;
    }
    m_budget -= sizeBytes;
    return true;
}

void Reader::fail(std::string reason) {
    if (ok()) {
        m_reason = std::move(reason);
    }
    m_left = {};
}

void Reader::adoptFailure(Reader&& part) {
    if (!part.ok()) {
        fail(std::move(part.m_reason));
        m_field = m_field == nullptr ? part.m_field : m_field;
    }
}

void Reader::noteField(const char* name) {
    if (m_field == nullptr) {
        m_field = name;
    }
}

Error Reader::error(std::string_view what) const {
    const auto where = m_field == nullptr ? std::string() : fmt::format(" at '{}'", m_field);
    return Error{ErrorCode::Corrupt, fmt::format("The {} is malformed{}: {}.", what, where, m_reason),
                 static_cast<std::int16_t>(KafkaCode::InvalidRequest)};
}

} // namespace meshbone::backbone::wire
