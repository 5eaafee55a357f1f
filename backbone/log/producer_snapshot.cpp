// SPDX-License-Identifier: Apache-2.0
// The snapshot file of ProducerStateManager; its layout is drawn in the header.
#include "log/producer_state.h"

#include "record/big_endian.h"
#include "record/crc32c.h"

#include <optional>
#include <vector>

namespace meshbone::backbone {
namespace {

constexpr std::int16_t kVersion = 1;
constexpr std::size_t kSummedFrom = 6;
constexpr std::size_t kEntryBytes = 8 + 2 + 4 + 8 + 4 + 8 + 4 + 8;
constexpr std::size_t kBatchBytes = 4 + 4 + 8 + 8 + 8;
constexpr std::string_view kOurs = "MBP1";

template <class T>
void put(std::string& to, T value) {
    char bytes[sizeof(T)];
    storeBigEndian(bytes, value);
    to.append(bytes, sizeof(T));
}

// Takes integers from the front of borrowed bytes; the sizes were checked before.
class Taker {
public:
    explicit Taker(std::string_view bytes)
        : m_bytes(bytes) {}
    [[nodiscard]] std::size_t left() const { return m_bytes.size(); }
    template <class T>
    T take() {
        const T value = loadBigEndian<T>(m_bytes.data());
        m_bytes.remove_prefix(sizeof(T));
        return value;
    }
    bool skip(std::string_view expected) {
        if (!m_bytes.starts_with(expected)) {
            return false;
        }
        m_bytes.remove_prefix(expected.size());
        return true;
    }
    /// A count of things of at least `eachBytes`, none when there can't be so many.
    std::optional<std::size_t> takeCount(std::size_t eachBytes) {
        if (left() < 4) {
            return std::nullopt;
        }
        const auto count = take<std::int32_t>();
        if (count < 0 || static_cast<std::size_t>(count) > left() / eachBytes) {
            return std::nullopt;
        }
        return static_cast<std::size_t>(count);
    }

private:
    std::string_view m_bytes;
};

void putBatches(std::string& out, const ProducerEntry& entry) {
    put<std::int32_t>(out, entry.count);
    for (int i = 0; i < entry.count; ++i) {
        const auto& batch = entry.batches[static_cast<std::size_t>(i)];
        put(out, batch.firstSequence);
        put(out, batch.lastSequence);
        put(out, batch.firstOffset.value());
        put(out, batch.lastOffset.value());
        put(out, batch.timestampMs);
    }
}

// Our section: all batches of each producer. Without it (Kafka's own snapshot) there is the last one of each.
bool takeBatches(Taker& from, std::unordered_map<std::int64_t, ProducerEntry>& producers) {
    const auto count = from.takeCount(8 + 4);
    for (std::size_t i = 0; count && i < *count; ++i) {
        if (from.left() < 12) {
            return false;
        }
        const auto producer = from.take<std::int64_t>();
        const auto batches = from.takeCount(kBatchBytes);
        const auto found = producers.find(producer);
        if (!batches || *batches > ProducerEntry::kKept || found == producers.end()) {
            return false;
        }
        found->second.count = 0;
        for (std::size_t k = 0; k < *batches; ++k) {
            ProducerBatch batch;
            batch.firstSequence = from.take<std::int32_t>();
            batch.lastSequence = from.take<std::int32_t>();
            batch.firstOffset = Offset(from.take<std::int64_t>());
            batch.lastOffset = Offset(from.take<std::int64_t>());
            batch.timestampMs = from.take<std::int64_t>();
            found->second.push(batch);
        }
    }
    return count.has_value();
}

ProducerEntry takeEntry(Taker& from) {
    ProducerEntry entry;
    entry.epoch = ProducerEpoch(from.take<std::int16_t>());
    const auto lastSequence = from.take<std::int32_t>();
    const Offset lastOffset(from.take<std::int64_t>());
    const auto delta = from.take<std::int32_t>();
    entry.lastTimestampMs = from.take<std::int64_t>();
    from.take<std::int32_t>(); // coordinator epoch and transaction: not ours yet
    from.take<std::int64_t>();
    if (lastSequence >= 0) {
        const auto first = static_cast<std::int64_t>(lastSequence) - delta;
        const auto wrapped = first < 0 ? first + INT32_MAX + 1LL : first;
        entry.push(
            {static_cast<std::int32_t>(wrapped), lastSequence, lastOffset - delta, lastOffset, entry.lastTimestampMs});
    }
    return entry;
}

std::unexpected<Error> damaged(std::string what) {
    return fail(ErrorCode::Corrupt, "The producer snapshot " + std::move(what) + ".");
}

} // namespace

std::string ProducerStateManager::toSnapshot() const {
    std::string out;
    put(out, kVersion);
    put<std::uint32_t>(out, 0);
    put(out, static_cast<std::int32_t>(m_producers.size()));
    for (const auto& [id, entry] : m_producers) {
        const ProducerBatch none{-1, -1, kNoOffset, kNoOffset, -1};
        const auto& last = entry.last() != nullptr ? *entry.last() : none;
        put(out, id);
        put(out, entry.epoch.value());
        put(out, last.lastSequence);
        put(out, last.lastOffset.value());
        put(out, static_cast<std::int32_t>(last.lastOffset - last.firstOffset));
        put(out, entry.lastTimestampMs);
        put<std::int32_t>(out, -1);
        put<std::int64_t>(out, -1);
    }
    out.append(kOurs);
    put(out, static_cast<std::int32_t>(m_producers.size()));
    for (const auto& [id, entry] : m_producers) {
        put(out, id);
        putBatches(out, entry);
    }
    storeBigEndian(out.data() + 2, crc32c(std::string_view(out).substr(kSummedFrom)));
    return out;
}

Result<ProducerStateManager> ProducerStateManager::fromSnapshot(std::string_view bytes) {
    if (bytes.size() < kSummedFrom + 4 || loadBigEndian<std::int16_t>(bytes.data()) != kVersion) {
        return damaged("is cut off or of another version");
    }
    if (loadBigEndian<std::uint32_t>(bytes.data() + 2) != crc32c(bytes.substr(kSummedFrom))) {
        return damaged("does not match its checksum");
    }
    Taker from(bytes.substr(kSummedFrom));
    ProducerStateManager state;
    const auto count = from.takeCount(kEntryBytes);
    if (!count) {
        return damaged("is cut off");
    }
    for (std::size_t i = 0; i < *count; ++i) {
        const auto id = from.take<std::int64_t>();
        state.m_producers[id] = takeEntry(from);
    }
    if (from.skip(kOurs) && !takeBatches(from, state.m_producers)) {
        return damaged("is cut off");
    }
    return state;
}

} // namespace meshbone::backbone
