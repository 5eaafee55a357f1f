// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::catalog {

/// A sum over values by which damage is noticed, and one record told from another: eight bytes a step, since whole
/// registries are summed when they are read. Not against who wants to deceive, and not the same on every machine: what
/// is kept with it is built again where it doesn't match.
class ContentSum {
public:
    void add(std::int64_t number) { mix(static_cast<std::uint64_t>(number)); }
    void add(std::string_view bytes) {
        mix(bytes.size());
        for (; bytes.size() >= sizeof(std::uint64_t); bytes.remove_prefix(sizeof(std::uint64_t))) {
            mix(word(bytes, sizeof(std::uint64_t)));
        }
        mix(word(bytes, bytes.size()));
    }
    void add(const std::string& bytes) { add(std::string_view(bytes)); }
    void add(const std::optional<std::string>& bytes) {
        mix(bytes ? 1 : 0);
        add(bytes ? std::string_view(*bytes) : std::string_view());
    }
    [[nodiscard]] std::int64_t value() const { return std::bit_cast<std::int64_t>(m_sum); }

private:
    static std::uint64_t word(std::string_view bytes, std::size_t count) {
        std::uint64_t read = 0;
        if (count > 0) {
            std::memcpy(&read, bytes.data(), count);
        }
        return read;
    }
    void mix(std::uint64_t word) {
        m_sum = (m_sum ^ word) * 0x9E37'79B9'7F4A'7C15U;
        m_sum ^= m_sum >> 32U;
    }
    std::uint64_t m_sum = 0x6d65'7368'626f'6e65U; // not zero: nothing has a sum too
};

template <class... Values>
std::int64_t sumOf(const Values&... values) {
    ContentSum sum;
    (sum.add(values), ...);
    return sum.value();
}

} // namespace meshbone::catalog
