// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/publisher.h"

#include <backbone/client.h>

#include <map>
#include <string>
#include <vector>

namespace meshbone::lineage {

/// Reads consumer groups through the admin client: who is a member, which topics it reads, how far the committed
/// offsets have come since the last look. Works on any cluster. One thread at a time; read() blocks up to the deadline.
class GroupReader {
public:
    static constexpr std::size_t kMaxGroupsPerRead = 200; ///< the rest at the next read, in turn

    /// Fails as the admin client fails; what was read of earlier groups is then lost, and comes with the next read.
    Result<std::vector<GroupSight>> read(backbone::Admin& admin, const CallOptions& options);

private:
    using Offsets = std::map<TopicPartition, Offset>;

    std::vector<std::string> nextGroups(std::vector<std::string> all);
    std::map<TopicPartition, std::int64_t> advances(const std::string& group,
                                                    const std::vector<backbone::CommittedOffset>& committed);

    std::string m_lastGroup;                  // where the next read goes on
    std::map<std::string, Offsets> m_offsets; // by group, as of the last look; groups that are gone are dropped
};

} // namespace meshbone::lineage
