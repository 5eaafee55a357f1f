// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/messages/fetch.h"

#include <backbone/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace meshbone::backbone::broker {

/// What a Fetch asks for, with bytes of its own, so that it can be tried again later.
struct FetchPlan {
    struct PartitionPlan {
        Partition partition{0};
        LeaderEpoch currentLeaderEpoch{-1};
        LeaderEpoch lastFetchedEpoch{-1};
        Offset offset{0};
        std::size_t maxBytes = 0;
    };
    struct TopicPlan {
        std::string name; ///< as asked for, or found by the id; empty: no topic has this id
        TopicId id;
        bool allowed = true;
        std::vector<PartitionPlan> partitions;
    };

    std::int16_t version = 0;
    std::vector<TopicPlan> topics;
    std::size_t maxBytes = 0;
    std::size_t minBytes = 0;
    std::chrono::milliseconds maxWait{0};
};

} // namespace meshbone::backbone::broker
