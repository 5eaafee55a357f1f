// SPDX-License-Identifier: Apache-2.0
// Reading from a PartitionLog by offset.
#include "log/log_names.h"
#include "log/log_state.h"
#include "log/partition_log.h"
#include "record/batch_check.h"

#include <fmt/format.h>

namespace meshbone::backbone {
namespace {

struct Place {
    std::size_t segment = 0;
    std::uint64_t position = 0;
};

// Where the batch starts that contains `from`, or the first one after a gap; past the last segment when there is none.
Result<Place> findPlace(LogState& state, Offset from) {
    Place place{state.segmentOf(from), 0};
    if (const auto* hint = state.hints.find(from)) {
        const auto at = state.segmentOf(hint->segment);
        if (state.segments[at]->base() == hint->segment && hint->position <= state.segments[at]->sizeBytes()) {
            place = {at, hint->position};
            if (hint->position < state.segments[at]->sizeBytes()) {
                return place;
            }
            place = {state.segmentOf(from), 0}; // that segment was rolled meanwhile
        }
    }
    for (; place.segment < state.segments.size(); ++place.segment) {
        const auto position = state.segments[place.segment]->positionOf(from);
        if (!position) {
            return std::unexpected(position.error());
        }
        if (*position) {
            place.position = **position;
            return place;
        }
    }
    return place;
}

} // namespace

Result<ReadInfo> PartitionLog::read(Offset from, std::size_t maxBytes, bool atLeastOne, std::string& into) {
    if (from < m_start || from > m_end) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("{} has the offsets {} to {}, not {}.", directoryName(m_name), m_start.value(),
                                m_end.value(), from.value()),
                    kafka_error::kOffsetOutOfRange);
    }
    ReadInfo info{from, 0};
    if (from >= m_highWatermark) {
        return info;
    }
    if (auto ready = load(); !ready) {
        return std::unexpected(ready.error());
    }
    auto place = findPlace(*m_state, from);
    const std::size_t had = into.size();
    // One segment gives what one read gives; the next one only where a gap left nothing to read in this one.
    while (place && place->segment < m_state->segments.size()) {
        auto& segment = *m_state->segments[place->segment];
        const auto next = segment.read(place->position, maxBytes, atLeastOne, m_highWatermark, into);
        if (!next) {
            place = std::unexpected(next.error());
            break;
        }
        if (*next) {
            info = {**next, into.size() - had};
            m_state->hints.put({**next, segment.base(), place->position});
            return info;
        }
        if (place->position < segment.sizeBytes()) {
            return info; // the batch is there, but does not fit or may not be seen yet
        }
        place = Place{place->segment + 1, 0};
    }
    if (!place) {
        auto error = place.error();
        error.message =
            fmt::format("{} can't be read at offset {}: {}", directoryName(m_name), from.value(), error.message);
        error.kafkaCode = kafka_error::kStorageError;
        return std::unexpected(std::move(error));
    }
    return info;
}

} // namespace meshbone::backbone
