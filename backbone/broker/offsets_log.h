// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/internal_log.h"
#include "broker/services.h"
#include "broker/topics/topics.h"
#include "net/event_loop.h"

#include <memory>

namespace meshbone::backbone::broker {

/// __consumer_offsets over an ordinary compacted topic. The topic is made with the first record.
class OffsetsLog final : public InternalLog {
public:
    OffsetsLog(Topics& topics, LogDirectory& logs, net::EventLoop& loop, const BrokerConfig& config)
        : m_topics(topics)
        , m_logs(logs)
        , m_loop(loop)
        , m_config(config) {}

    [[nodiscard]] std::int32_t partitions() const override;
    void append(Partition partition, std::vector<InternalRecord> records,
                std::move_only_function<void(Status)> durable) override;
    Status readAll(Partition partition, const std::function<void(const InternalRecordView&)>& visit) override;

private:
    Result<PartitionState*> writable(Partition partition);

    Topics& m_topics;
    LogDirectory& m_logs;
    net::EventLoop& m_loop;
    const BrokerConfig& m_config;
};

} // namespace meshbone::backbone::broker
