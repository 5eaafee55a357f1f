// SPDX-License-Identifier: Apache-2.0
#include "log/offset_map.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <random>

namespace meshbone::backbone {
namespace {

std::uint64_t randomWord() {
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32) | device();
}

// SipHash (Aumasson, Bernstein 2012) with 128 bits of output.
class Sip {
public:
    Sip(std::uint64_t key0, std::uint64_t key1)
        : m_v{key0 ^ 0x736f6d6570736575, key1 ^ 0x646f72616e646f6d ^ 0xee, key0 ^ 0x6c7967656e657261,
              key1 ^ 0x7465646279746573} {}
    void absorb(std::uint64_t word) {
        m_v[3] ^= word;
        rounds(2);
        m_v[0] ^= word;
    }
    std::uint64_t squeeze(std::size_t lane, std::uint64_t tweak) {
        m_v[lane] ^= tweak;
        rounds(4);
        return m_v[0] ^ m_v[1] ^ m_v[2] ^ m_v[3];
    }

private:
    void rounds(int count) {
        for (int i = 0; i < count; ++i) {
            m_v[0] += m_v[1];
            m_v[2] += m_v[3];
            m_v[1] = std::rotl(m_v[1], 13) ^ m_v[0];
            m_v[3] = std::rotl(m_v[3], 16) ^ m_v[2];
            m_v[0] = std::rotl(m_v[0], 32);
            m_v[2] += m_v[1];
            m_v[0] += m_v[3];
            m_v[1] = std::rotl(m_v[1], 17) ^ m_v[2];
            m_v[3] = std::rotl(m_v[3], 21) ^ m_v[0];
            m_v[2] = std::rotl(m_v[2], 32);
        }
    }
    std::array<std::uint64_t, 4> m_v;
};

} // namespace

OffsetMap::OffsetMap(std::size_t memoryBytes)
    : m_key0(randomWord())
    , m_key1(randomWord())
    , m_slots(std::max<std::size_t>(memoryBytes / kSlotBytes, 16)) {}

OffsetMap::Hash OffsetMap::hashOf(std::string_view key) const {
    Sip sip(m_key0, m_key1);
    const auto size = key.size();
    for (; key.size() >= 8; key.remove_prefix(8)) {
        std::uint64_t word;
        std::memcpy(&word, key.data(), 8);
        sip.absorb(word);
    }
    std::uint64_t rest = static_cast<std::uint64_t>(size) << 56;
    for (std::size_t i = 0; i < key.size(); ++i) {
        rest |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(key[i])) << (8 * i);
    }
    sip.absorb(rest);
    Hash hash;
    hash.low = sip.squeeze(2, 0xee);
    hash.high = sip.squeeze(1, 0xdd);
    return hash;
}

// The key's slot, or the free one where it would go. There always is a free one.
std::size_t OffsetMap::slotOf(const Hash& hash) const {
    std::size_t at = hash.low % m_slots.size();
    while (m_slots[at].offset >= 0 && !(m_slots[at].hash == hash)) {
        at = at + 1 == m_slots.size() ? 0 : at + 1;
    }
    return at;
}

void OffsetMap::put(std::string_view key, Offset offset) {
    const auto hash = hashOf(key);
    auto& slot = m_slots[slotOf(hash)];
    m_count += slot.offset < 0 ? 1 : 0;
    slot = {hash, offset.value()};
}

std::optional<Offset> OffsetMap::find(std::string_view key) const {
    const auto& slot = m_slots[slotOf(hashOf(key))];
    return slot.offset < 0 ? std::nullopt : std::optional(Offset(slot.offset));
}

} // namespace meshbone::backbone
