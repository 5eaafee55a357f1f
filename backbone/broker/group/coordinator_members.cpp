// SPDX-License-Identifier: Apache-2.0
// JoinGroup, SyncGroup, Heartbeat and LeaveGroup.
#include "broker/group/group_coordinator.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {
/// 122 random bits in the usual form: a member id can't be guessed, nor met twice.
std::string randomUuid() {
    auto bytes = TopicId::random().bytes;
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x40U);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        text += i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "";
        text += fmt::format("{:02x}", bytes[i]);
    }
    return text;
}

/// The first of each name counts, and the order is the client's preference.
void keepDistinct(std::vector<GroupProtocol>& protocols) {
    std::set<std::string, std::less<>> seen;
    std::erase_if(protocols, [&seen](const auto& protocol) { return !seen.insert(protocol.name).second; });
}

std::size_t sizeOf(const JoinRequest& request) {
    std::size_t size =
        sizeof(Member) + 2 * request.freshId.size() + request.clientId.size() + request.clientHost.size();
    for (const auto& protocol : request.protocols) {
        size += sizeof(GroupProtocol) + protocol.name.size() + protocol.metadata.size();
    }
    return size;
}
} // namespace

KafkaCode GroupCoordinator::checkJoin(const JoinRequest& request) const {
    if (request.sessionTimeout < m_settings.minSessionTimeout ||
        request.sessionTimeout > m_settings.maxSessionTimeout) {
        return KafkaCode::InvalidSessionTimeout;
    }
    return KafkaCode::None;
}

void GroupCoordinator::join(const std::string& group, JoinRequest request, JoinDone done) {
    const auto refuse = [&done, &request](KafkaCode code) { done({.error = code, .memberId = request.memberId}); };
    if (group.empty()) {
        return refuse(KafkaCode::InvalidGroupId);
    }
    if (const auto code = checkJoin(request); code != KafkaCode::None) {
        return refuse(code);
    }
    request.rebalanceTimeout = std::max(request.rebalanceTimeout, std::chrono::milliseconds(0));
    request.freshId = fmt::format("{}-{}", request.instanceId.value_or(request.clientId), randomUuid());
    keepDistinct(request.protocols);
    auto* entry = entryOf(group);
    if (entry == nullptr && !request.memberId.empty()) {
        return refuse(KafkaCode::UnknownMemberId);
    }
    if (entry == nullptr) {
        entry = create(group);
    }
    const auto members = entry == nullptr ? 0 : entry->group.members().size() + entry->group.pendingMembers();
    const bool newMember = request.memberId.empty();
    if (entry == nullptr || !hasRoom(sizeOf(request)) || (newMember && members >= m_limits.membersPerGroup)) {
        if (entry != nullptr) {
            settle(*entry, {});
        }
        return refuse(KafkaCode::GroupMaxSizeReached);
    }
    GroupEffects effects;
    const auto ticket = ++m_lastTicket;
    auto outcome = entry->group.join(std::move(request), ticket, now(), effects);
    if (!outcome) {
        m_joins.emplace(ticket, std::move(done));
    }
    settle(*entry, std::move(effects));
    if (outcome) {
        done(std::move(*outcome));
    }
}

void GroupCoordinator::sync(const std::string& group, SyncRequest request, SyncDone done) {
    if (group.empty()) {
        return done({.error = KafkaCode::InvalidGroupId});
    }
    auto* const entry = entryOf(group);
    if (entry == nullptr) {
        return done({.error = KafkaCode::UnknownMemberId});
    }
    GroupEffects effects;
    const auto ticket = ++m_lastTicket;
    auto outcome = entry->group.sync(std::move(request), ticket, now(), effects);
    if (!outcome) {
        m_syncs.emplace(ticket, std::move(done));
    }
    settle(*entry, std::move(effects));
    if (outcome) {
        done(std::move(*outcome));
    }
}

KafkaCode GroupCoordinator::heartbeat(const std::string& group, const MemberClaim& claim) {
    if (group.empty()) {
        return KafkaCode::InvalidGroupId;
    }
    auto* const entry = entryOf(group);
    if (entry == nullptr) {
        return KafkaCode::UnknownMemberId;
    }
    const auto code = entry->group.heartbeat(claim, now());
    reschedule(*entry);
    return code;
}

std::vector<KafkaCode> GroupCoordinator::leave(const std::string& group, const std::vector<LeavingMember>& members) {
    auto* const entry = entryOf(group);
    if (entry == nullptr) {
        return std::vector<KafkaCode>(members.size(), KafkaCode::UnknownMemberId);
    }
    GroupEffects effects;
    auto codes = entry->group.leave(members, now(), effects);
    settle(*entry, std::move(effects));
    return codes;
}

} // namespace meshbone::backbone::broker
