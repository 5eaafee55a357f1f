// SPDX-License-Identifier: Apache-2.0
#include "broker/partition/partition_state.h"

namespace meshbone::backbone::broker {

Result<AppendInfo> PartitionState::append(std::span<char> batch, AppendOrigin origin, TimestampMs nowMs) {
    auto info = m_log->append(batch, origin, nowMs);
    if (!info) {
        return info;
    }
    m_turnEnd.appended();
    if (!info->duplicate) {
        m_inFlight.push({info->endOffset, static_cast<std::uint32_t>(batch.size())});
        highWatermarkMoved();
    }
    return info;
}

void PartitionState::whenReached(Offset end, Acknowledge acknowledge) {
    if (m_log->highWatermark() >= end) {
        acknowledge(KafkaCode::None);
    } else if (m_log->failure()) {
        acknowledge(KafkaCode::KafkaStorageError);
    } else {
        m_acknowledgements.push({end, std::move(acknowledge)});
    }
}

void PartitionState::highWatermarkMoved() {
    const auto reached = m_log->highWatermark();
    std::uint64_t bytes = 0;
    while (!m_inFlight.empty() && m_inFlight.front().end <= reached) {
        bytes += m_inFlight.pop().bytes;
    }
    while (!m_acknowledgements.empty() && m_acknowledgements.front().end <= reached) {
        m_acknowledgements.pop().acknowledge(KafkaCode::None);
    }
    if (bytes > 0) {
        m_waiting.gained(bytes);
    }
}

void PartitionState::giveUp(KafkaCode code) {
    while (!m_acknowledgements.empty()) {
        m_acknowledgements.pop().acknowledge(code);
    }
    m_waiting.wakeAll();
}

} // namespace meshbone::backbone::broker
