// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/error_code.h"

#include <backbone/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::backbone::broker {

using wire::KafkaCode;

/// The present, as an event brings it along: steady for deadlines, wall time for what is stored.
struct Now {
    using Instant = std::chrono::steady_clock::time_point;
    Instant steady{};
    TimestampMs wallMs = 0;
};

/// Names a request that may be answered later. The caller chooses tickets, each one once.
using Ticket = std::uint64_t;

/// One embedded protocol of a member (for consumers: an assignor) and what the member says in it.
struct GroupProtocol {
    std::string name{};
    Bytes metadata{};
    friend bool operator==(const GroupProtocol&, const GroupProtocol&) = default;
};

struct JoinRequest {
    std::string memberId{};                  ///< empty: a new member
    std::optional<std::string> instanceId{}; ///< a static member (KIP-345)
    std::string freshId{};                   ///< the id that a new member gets
    std::string clientId{};
    std::string clientHost{};
    std::chrono::milliseconds sessionTimeout{0};
    std::chrono::milliseconds rebalanceTimeout{0};
    std::string protocolType{};
    std::vector<GroupProtocol> protocols{};
    bool needsKnownId = false;      ///< version 4 and later: a new member is told its id first (KIP-394)
    bool maySkipAssignment = false; ///< version 9 and later (KIP-814)
};

struct JoinMember {
    std::string memberId{};
    std::optional<std::string> instanceId{};
    Bytes metadata{};
};

struct JoinAnswer {
    KafkaCode error = KafkaCode::None;
    std::int32_t generation = -1;
    std::optional<std::string> protocolType{};
    std::optional<std::string> protocol{};
    std::string leader{};
    std::string memberId{};
    bool skipAssignment = false;
    std::vector<JoinMember> members{}; ///< for the leader only
};

struct SyncRequest {
    std::string memberId{};
    std::optional<std::string> instanceId{};
    std::int32_t generation = -1;
    std::optional<std::string> protocolType{}; ///< version 5 and later
    std::optional<std::string> protocol{};
    std::vector<std::pair<std::string, Bytes>> assignments{}; ///< member id and its share; the leader's only
};

struct SyncAnswer {
    KafkaCode error = KafkaCode::None;
    std::optional<std::string> protocolType{};
    std::optional<std::string> protocol{};
    Bytes assignment{};
};

/// Who asks, in Heartbeat and OffsetCommit.
struct MemberClaim {
    std::string memberId{};
    std::optional<std::string> instanceId{};
    std::int32_t generation = -1;
};

struct LeavingMember {
    std::string memberId{}; ///< empty: by instance id only (an admin removes a static member)
    std::optional<std::string> instanceId{};
};

/// A member as it is stored.
struct StoredMember {
    std::string memberId{};
    std::optional<std::string> instanceId{};
    std::string clientId{};
    std::string clientHost{};
    std::int32_t rebalanceTimeoutMs = 0;
    std::int32_t sessionTimeoutMs = 0;
    Bytes subscription{}; ///< metadata of the protocol in use
    Bytes assignment{};
    friend bool operator==(const StoredMember&, const StoredMember&) = default;
};

/// A group as it is stored: one generation with its assignment, or a generation without members.
struct StoredGroup {
    std::string protocolType{};
    std::int32_t generation = 0;
    std::optional<std::string> protocol{};
    std::optional<std::string> leader{};
    TimestampMs stateSinceMs = -1;
    std::vector<StoredMember> members{};
    friend bool operator==(const StoredGroup&, const StoredGroup&) = default;
};

/// To be made durable; then Group::persisted() is called with the same number, also when it failed.
struct PersistRequest {
    std::uint64_t number = 0;
    StoredGroup group{};
};

/// What follows from an event: the answers to give and what to store. Collected, not called back, so that a group is
/// never entered again while it is in the middle of a step.
struct GroupEffects {
    std::vector<std::pair<Ticket, JoinAnswer>> joins{};
    std::vector<std::pair<Ticket, SyncAnswer>> syncs{};
    std::vector<PersistRequest> persists{};
};

} // namespace meshbone::backbone::broker
