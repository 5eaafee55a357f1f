// SPDX-License-Identifier: Apache-2.0
#include "log/producer_state.h"

#include "record/batch_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {
namespace {

bool follows(std::int32_t last, std::int32_t next) {
    return next == addToSequence(last, 1);
}

const ProducerBatch* findBatch(const ProducerEntry& entry, const BatchHeader& batch) {
    for (int i = 0; i < entry.count; ++i) {
        const auto& known = entry.batches[static_cast<std::size_t>(i)];
        if (known.firstSequence == batch.baseSequence() && known.lastSequence == batch.lastSequence()) {
            return &known;
        }
    }
    return nullptr;
}

std::unexpected<Error> outOfOrder(const BatchHeader& batch, const std::string& expected) {
    return fail(ErrorCode::Conflict,
                fmt::format("Producer {} sent sequence {}, but {} was to come.", batch.producerId().value(),
                            batch.baseSequence(), expected),
                kafka_error::kOutOfOrderSequence);
}

} // namespace

void ProducerEntry::push(const ProducerBatch& batch) {
    if (static_cast<std::size_t>(count) == kKept) {
        std::shift_left(batches.begin(), batches.end(), 1);
        --count;
    }
    batches[static_cast<std::size_t>(count++)] = batch;
}

Result<ProducerStateManager::Checked> ProducerStateManager::check(const BatchHeader& batch) const {
    const auto found = m_producers.find(batch.producerId().value());
    if (found == m_producers.end()) {
        return Checked{};
    }
    const ProducerEntry& entry = found->second;
    if (batch.producerEpoch() < entry.epoch) {
        return fail(ErrorCode::Conflict,
                    fmt::format("Producer {} has epoch {}, but a newer instance has {}.", batch.producerId().value(),
                                batch.producerEpoch().value(), entry.epoch.value()),
                    kafka_error::kInvalidProducerEpoch);
    }
    if (batch.producerEpoch() > entry.epoch) {
        return batch.baseSequence() == 0 ? Result<Checked>(Checked{}) : outOfOrder(batch, "0 of a new epoch");
    }
    if (const auto* known = findBatch(entry, batch)) {
        return Checked{Verdict::Duplicate, *known};
    }
    const auto* last = entry.last();
    if (last != nullptr && !follows(last->lastSequence, batch.baseSequence())) {
        return outOfOrder(batch, std::to_string(addToSequence(last->lastSequence, 1)));
    }
    return Checked{};
}

void ProducerStateManager::stored(const BatchHeader& batch, TimestampMs nowMs) {
    if (!batch.hasProducer() || batch.isControl()) {
        return;
    }
    auto& entry = m_producers[batch.producerId().value()];
    if (batch.producerEpoch() != entry.epoch) {
        entry = ProducerEntry{};
        entry.epoch = batch.producerEpoch();
    }
    entry.lastTimestampMs = std::max(batch.maxTimestampMs(), nowMs);
    entry.push(
        {batch.baseSequence(), batch.lastSequence(), batch.baseOffset(), batch.lastOffset(), batch.maxTimestampMs()});
}

void ProducerStateManager::expire(TimestampMs timestampMs) {
    std::erase_if(m_producers, [&](const auto& item) { return item.second.lastTimestampMs < timestampMs; });
}

void ProducerStateManager::truncate(Offset end) {
    for (auto it = m_producers.begin(); it != m_producers.end();) {
        auto& entry = it->second;
        while (entry.last() != nullptr && entry.last()->lastOffset >= end) {
            --entry.count;
        }
        it = entry.count == 0 ? m_producers.erase(it) : std::next(it);
    }
}

} // namespace meshbone::backbone
