// SPDX-License-Identifier: Apache-2.0
#include "broker/offsets_log.h"

#include "broker/topics/topic_name.h"
#include "record/batch_builder.h"
#include "record/record_cursor.h"

namespace meshbone::backbone::broker {

namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20;

Status failureOf(KafkaCode code) {
    switch (code) {
    case KafkaCode::None:
        return {};
    case KafkaCode::UnknownTopicOrPartition:
        return fail(ErrorCode::Unavailable, "The topic of the group offsets is going away.",
                    static_cast<std::int16_t>(code));
    default:
        return fail(ErrorCode::Exhausted, "The group offsets could not be written to the disk.",
                    static_cast<std::int16_t>(code));
    }
}

Status visitBatch(const BatchView& batch, const std::function<void(const InternalRecordView&)>& visit) {
    auto cursor = RecordCursor::open(batch);
    if (!cursor) {
        return std::unexpected(cursor.error());
    }
    while (true) {
        const auto more = cursor->next();
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            return {};
        }
        const auto& record = cursor->record();
        visit({record.offset, record.timestampMs, record.key.value_or(std::string_view()), record.value});
    }
}

} // namespace

std::int32_t OffsetsLog::partitions() const {
    const auto facts = m_topics.topicByName(kOffsetsTopic);
    return facts ? facts->partitions : static_cast<std::int32_t>(m_config.integer("offsets.topic.num.partitions"));
}

Result<PartitionState*> OffsetsLog::writable(Partition partition) {
    if (m_topics.find(kOffsetsTopic) == nullptr) {
        const auto created = m_topics.create({std::string(kOffsetsTopic),
                                              partitions(),
                                              {{"cleanup.policy", "compact"}, {"segment.bytes", "104857600"}}});
        if (!created) {
            return std::unexpected(created.error());
        }
    }
    auto* state = m_topics.find(kOffsetsTopic, partition);
    if (state == nullptr) {
        return fail(ErrorCode::Internal, "A group belongs to a partition that __consumer_offsets does not have.");
    }
    return state;
}

void OffsetsLog::append(Partition partition, std::vector<InternalRecord> records,
                        std::move_only_function<void(Status)> durable) {
    const auto nowMs = wallClockMs();
    BatchBuilder builder;
    Offset at{0};
    for (const auto& record : records) {
        builder.add(at, nowMs, record.key,
                    record.value ? std::optional<std::string_view>(*record.value) : std::nullopt);
        at = at + 1;
    }
    auto batch = builder.build();
    auto state = writable(partition);
    const auto failed = [&](const Error& error) {
        m_loop.post([durable = std::move(durable), error]() mutable { durable(std::unexpected(error)); });
    };
    if (!batch || !state) {
        failed(batch ? state.error() : batch.error());
        return;
    }
    const auto info = (*state)->append(std::span<char>(batch->data(), batch->size()), AppendOrigin::Coordinator, nowMs);
    if (!info) {
        failed(info.error());
        return;
    }
    if ((*state)->log().highWatermark() >= info->endOffset) { // relaxed: never call back from within append()
        m_loop.post([durable = std::move(durable)]() mutable { durable({}); });
        return;
    }
    (*state)->whenReached(info->endOffset,
                          [durable = std::move(durable)](KafkaCode code) mutable { durable(failureOf(code)); });
}

Status OffsetsLog::readAll(Partition partition, const std::function<void(const InternalRecordView&)>& visit) {
    auto* state = m_topics.find(kOffsetsTopic, partition);
    if (state == nullptr) {
        return {};
    }
    auto& log = state->log();
    if (log.highWatermark() < log.logEndOffset()) {
        m_logs.drain(); // after a crash: what recovery kept can be read once it is on the disk, no sooner
    }
    if (log.failure()) {
        return std::unexpected(*log.failure());
    }
    std::string bytes;
    for (auto at = log.logStartOffset(); at < log.highWatermark();) {
        bytes.clear();
        const auto read = log.read(at, kReadBytes, true, bytes);
        if (!read) {
            return std::unexpected(read.error());
        }
        std::string_view left = bytes;
        while (!left.empty()) {
            const auto batch = batchAt(left);
            if (!batch) {
                return std::unexpected(batch.error());
            }
            if (auto visited = visitBatch(*batch, visit); !visited) {
                return visited;
            }
            left.remove_prefix(batch->sizeBytes());
        }
        if (read->nextOffset <= at) {
            break; // compaction may leave nothing at the end
        }
        at = read->nextOffset;
    }
    return {};
}

} // namespace meshbone::backbone::broker
