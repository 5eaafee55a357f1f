// SPDX-License-Identifier: Apache-2.0
#include "schema/service/schemas_reader.h"

#include "schema/service/memory.h"

#include <backbone/backbone.h>

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <condition_variable>

namespace meshbone::catalog {

namespace {

using Stage = RegistryStatus::Stage;

constexpr std::size_t kBatch = 2'000;
constexpr std::chrono::milliseconds kSlice{100}; // how soon stopping is noticed
constexpr std::chrono::milliseconds kRetry{500}; // between two attempts, and two looks for a topic that isn't there
constexpr std::chrono::milliseconds kCallPatience{5'000}; // for one call to the backbone

void waitFor(std::chrono::milliseconds time, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    condition.wait_for(lock, stop, time, [] { return false; });
}

} // namespace

SchemasReader::SchemasReader(backbone::Backbone& backbone, SharedRegistry& registry, SchemasProjection* projection)
    : m_backbone(backbone)
    , m_registry(registry)
    , m_projection(projection) {}

SchemasReader::~SchemasReader() {
    stop();
}

void SchemasReader::start() {
    m_thread = std::jthread([this](const std::stop_token& stop) {
        ::pthread_setname_np(::pthread_self(), "mb-schemas");
        run(stop);
    });
}

void SchemasReader::stop() {
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void SchemasReader::run(const std::stop_token& stop) {
    if (m_projection) {
        beginWithKept(); // while the backbone connects
    }
    while (!stop.stop_requested()) {
        const auto followed = follow(stop);
        if (stop.stop_requested()) {
            return;
        }
        if (!followed) {
            const bool isFinal = followed.error().code == ErrorCode::Unsupported;
            m_registry.setStage(isFinal ? Stage::Failed : Stage::Connecting, followed.error().message);
        }
        waitFor(kRetry, stop);
    }
}

void SchemasReader::beginWithKept() {
    auto kept = m_projection->load();
    if (!kept) {
        return;
    }
    m_source = kept->position.source;
    m_unchecked = LastKept{kept->position.last, kept->position.lastSum};
    m_registry.adopt(std::move(kept->state), kept->position.counts, kept->position.last + 1);
}

std::string SchemasReader::differenceTo(const FoundTopic& found) const {
    if (m_registry.next() > found.end) {
        return "it is shorter than it was";
    }
    if (m_source && !m_source->topicId.empty() && !found.source.topicId.empty() &&
        m_source->topicId != found.source.topicId) {
        return "it was made again under its name";
    }
    // What has only just been taken from a file must be all that the topic tells now; what was read stays.
    return m_unchecked && m_source->logStart != found.source.logStart ? "its beginning is gone" : "";
}

void SchemasReader::forget(const std::string& why) {
    m_registry.reset();
    m_source.reset();
    m_unchecked.reset();
    if (m_projection) {
        m_projection->tell(
            fmt::format("The topic {} isn't the one that was read before: {}. It is read again.", kSchemasTopic, why));
    }
}

Result<std::unique_ptr<backbone::Consumer>> SchemasReader::openAt(Offset offset) {
    backbone::ConsumerOptions options;
    options.autoOffsetReset = "error";
    auto consumer = m_backbone.consumer(options);
    if (consumer) {
        if (auto assigned = (*consumer)->assign({{{kSchemasTopic, Partition(0)}, offset}}); !assigned) {
            return std::unexpected(assigned.error());
        }
    }
    return consumer;
}

Status SchemasReader::follow(const std::stop_token& stop) {
    const auto found = findSchemasTopic(m_backbone, {kCallPatience, stop});
    if (!found) {
        return std::unexpected(found.error());
    }
    if (!*found) {
        if (m_registry.next() > Offset(0)) {
            forget("it is gone");
        }
        m_registry.setStage(Stage::Ready);
        return {}; // looked for again
    }
    if (const auto why = differenceTo(**found); !why.empty()) {
        forget(why);
    }
    if (!m_source) {
        m_source = (*found)->source;
        if (m_projection) {
            m_projection->setSource(*m_source);
        }
    }
    m_registry.passed((*found)->source.logStart);
    auto consumer = openAt(m_unchecked ? m_unchecked->offset : m_registry.next());
    if (!consumer) {
        return std::unexpected(consumer.error());
    }
    if (m_registry.status().stage != Stage::Ready) {
        m_registry.setStage(Stage::Reading);
    }
    return read(**consumer, **found, stop);
}

Status SchemasReader::read(backbone::Consumer& consumer, const FoundTopic& found, const std::stop_token& stop) {
    bool isReady = false;
    while (!stop.stop_requested()) {
        if (!isReady && !m_unchecked && m_registry.next() >= found.end) {
            isReady = true;
            m_registry.setStage(Stage::Ready);
            giveBackMemory();
        }
        auto records = consumer.poll(kBatch, kSlice);
        if (!records) {
            return std::unexpected(records.error());
        }
        const auto positions = consumer.positions();
        const auto position = positions && positions->size() == 1 ? positions->front().offset : m_registry.next();
        if (const auto same = m_unchecked ? isSame(*records, position) : std::nullopt) {
            m_unchecked.reset();
            if (!*same) {
                forget("another record stands where the last one was");
                return follow(stop); // from the beginning
            }
        }
        apply(*records, position, stop);
        if (records->empty() && m_backbone.state().reachability == backbone::Reachability::Unreachable) {
            return fail(ErrorCode::Unavailable, "The backbone can't be reached. " + m_backbone.state().reason);
        }
    }
    return {};
}

std::optional<bool> SchemasReader::isSame(const std::vector<Record>& records, Offset position) const {
    if (!records.empty() && records.front().offset == m_unchecked->offset) {
        return recordSum(records.front().key.value_or(""), records.front().value) == m_unchecked->sum;
    }
    return records.empty() && position <= m_unchecked->offset ? std::nullopt : std::optional(true);
}

void SchemasReader::apply(const std::vector<Record>& records, Offset position, const std::stop_token& stop) {
    if (m_projection) {
        m_projection->waitRoom(stop);
    }
    for (const auto& record : records) {
        if (record.offset < m_registry.next()) {
            continue; // the projection had it, or the writer was quicker
        }
        const auto key = record.key.value_or("");
        m_registry.apply(record.offset, record.timestampMs, decodeRegistryRecord(key, record.value),
                         m_projection ? recordSum(key, record.value) : 0);
    }
    m_registry.passed(position);
    if (!records.empty()) {
        m_registry.notify();
    }
}

} // namespace meshbone::catalog
