// SPDX-License-Identifier: Apache-2.0
#include "service/evidence_topic.h"

#include <algorithm>
#include <mutex>

namespace meshbone::lineage {

namespace {
constexpr std::size_t kMaxPolled = 2'000;
constexpr auto kEvidenceTimeout = std::chrono::seconds(3);
constexpr const char* kClientId = "meshbone-lineage"; // starts with "meshbone": left out of the picture

TopicPartition evidencePartition() {
    return {std::string(kEvidenceTopic), Partition(0)};
}

/// What the delivery callbacks leave behind; shared, because one may come after the flush has given up.
struct Outcome {
    std::mutex mutex;
    std::vector<std::size_t> acknowledged; // guarded by mutex
    Offset next{0};                        // guarded by mutex
    std::optional<Error> error;            // guarded by mutex

    void done(std::size_t index, const Result<backbone::Delivery>& delivery) {
        const std::lock_guard lock(mutex);
        if (delivery) {
            acknowledged.push_back(index);
            next = std::max(next, delivery->offset + 1);
        } else if (!error) {
            error = delivery.error();
        }
    }
};
} // namespace

Result<std::string> EvidenceTopic::ensureTopic(bool create, const CallOptions& options) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto topics = m_backbone.admin().topics(options);
        if (!topics) {
            return std::unexpected(topics.error());
        }
        const auto found = std::ranges::find(*topics, kEvidenceTopic, &backbone::TopicSummary::name);
        if (found != topics->end()) {
            return found->id.isZero() ? std::string() : found->id.toString();
        }
        if (!create) {
            return fail(ErrorCode::NotFound, "Nobody has published lineage on this backbone yet.");
        }
        backbone::NewTopic topic;
        topic.name = std::string(kEvidenceTopic);
        // Compaction works on closed segments only, so they are closed four times a day.
        topic.configs = {{"cleanup.policy", "compact"}, {"segment.ms", "21600000"}};
        const auto created = m_backbone.admin().createTopic(topic, options);
        if (!created && created.error().code != ErrorCode::AlreadyExists) {
            return std::unexpected(created.error());
        }
    }
    return std::string(); // created just now, and not in the list yet: its id is learnt at the next connection
}

Result<Offset> EvidenceTopic::end(const CallOptions& options) {
    const auto latest =
        m_backbone.admin().offsets({{evidencePartition(), backbone::OffsetQuery::Kind::Latest, -1}}, options);
    if (!latest) {
        return std::unexpected(latest.error());
    }
    return latest->empty() ? Offset(0) : std::max(Offset(0), latest->front().offset);
}

Result<Followed> EvidenceTopic::connect(const Followed& followed, bool create, const std::stop_token& stop) {
    const CallOptions options{kEvidenceTimeout, stop};
    const auto topicId = ensureTopic(create, options);
    if (!topicId) {
        return std::unexpected(topicId.error());
    }
    const auto latest = end(options);
    if (!latest) {
        return std::unexpected(latest.error());
    }
    m_end = *latest;
    Followed from{topicId->empty() ? followed.topicId : *topicId, followed.next};
    const bool another = !followed.topicId.empty() && from.topicId != followed.topicId;
    if (another || followed.next > m_end) {
        from.next = Offset(0);
    }
    backbone::ConsumerOptions reading;
    reading.clientId = kClientId;
    auto consumer = m_backbone.consumer(reading);
    if (!consumer) {
        return std::unexpected(consumer.error());
    }
    if (const auto assigned = (*consumer)->assign({{evidencePartition(), from.next}}); !assigned) {
        return std::unexpected(assigned.error());
    }
    m_consumer = std::move(*consumer);
    return from;
}

void EvidenceTopic::disconnect() {
    m_consumer.reset();
    m_producer.reset();
}

Result<std::vector<Record>> EvidenceTopic::poll(std::chrono::milliseconds timeout) {
    return m_consumer->poll(kMaxPolled, timeout);
}

bool EvidenceTopic::caughtUp(Offset next) {
    if (next >= m_end) {
        return true;
    }
    const auto positions = m_consumer->positions(); // may be past `next`: compaction leaves holes at the end too
    return positions && !positions->empty() && positions->front().offset >= m_end;
}

EvidenceTopic::Written EvidenceTopic::write(const std::vector<Outgoing>& records, const CallOptions& options) {
    Written written;
    if (!m_producer) {
        backbone::ProducerOptions writing;
        writing.clientId = kClientId;
        writing.compression = "lz4";
        auto producer = m_backbone.producer(writing);
        if (!producer) {
            written.status = std::unexpected(producer.error());
            return written;
        }
        m_producer = std::move(*producer);
    }
    const auto outcome = std::make_shared<Outcome>();
    for (std::size_t i = 0; i < records.size() && written.status; ++i) {
        Record record;
        record.topic = std::string(kEvidenceTopic);
        record.partition = Partition(0);
        record.key = records[i].key;
        record.value = records[i].json;
        written.status = m_producer->produce(
            std::move(record), [outcome, i](Result<backbone::Delivery> delivery) { outcome->done(i, delivery); });
    }
    const auto flushed = m_producer->flush(options);
    const std::lock_guard lock(outcome->mutex);
    for (const auto index : outcome->acknowledged) {
        written.acknowledged.push_back(&records[index]);
    }
    written.next = outcome->next;
    if (written.status && outcome->error) {
        written.status = std::unexpected(*outcome->error);
    } else if (written.status && !flushed) {
        written.status = flushed;
    }
    return written;
}

} // namespace meshbone::lineage
