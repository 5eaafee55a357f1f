// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/field.h"

#include <backbone/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::backbone::wire {

/// What a member of a consumer group tells the group when it joins.
struct ConsumerProtocolSubscription {
    static constexpr const char* kName = "ConsumerProtocolSubscription";
    static constexpr Versions kVersions{0, 3};
    static constexpr Version kFlexibleFrom = kNever;

    struct TopicPartition {
        std::string topic;
        std::vector<Partition> partitions;

        template <class V>
        static void describe(V& v) {
            v("topic", &TopicPartition::topic, since(1));
            v("partitions", &TopicPartition::partitions, since(1));
        }
    };

    std::vector<std::string> topics;
    std::optional<std::string> userData;
    std::vector<TopicPartition> ownedPartitions;
    std::int32_t generationId = -1;
    std::optional<std::string> rackId;

    template <class V>
    static void describe(V& v) {
        v("topics", &ConsumerProtocolSubscription::topics);
        v("userData", &ConsumerProtocolSubscription::userData, nullable().bytes());
        v("ownedPartitions", &ConsumerProtocolSubscription::ownedPartitions, since(1));
        v("generationId", &ConsumerProtocolSubscription::generationId, since(2));
        v("rackId", &ConsumerProtocolSubscription::rackId, since(3).nullable());
    }
};

} // namespace meshbone::backbone::wire
