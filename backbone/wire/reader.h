// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace meshbone::backbone::wire {

/// How a text, a byte string or an array says its length.
enum class LengthKind : std::uint8_t { Int16, Int32, Compact };

/// Takes primitives from bytes that it borrows. Every length is checked against what is left before it is believed.
/// The first failure sticks: from then on everything reads as zero or empty, ok() is false and error() says why, so a
/// caller checks once at the end (and in loops). Also keeps the budget of memory that decoding may ask for.
class Reader {
public:
    /// Decoded arrays may take kBudgetFactor times the frame and kBudgetFloorBytes, but never more than kBudgetBytes.
    static constexpr std::size_t kBudgetFactor = 16, kBudgetFloorBytes = 64u << 10, kBudgetBytes = 64u << 20;

    explicit Reader(std::string_view bytes);

    bool boolean() { return fixed<std::uint8_t>() != 0; }
    std::int8_t int8() { return static_cast<std::int8_t>(fixed<std::uint8_t>()); }
    std::int16_t int16() { return static_cast<std::int16_t>(fixed<std::uint16_t>()); }
    std::int32_t int32() { return static_cast<std::int32_t>(fixed<std::uint32_t>()); }
    std::int64_t int64() { return static_cast<std::int64_t>(fixed<std::uint64_t>()); }
    TopicId uuid();
    /// At most five bytes and 32 bits, else the read fails.
    std::uint32_t uvarint();

    /// The octets behind a length; nullopt where the length says null.
    std::optional<std::string_view> octets(LengthKind kind);
    /// The number of elements of an array (kind Int32 or Compact); nullopt where it says null. Not more than bytes
    /// left, since no element takes less than one.
    std::optional<std::size_t> count(LengthKind kind);
    /// The next `size` bytes.
    std::string_view take(std::size_t size);

    /// Asks for memory; false and a failure when the budget is spent.
    bool charge(std::size_t sizeBytes);
    [[nodiscard]] std::size_t budget() const { return m_budget; }
    void setBudget(std::size_t sizeBytes) { m_budget = sizeBytes; }

    [[nodiscard]] bool ok() const { return m_reason.empty(); }
    [[nodiscard]] std::size_t left() const { return m_left.size(); }
    [[nodiscard]] std::string_view rest() const { return m_left; }

    void fail(std::string reason);
    /// Takes over the failure, if any, of a reader over a part of these bytes.
    void adoptFailure(Reader&& part);
    /// Names the field in which the first failure happened; later names are ignored.
    void noteField(const char* name);
    /// "The <what> is malformed at '<field>': <reason>." Meaningful when !ok(). Carries INVALID_REQUEST.
    [[nodiscard]] Error error(std::string_view what) const;

private:
    template <class U>
    U fixed();

    std::string_view m_left;
    std::size_t m_budget;
    std::string m_reason; ///< not empty: failed
    const char* m_field = nullptr;
};

} // namespace meshbone::backbone::wire
