// SPDX-License-Identifier: Apache-2.0
// Groups that come back after a restart, are deleted, or expire.
#include "broker/group/group_coordinator.h"

#include "broker/group/group_records.h"

namespace meshbone::backbone::broker {

struct GroupCoordinator::Deletion {
    std::vector<KafkaCode> codes;
    std::size_t waiting = 0;
    CodesDone done;
};

Status GroupCoordinator::load() {
    std::map<std::string, StoredGroup> stored;
    std::map<std::string, GroupOffsets> offsets;
    for (std::int32_t partition = 0; partition < m_log.partitions(); ++partition) {
        const auto status = m_log.readAll(Partition(partition),
                                          [&](const InternalRecordView& view) { restore(view, stored, offsets); });
        if (!status) {
            return status;
        }
    }
    std::vector<std::pair<Entry*, GroupEffects>> loaded;
    for (const auto& [id, group] : stored) {
        GroupEffects effects;
        auto& entry = insert(id, Group(m_settings, group, now(), effects));
        entry.stored = true;
        loaded.emplace_back(&entry, std::move(effects));
    }
    for (auto& [id, committed] : offsets) {
        if (committed.none()) {
            continue;
        }
        auto* entry = entryOf(id);
        if (entry == nullptr) {
            entry = &insert(id, Group(m_settings));
            loaded.emplace_back(entry, GroupEffects{});
        }
        entry->offsets = std::move(committed);
    }
    for (auto& [entry, effects] : loaded) {
        settle(*entry, std::move(effects));
    }
    return {};
}

void GroupCoordinator::restore(const InternalRecordView& view, std::map<std::string, StoredGroup>& stored,
                               std::map<std::string, GroupOffsets>& offsets) {
    auto record = readGroupLogRecord(view.key, view.value);
    if (!record) {
        ++m_unreadable;
        return;
    }
    if (auto* const offset = std::get_if<OffsetRecord>(&*record)) {
        auto& committed = offsets[offset->group];
        if (offset->offset) {
            committed.restore(offset->at, std::move(*offset->offset));
        } else {
            committed.forget(offset->at);
        }
    } else if (auto* const group = std::get_if<GroupRecord>(&*record)) {
        if (group->stored) {
            stored.insert_or_assign(group->group, std::move(*group->stored));
        } else {
            stored.erase(group->group);
        }
    }
}

void GroupCoordinator::deleteGroups(const std::vector<std::string>& groups, CodesDone done) {
    auto deletion = std::make_shared<Deletion>();
    deletion->codes.assign(groups.size(), KafkaCode::None);
    deletion->waiting = 1; // this call itself, so that it can't be done before every group was looked at
    deletion->done = std::move(done);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        auto* const entry = entryOf(groups[i]);
        if (entry == nullptr || entry->group.is(GroupState::Dead)) {
            deletion->codes[i] = KafkaCode::GroupIdNotFound;
        } else if (!entry->group.is(GroupState::Empty)) {
            deletion->codes[i] = KafkaCode::NonEmptyGroup;
        } else {
            deleteOne(*entry, i, deletion);
        }
    }
    if (--deletion->waiting == 0) {
        deletion->done(std::move(deletion->codes));
    }
}

void GroupCoordinator::deleteOne(Entry& entry, std::size_t index, const std::shared_ptr<Deletion>& deletion) {
    GroupEffects effects; // an Empty group has nobody waiting
    entry.group.die(effects);
    std::vector<InternalRecord> records;
    for (const auto& at : entry.offsets.partitions()) {
        records.push_back(offsetTombstone(entry.id, at));
    }
    records.push_back(groupTombstone(entry.id));
    ++deletion->waiting;
    append(entry.id, std::move(records),
           [id = entry.id, incarnation = entry.incarnation, index, deletion](GroupCoordinator& self,
                                                                             const Status& status) {
               if (auto* const target = self.entryOf(id, incarnation)) {
                   if (status) {
                       self.erase(*target);
                   } else {
                       target->group.revive();
                       deletion->codes[index] = KafkaCode::CoordinatorNotAvailable;
                   }
               }
               if (--deletion->waiting == 0) {
                   deletion->done(std::move(deletion->codes));
               }
           });
}

void GroupCoordinator::expire() {
    const auto nowMs = m_wallClockMs();
    std::vector<Entry*> done;
    for (auto& [id, entry] : m_entries) {
        forget(*entry, entry->offsets.expired(entry->group, nowMs, m_settings.offsetsRetention));
        account(*entry);
        if (holdsNothing(*entry)) {
            done.push_back(entry.get());
        }
    }
    for (auto* const entry : done) {
        if (entry->stored) {
            append(entry->id, {groupTombstone(entry->id)}, [](GroupCoordinator&, const Status&) {});
        }
        erase(*entry);
    }
}

void GroupCoordinator::armExpiry() {
    m_expiryTimer = m_timers.callAfter(m_settings.offsetsRetentionCheckInterval, [this] {
        expire();
        armExpiry();
    });
}

} // namespace meshbone::backbone::broker
