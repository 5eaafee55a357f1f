// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/message.h"

#include <backbone/client.h>

#include <functional>
#include <map>

namespace meshbone::backbone {

struct DirectOptions {
    std::string clientId;
    bool readCommitted = true;
    bool queuePerPartition = false; ///< read() chooses the partition; else the partitions share one queue
    bool checkCrcs = false;
    std::size_t maxQueuedBytes = 16u << 20; ///< of all partitions together
    std::size_t partitions = 1;             ///< how many will be started, to share the bytes out
    std::string autoOffsetReset = "error";
    Properties properties;
};

/// Reads partitions from offsets that the caller names, without a consumer group: nothing is joined, committed or asked
/// of a coordinator. One thread at a time.
class DirectReader {
public:
    static Result<std::unique_ptr<DirectReader>> open(const Profile& profile, const DirectOptions& options);
    ~DirectReader();

    /// Starts to fetch from an offset. A negative one is refused: librdkafka would read -1 as the end.
    Status start(const TopicPartition& at, Offset offset);
    Status seek(const TopicPartition& at, Offset offset, const Deadline& deadline);
    Status pause(const std::vector<TopicPartition>& partitions, bool paused);
    void stop(const TopicPartition& at);

    /// What one read() came upon besides records.
    struct Event {
        TopicPartition at;
        int code = 0;                 ///< librdkafka's; 0 for the end of the partition
        Offset endOffset = kNoOffset; ///< for the end: the next offset to be read there
        std::string detail;
    };
    using Visit = std::function<void(const RecordView&, const char* topic)>;

    /// Hands out up to `maxRecords` records as soon as there is one. With a queue per partition, of `from` only.
    std::vector<Event> read(std::size_t maxRecords, std::chrono::milliseconds timeout, const Visit& visit,
                            const TopicPartition* from = nullptr);

    /// Next offset to be read of a started partition; moves past control records and holes.
    [[nodiscard]] Offset position(const TopicPartition& at) const;
    [[nodiscard]] std::vector<TopicPartition> started() const;
    /// First offset of a partition and the one past its last.
    Result<std::pair<Offset, Offset>> watermarks(const TopicPartition& at, std::chrono::milliseconds timeout);
    [[nodiscard]] Handle& handle() { return *m_handle; }

private:
    struct Started {
        TopicPtr topic;
        QueuePtr ownQueue;
        Offset known{0}; ///< the least that the next offset can be
    };
    DirectReader(std::shared_ptr<Handle> handle, const DirectOptions& options);
    rd_kafka_queue_t* queueFor(const TopicPartition* from);
    void take(rd_kafka_message_t& message, const Visit& visit, std::vector<Event>& events);

    std::shared_ptr<Handle> m_handle;
    bool m_queuePerPartition;
    QueuePtr m_shared;
    std::map<TopicPartition, Started> m_started;
    std::vector<rd_kafka_message_t*> m_batch;
    std::vector<HeaderView> m_headers;
};

} // namespace meshbone::backbone
