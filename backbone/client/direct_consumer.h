// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/direct_reader.h"

namespace meshbone::backbone {

/// The Consumer of somebody who names partitions and offsets: it never touches a consumer group.
class DirectConsumer final : public Consumer {
public:
    static Result<std::unique_ptr<Consumer>> open(const Profile& profile, const ConsumerOptions& options);

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
    explicit DirectConsumer(std::unique_ptr<DirectReader> reader)
        : m_reader(std::move(reader)) {}

    std::unique_ptr<DirectReader> m_reader;
    std::optional<Error> m_pending; ///< an error that came behind records, for the next poll
};

} // namespace meshbone::backbone
