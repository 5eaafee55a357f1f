// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/fetch/fetch_plan.h"
#include "broker/topics/topics.h"

#include <memory>
#include <string>

namespace meshbone::backbone::broker {

/// Reads what a plan asks for. Fetches that ask the same of a partition one after the other (many consumers woken by
/// one batch) share one read. Owned by the fetch service; loop thread only.
class FetchReader {
public:
    explicit FetchReader(Topics& topics)
        : m_topics(topics) {}

    struct Outcome {
        wire::FetchResponse response;
        std::size_t sizeBytes = 0; ///< of records
        bool anyError = false;     ///< answer at once, whatever minBytes says
    };
    Outcome read(const FetchPlan& plan);

    /// The last read is not shared any more: call it when a run of fetches is over.
    void forget() { m_last = {}; }

private:
    wire::FetchResponse::PartitionData readPartition(const FetchPlan& plan, const FetchPlan::TopicPlan& topic,
                                                     const FetchPlan::PartitionPlan& asked, Outcome& outcome);
    KafkaCode check(const FetchPlan& plan, const FetchPlan::TopicPlan& topic, const FetchPlan::PartitionPlan& asked,
                    PartitionState*& state) const;
    bool diverges(PartitionLog& log, const FetchPlan::PartitionPlan& asked,
                  wire::FetchResponse::PartitionData& answer) const;
    Result<std::shared_ptr<const std::string>> readRecords(PartitionLog& log, Offset from, std::size_t maxBytes,
                                                           bool atLeastOne);

    struct Last {
        const PartitionLog* log = nullptr;
        Offset from{0};
        Offset highWatermark{0};
        std::size_t maxBytes = 0;
        bool atLeastOne = false;
        std::shared_ptr<const std::string> records;
    };

    Topics& m_topics;
    Last m_last;
};

} // namespace meshbone::backbone::broker
