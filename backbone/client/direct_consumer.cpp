// SPDX-License-Identifier: Apache-2.0
#include "client/direct_consumer.h"

#include "client/consumer_errors.h"
#include "client/kafka_errors.h"

#include <fmt/format.h>

namespace meshbone::backbone {

Result<std::unique_ptr<Consumer>> DirectConsumer::open(const Profile& profile, const ConsumerOptions& options) {
    DirectOptions direct;
    direct.clientId = options.clientId;
    direct.readCommitted = options.readCommitted;
    direct.maxQueuedBytes = options.maxQueuedBytes;
    direct.autoOffsetReset = options.autoOffsetReset;
    direct.properties.assign(options.properties.begin(), options.properties.end());
    auto reader = DirectReader::open(profile, direct);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    return std::unique_ptr<Consumer>(new DirectConsumer(std::move(*reader)));
}

Status DirectConsumer::subscribe(const std::vector<std::string>&) {
    return fail(ErrorCode::InvalidArgument,
                "A consumer without a group can't subscribe; give it a group, or assign partitions.");
}

Status DirectConsumer::assign(const std::vector<Position>& positions) {
    for (const auto& position : positions) { // all or nothing
        if (position.offset < Offset(0)) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("Partition {} of '{}' can't be read from {}: that is no offset.",
                                    position.at.partition.value(), position.at.topic, position.offset.value()));
        }
    }
    for (const auto& at : m_reader->started()) {
        m_reader->stop(at);
    }
    m_pending.reset();
    for (const auto& position : positions) {
        if (auto ok = m_reader->start(position.at, position.offset); !ok) {
            return ok;
        }
    }
    return {};
}

Result<std::vector<Record>> DirectConsumer::poll(std::size_t maxRecords, std::chrono::milliseconds timeout) {
    if (m_pending) {
        auto error = std::move(*m_pending);
        m_pending.reset();
        return std::unexpected(std::move(error));
    }
    std::vector<Record> records;
    const auto until = Deadline::Clock::now() + timeout;
    do { // passing errors and ends of partitions are no answer: wait on for records
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Deadline::Clock::now());
        const auto events =
            m_reader->read(maxRecords, std::clamp(left, std::chrono::milliseconds(0), Deadline::kSlice),
                           [&](const RecordView& view, const char* topic) { records.push_back(copyOf(view, topic)); });
        for (const auto& event : events) {
            if (event.code != 0 && !isPassing(event.code) && !m_pending) {
                m_pending = readError(event.code, event.at, event.detail);
            }
        }
        if (!m_pending) {
            m_pending = refusedLogin(m_reader->handle().notes());
        }
    } while (records.empty() && !m_pending && Deadline::Clock::now() < until);
    if (records.empty() && m_pending) {
        return poll(maxRecords, timeout);
    }
    return records;
}

Result<std::vector<Position>> DirectConsumer::positions() {
    std::vector<Position> positions;
    for (const auto& at : m_reader->started()) {
        positions.push_back({at, m_reader->position(at)});
    }
    return positions;
}

Result<std::vector<TopicPartition>> DirectConsumer::assignment() {
    return m_reader->started();
}

Status DirectConsumer::commit(const CallOptions&) {
    return fail(ErrorCode::InvalidArgument, "A consumer without a group has nowhere to commit to.");
}

Status DirectConsumer::seek(const Position& position, const CallOptions& options) {
    return m_reader->seek(position.at, position.offset, Deadline(options));
}

Status DirectConsumer::pause(const std::vector<TopicPartition>& partitions) {
    return m_reader->pause(partitions, true);
}

Status DirectConsumer::resume(const std::vector<TopicPartition>& partitions) {
    return m_reader->pause(partitions, false);
}

} // namespace meshbone::backbone
