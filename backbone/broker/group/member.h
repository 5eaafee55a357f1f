// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/group/group_events.h"

#include <set>
#include <string_view>

namespace meshbone::backbone::broker {

/// One member of a group. Value type, owned by its Group.
struct Member {
    std::string id{};
    std::optional<std::string> instanceId{};
    std::string clientId{};
    std::string clientHost{};
    std::chrono::milliseconds sessionTimeout{0};
    std::chrono::milliseconds rebalanceTimeout{0};
    std::vector<GroupProtocol> protocols{}; ///< in order of preference; names are distinct
    Bytes assignment{};

    bool isNew = false;                      ///< has not seen the answer to its first join
    std::optional<Ticket> awaitingJoin{};    ///< its JoinGroup waits for the others
    std::optional<Ticket> awaitingSync{};    ///< its SyncGroup waits for the leader
    std::optional<Now::Instant> expiresAt{}; ///< when it is taken for dead, unless it is heard of before

    [[nodiscard]] bool isStatic() const { return instanceId.has_value(); }
    /// Null when the member doesn't know the protocol.
    [[nodiscard]] const Bytes* metadataOf(std::string_view protocol) const;
    /// The member's favourite among the candidates; null when it knows none of them.
    [[nodiscard]] const std::string* voteAmong(const std::set<std::string_view>& candidates) const;
    [[nodiscard]] std::size_t sizeBytes() const; ///< an estimate of what it holds, for bounds
};

} // namespace meshbone::backbone::broker
