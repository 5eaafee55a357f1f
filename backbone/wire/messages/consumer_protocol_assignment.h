// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/field.h"

#include <backbone/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::backbone::wire {

/// What the leader of a consumer group assigns to a member.
struct ConsumerProtocolAssignment {
    static constexpr const char* kName = "ConsumerProtocolAssignment";
    static constexpr Versions kVersions{0, 3};
    static constexpr Version kFlexibleFrom = kNever;

    struct TopicPartition {
        std::string topic;
        std::vector<Partition> partitions;

        template <class V>
        static void describe(V& v) {
            v("topic", &TopicPartition::topic);
            v("partitions", &TopicPartition::partitions);
        }
    };

    std::vector<TopicPartition> assignedPartitions;
    std::optional<std::string> userData;

    template <class V>
    static void describe(V& v) {
        v("assignedPartitions", &ConsumerProtocolAssignment::assignedPartitions);
        v("userData", &ConsumerProtocolAssignment::userData, nullable().bytes());
    }
};

} // namespace meshbone::backbone::wire
