// SPDX-License-Identifier: Apache-2.0
#include "schema/service/schemas_writer.h"

#include "schema/service/schemas_projection.h"
#include "schema/service/schemas_topic.h"

#include <backbone/backbone.h>

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>

namespace meshbone::catalog {

namespace {

constexpr std::chrono::milliseconds kPatience{10'000};
/// What a topic takes by default, 1,048,588 bytes, and a client sends at most, 1,000,000, less their frame.
constexpr std::size_t kMaxRecordBytes = 999'000;
constexpr std::int16_t kMessageTooLarge = 10; ///< MESSAGE_TOO_LARGE, where the topic takes less

TimestampMs now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

RegistryError storeError(const Error& error) {
    if (error.kafkaCode == kMessageTooLarge) {
        return {42209, "The schema is too large for the topic _schemas, see its max.message.bytes. " + error.message};
    }
    return {error.code == ErrorCode::Timeout ? 50002 : 50001,
            "The change could not be written to the topic _schemas. " + error.message};
}

} // namespace

SchemasWriter::SchemasWriter(backbone::Backbone& backbone, SharedRegistry& registry)
    : m_backbone(backbone)
    , m_registry(registry) {}

SchemasWriter::~SchemasWriter() {
    stop();
}

void SchemasWriter::start() {
    m_thread = std::jthread([this](const std::stop_token& stop) {
        ::pthread_setname_np(::pthread_self(), "mb-register");
        run(stop);
    });
}

void SchemasWriter::stop() {
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
    std::deque<Change> left;
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopped = true;
        left.swap(m_waiting);
    }
    for (auto& change : left) {
        change.done(refuse(50001, "The schema registry is being stopped."));
    }
}

void SchemasWriter::change(Decide decide, Done done) {
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_isStopped && m_waiting.size() < kMaxWaiting) {
            m_waiting.push_back({std::move(decide), std::move(done)});
            m_came.notify_one();
            return;
        }
    }
    done(refuse(50002, "Too many changes wait to be written; try again later."));
}

std::deque<SchemasWriter::Change> SchemasWriter::take(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    m_came.wait(lock, stop, [&] { return !m_waiting.empty(); });
    std::deque<Change> taken;
    while (!m_waiting.empty() && taken.size() < kMaxBatch && !stop.stop_requested()) {
        taken.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    return taken;
}

void SchemasWriter::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (auto changes = take(stop); !changes.empty()) {
            writeBatch(std::move(changes), stop);
        }
    }
}

RegistryResult<std::vector<SchemasWriter::Appended>>
SchemasWriter::encoded(RegistryResult<std::vector<RegistryRecord>> wanted) {
    if (!wanted) {
        return std::unexpected(std::move(wanted.error()));
    }
    std::vector<Appended> records;
    for (auto& record : *wanted) {
        auto bytes = encodeRegistryRecord(record);
        const auto size = bytes.key.size() + (bytes.value ? bytes.value->size() : 0);
        if (size > kMaxRecordBytes) { // alone: in a batch it would take the others down with it
            return refuse(42209, fmt::format("The schema is too large: its record has {} bytes, quoted as JSON; at "
                                             "most {} can be written.",
                                             size, kMaxRecordBytes));
        }
        const auto sum = recordSum(bytes.key, bytes.value);
        records.push_back({std::move(record), std::move(bytes), kNoOffset, sum});
    }
    return records;
}

