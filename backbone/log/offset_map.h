// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

/// Key -> its latest offset, in a bounded amount of memory: what compaction knows of the dirty part of a log. Keys are
/// kept as 128-bit hashes (SipHash-2-4 with a random key of this process, so that nobody can write two keys that
/// collide and lose one of them). One thread.
class OffsetMap {
public:
    static constexpr std::size_t kSlotBytes = 24;
    explicit OffsetMap(std::size_t memoryBytes);

    /// Full at 3/4, beyond which probing gets slow.
    [[nodiscard]] bool hasRoomFor(std::size_t more) const { return m_count + more <= m_slots.size() / 4 * 3; }
    [[nodiscard]] std::size_t size() const { return m_count; }
    /// Offsets must not go down for one key. There must be room.
    void put(std::string_view key, Offset offset);
    [[nodiscard]] std::optional<Offset> find(std::string_view key) const;

private:
    struct Hash {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        friend bool operator==(const Hash&, const Hash&) = default;
    };
    struct Slot {
        Hash hash;
        std::int64_t offset = -1; ///< -1: free
    };
    [[nodiscard]] Hash hashOf(std::string_view key) const;
    [[nodiscard]] std::size_t slotOf(const Hash& hash) const;

    std::uint64_t m_key0;
    std::uint64_t m_key1;
    std::vector<Slot> m_slots;
    std::size_t m_count = 0;
};

} // namespace meshbone::backbone
