// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/topic_config.h"
#include "broker/partition/partition_state.h"

#include <memory>
#include <string>
#include <vector>

namespace meshbone::backbone::broker {

/// One topic as the broker serves it. Owned by Topics; loop thread only.
struct Topic {
    std::string name;
    TopicId id;
    bool internal = false;
    ConfigMap overrides;
    std::shared_ptr<const LogConfig> logConfig;
    std::int64_t minInSyncReplicas = 1;
    std::vector<std::unique_ptr<PartitionState>> partitions;

    /// Null when there is no such partition.
    [[nodiscard]] PartitionState* partition(Partition index) const {
        const auto at = static_cast<std::size_t>(index.value());
        return index.value() >= 0 && at < partitions.size() ? partitions[at].get() : nullptr;
    }
};

} // namespace meshbone::backbone::broker