void SchemasWriter::writeBatch(std::deque<Change> changes, const std::stop_token& stop) {
    const auto answerAll = [&](const RegistryError& error) {
        for (auto& change : changes) {
            change.done(std::unexpected(error));
        }
    };
    const auto status = m_registry.waitReady(kPatience);
    if (status.stage != RegistryStatus::Stage::Ready) {
        return answerAll({50001, "The schema registry is not ready. " + status.reason});
    }
    if (m_aheadOf != m_registry.revision()) { // somebody else wrote, or a batch failed
        m_aheadOf = m_registry.revision();
        m_ahead = m_registry.copy();
    }
    const auto nowMs = now();
    std::vector<Appended> records;
    std::vector<Decided> decided;
    for (auto& change : changes) {
        auto wanted = encoded(change.decide(m_ahead));
        Decided one{std::move(change.done), {}, wanted && !wanted->empty()};
        if (!wanted) {
            one.result = std::unexpected(wanted.error());
        } else {
            for (auto& appended : *wanted) {
                m_ahead.apply(appended.record, nowMs);
                records.push_back(std::move(appended));
            }
        }
        decided.push_back(std::move(one));
    }
    auto written = records.empty() ? Status{} : append(records, nowMs, stop);
    if (written) {
        written = publish(records, nowMs, stop);
    }
    if (!written) {
        m_aheadOf = ~std::uint64_t{0};
    } else if (!records.empty()) {
        m_aheadOf = m_registry.revision() == m_aheadOf + records.size() ? m_registry.revision() : ~std::uint64_t{0};
        m_registry.notify();
    }
    for (auto& one : decided) {
        // What only looked something up is right whether or not the others could be written.
        one.done(one.writes && !written ? RegistryResult<void>(std::unexpected(storeError(written.error())))
                                        : one.result);
    }
}

Status SchemasWriter::open(const std::stop_token& stop) {
    if (m_producer) {
        return {};
    }
    if (auto made = createSchemasTopic(m_backbone, {kPatience, stop}); !made) {
        return made;
    }
    backbone::ProducerOptions options;
    options.linger = std::chrono::milliseconds(0);
    auto producer = m_backbone.producer(options);
    if (!producer) {
        return std::unexpected(producer.error());
    }
    m_producer = std::move(*producer);
    return {};
}

Status SchemasWriter::append(std::vector<Appended>& records, TimestampMs nowMs, const std::stop_token& stop) {
    if (auto opened = open(stop); !opened) {
        return opened;
    }
    struct Answers {
        std::mutex mutex;
        std::vector<Offset> offsets;
        Status failure;
    };
    // Shared: after a timeout a delivery may still be told.
    const auto answers = std::make_shared<Answers>();
    answers->offsets.resize(records.size(), kNoOffset);
    Status queued;
    for (std::size_t i = 0; i < records.size() && queued; ++i) {
        auto& bytes = records[i].bytes;
        Record record;
        record.topic = kSchemasTopic;
        record.partition = Partition(0);
        record.timestampMs = nowMs;
        record.key = std::move(bytes.key);
        record.value = std::move(bytes.value);
        queued = m_producer->produce(std::move(record), [answers, i](Result<backbone::Delivery> delivered) {
            const std::scoped_lock lock(answers->mutex);
            if (delivered) {
                answers->offsets[i] = delivered->offset;
            } else {
                answers->failure = std::unexpected(delivered.error());
            }
        });
    }
    const auto flushed = m_producer->flush({kPatience, stop});
    Status written = !queued ? queued : flushed;
    {
        const std::scoped_lock lock(answers->mutex);
        written = written ? answers->failure : written;
        for (std::size_t i = 0; i < records.size(); ++i) {
            records[i].offset = answers->offsets[i];
        }
    }
    if (!written) {
        // Begins anew: an idempotent producer may be at its end. Without the lock, since its destructor tells what it
        // still has of deliveries.
        m_producer.reset();
    }
    return written;
}

Status SchemasWriter::publish(const std::vector<Appended>& records, TimestampMs nowMs, const std::stop_token& stop) {
    for (const auto& one : records) {
        if (!m_registry.applyNext(one.offset, nowMs, one.record, one.sum) &&
            !m_registry.waitApplied(one.offset + 1, kPatience, stop)) {
            return fail(ErrorCode::Timeout, "It was written, but could not be read again in time.");
        }
    }
    return {};
}

} // namespace meshbone::catalog
