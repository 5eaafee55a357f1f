// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/message.h"

#include <map>

namespace meshbone::backbone {

/// The Consumer that is a member of a consumer group.
class GroupConsumer final : public Consumer {
public:
    static Result<std::unique_ptr<Consumer>> open(const Profile& profile, const ConsumerOptions& options);
    ~GroupConsumer() override;

    Status subscribe(const std::vector<std::string>& topics) override;
    Status assign(const std::vector<Position>& positions) override;
    Result<std::vector<Record>> poll(std::size_t maxRecords, std::chrono::milliseconds timeout) override;
    Result<std::vector<Position>> positions() override;
    Result<std::vector<TopicPartition>> assignment() override;
    Status commit(const CallOptions& options) override;
    Status seek(const Position& position, const CallOptions& options) override;
    Status pause(const std::vector<TopicPartition>& partitions) override;
    Status resume(const std::vector<TopicPartition>& partitions) override;

private:
    explicit GroupConsumer(std::shared_ptr<Handle> handle);
    void take(rd_kafka_message_t& message, std::vector<Record>& records);
    Status setPaused(const std::vector<TopicPartition>& partitions, bool paused);

    std::shared_ptr<Handle> m_handle;
    QueuePtr m_queue;
    std::map<TopicPartition, Offset> m_ends; ///< where a partition's end was met: past holes that leave no record
    std::optional<Error> m_pending;
    std::vector<HeaderView> m_headers;
};

} // namespace meshbone::backbone
