// SPDX-License-Identifier: Apache-2.0
// OffsetCommit, OffsetDelete, and the offsets of topics that are deleted.
#include "broker/group/group_coordinator.h"

#include "broker/group/group_records.h"

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {
GroupOffset toOffset(OffsetToCommit&& one, TimestampMs nowMs) {
    GroupOffset offset{.offset = one.offset,
                       .leaderEpoch = one.leaderEpoch,
                       .metadata = std::move(one.metadata),
                       .committedAtMs = nowMs};
    if (one.retention) {
        offset.expiresAtMs = nowMs + one.retention->count();
    }
    return offset;
}
} // namespace

void GroupCoordinator::commit(const std::string& group, const MemberClaim& claim, std::vector<OffsetToCommit> offsets,
                              KafkaCode unknownGroup, CodesDone done) {
    const auto refuse = [&](KafkaCode code) { done(std::vector<KafkaCode>(offsets.size(), code)); };
    auto* entry = entryOf(group);
    if (entry == nullptr && claim.generation >= 0) {
        return refuse(unknownGroup);
    }
    if (offsets.size() > m_limits.partitionsPerCommit) {
        return refuse(KafkaCode::InvalidCommitOffsetSize);
    }
    if (entry == nullptr) {
        entry = create(group); // a consumer that only stores its offsets here
    }
    if (entry == nullptr) {
        return refuse(KafkaCode::InvalidCommitOffsetSize);
    }
    const auto code = entry->group.checkCommit(claim, now());
    if (code != KafkaCode::None) {
        settle(*entry, {});
        return refuse(code);
    }
    commitTo(*entry, std::move(offsets), std::move(done));
}

bool GroupCoordinator::isThere(const TopicPartition& at) const {
    const auto topic = m_topics.topicByName(at.topic);
    return topic && at.partition.value() >= 0 && at.partition.value() < topic->partitions;
}

KafkaCode GroupCoordinator::checkOffset(const OffsetToCommit& offset) const {
    if (!isThere(offset.at)) {
        return KafkaCode::UnknownTopicOrPartition;
    }
    if (offset.metadata.size() > static_cast<std::size_t>(std::max(m_settings.offsetMetadataMaxBytes, 0))) {
        return KafkaCode::OffsetMetadataTooLarge;
    }
    return KafkaCode::None;
}

void GroupCoordinator::commitTo(Entry& entry, std::vector<OffsetToCommit> offsets, CodesDone done) {
    const auto nowMs = m_wallClockMs();
    const auto number = ++m_lastCommit;
    std::vector<KafkaCode> codes;
    std::vector<InternalRecord> records;
    std::vector<std::pair<TopicPartition, GroupOffset>> staged;
    std::size_t moreBytes = 0;
    for (auto& one : offsets) {
        auto code = checkOffset(one);
        moreBytes += sizeof(GroupOffset) + one.at.topic.size() + one.metadata.size();
        if (code == KafkaCode::None && !hasRoom(moreBytes)) {
            code = KafkaCode::InvalidCommitOffsetSize;
        }
        codes.push_back(code);
        if (code != KafkaCode::None) {
            continue;
        }
        const auto at = one.at;
        auto offset = toOffset(std::move(one), nowMs);
        records.push_back(offsetRecord(entry.id, at, offset));
        entry.offsets.stage(at, number);
        staged.emplace_back(at, std::move(offset));
    }
    if (records.empty()) {
        settle(entry, {});
        return done(std::move(codes));
    }
    append(entry.id, std::move(records),
           [id = entry.id, incarnation = entry.incarnation, number, staged = std::move(staged),
            codes = std::move(codes), done = std::move(done)](GroupCoordinator& self, const Status& status) mutable {
               if (auto* const target = self.entryOf(id, incarnation)) {
                   for (const auto& [at, offset] : staged) {
                       target->offsets.settle(at, number, status ? &offset : nullptr);
                   }
                   self.settle(*target, {});
               }
               if (!status) {
                   std::ranges::replace(codes, KafkaCode::None, KafkaCode::CoordinatorNotAvailable);
               }
               done(std::move(codes));
           });
    settle(entry, {});
}

void GroupCoordinator::deleteOffsets(const std::string& group, const std::vector<TopicPartition>& partitions,
                                     OffsetsDone done) {
    auto* const entry = entryOf(group);
    if (group.empty()) {
        return done(KafkaCode::InvalidGroupId, {});
    }
    if (entry == nullptr || entry->group.is(GroupState::Dead)) {
        return done(KafkaCode::GroupIdNotFound, {});
    }
    if (!entry->group.is(GroupState::Empty) && !entry->group.usesConsumerProtocol()) {
        return done(KafkaCode::NonEmptyGroup, {}); // nobody can tell which topics its members read
    }
    std::vector<KafkaCode> codes;
    std::vector<InternalRecord> records;
    std::vector<std::pair<TopicPartition, GroupOffset>> gone;
    for (const auto& at : partitions) {
        if (!isThere(at)) {
            codes.push_back(KafkaCode::UnknownTopicOrPartition);
            continue;
        }
        const bool read = !entry->group.is(GroupState::Empty) && entry->group.subscribesTo(at.topic);
        codes.push_back(read ? KafkaCode::GroupSubscribedToTopic : KafkaCode::None);
        if (read) {
            continue;
        }
        if (auto offset = entry->offsets.forget(at)) {
            gone.emplace_back(at, std::move(*offset));
        }
        records.push_back(offsetTombstone(entry->id, at));
    }
    if (records.empty()) {
        return done(KafkaCode::None, std::move(codes));
    }
    append(entry->id, std::move(records),
           [id = entry->id, incarnation = entry->incarnation, gone = std::move(gone), codes = std::move(codes),
            done = std::move(done)](GroupCoordinator& self, const Status& status) mutable {
               auto* const target = self.entryOf(id, incarnation);
               if (target != nullptr && !status) {
                   for (auto& [at, offset] : gone) {
                       if (target->offsets.find(at.topic, at.partition.value()) == nullptr) {
                           target->offsets.restore(at, std::move(offset)); // it is still in the log
                       }
                   }
               }
               if (target != nullptr) {
                   self.settle(*target, {});
               }
               done(status ? KafkaCode::None : KafkaCode::CoordinatorNotAvailable, std::move(codes));
           });
}

void GroupCoordinator::forget(Entry& entry, const std::vector<TopicPartition>& partitions) {
    if (partitions.empty()) {
        return;
    }
    std::vector<InternalRecord> records;
    for (const auto& at : partitions) {
        entry.offsets.forget(at);
        records.push_back(offsetTombstone(entry.id, at));
    }
    // Nobody was promised anything: if this fails, they come back after a restart and are forgotten again.
    append(entry.id, std::move(records), [](GroupCoordinator&, const Status&) {});
}

void GroupCoordinator::topicDeleted(std::string_view topic) {
    for (auto& [id, entry] : m_entries) {
        forget(*entry, entry->offsets.partitionsOf(topic));
        account(*entry);
    }
}

} // namespace meshbone::backbone::broker
