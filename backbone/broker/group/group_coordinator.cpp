// SPDX-License-Identifier: Apache-2.0
// What all events have in common: finding the group, storing, timers, answering.
#include "broker/group/group_coordinator.h"

#include "broker/group/group_partition.h"
#include "broker/group/group_records.h"

namespace meshbone::backbone::broker {

GroupCoordinator::GroupCoordinator(Surroundings surroundings, GroupLimits limits)
    : m_timers(surroundings.timers)
    , m_log(surroundings.log)
    , m_topics(surroundings.topics)
    , m_settings(surroundings.settings)
    , m_wallClockMs(std::move(surroundings.wallClockMs))
    , m_limits(limits)
    , m_self(std::make_shared<GroupCoordinator*>(this)) {
    armExpiry();
}

GroupCoordinator::~GroupCoordinator() {
    *m_self = nullptr;
    m_timers.cancel(m_timer);
    m_timers.cancel(m_expiryTimer);
}

GroupCoordinator::Entry* GroupCoordinator::entryOf(std::string_view group) const {
    const auto found = m_entries.find(group);
    return found == m_entries.end() ? nullptr : found->second.get();
}

GroupCoordinator::Entry* GroupCoordinator::entryOf(std::string_view group, std::uint64_t incarnation) const {
    auto* const entry = entryOf(group);
    return entry != nullptr && entry->incarnation == incarnation ? entry : nullptr;
}

GroupCoordinator::Entry* GroupCoordinator::create(const std::string& group) {
    if (m_entries.size() >= m_limits.groups || !hasRoom(sizeof(Entry) + group.size())) {
        return nullptr;
    }
    return &insert(group, Group(m_settings));
}

GroupCoordinator::Entry& GroupCoordinator::insert(const std::string& group, Group machine) {
    auto& entry = m_entries[group];
    entry = std::make_unique<Entry>(group, ++m_lastIncarnation, std::move(machine));
    account(*entry);
    return *entry;
}

void GroupCoordinator::erase(Entry& entry) {
    if (entry.scheduled) {
        m_deadlines.erase({*entry.scheduled, &entry});
    }
    m_sizeBytes -= entry.accountedBytes;
    m_entries.erase(m_entries.find(entry.id));
}

bool GroupCoordinator::holdsNothing(const Entry& entry) const {
    return entry.group.is(GroupState::Empty) && entry.group.pendingMembers() == 0 && entry.offsets.none();
}

const Group* GroupCoordinator::find(std::string_view group) const {
    const auto* const entry = entryOf(group);
    return entry == nullptr || entry->group.is(GroupState::Dead) ? nullptr : &entry->group;
}

const GroupOffsets& GroupCoordinator::offsetsOf(std::string_view group) const {
    static const GroupOffsets kNone;
    const auto* const entry = entryOf(group);
    return entry == nullptr || entry->group.is(GroupState::Dead) ? kNone : entry->offsets;
}

void GroupCoordinator::forEach(const std::function<void(const std::string&, const Group&)>& visit) const {
    for (const auto& [id, entry] : m_entries) {
        if (!entry->group.is(GroupState::Dead)) {
            visit(id, entry->group);
        }
    }
}

void GroupCoordinator::settle(Entry& entry, GroupEffects effects) {
    for (auto& request : effects.persists) {
        persist(entry, std::move(request));
    }
    effects.persists.clear();
    if (!entry.stored && holdsNothing(entry)) {
        erase(entry);
    } else {
        account(entry);
        reschedule(entry);
    }
    answer(std::move(effects));
}

void GroupCoordinator::persist(Entry& entry, PersistRequest request) {
    std::vector<InternalRecord> records{groupRecord(entry.id, request.group)};
    const auto sizeBytes = records.front().value->size();
    const auto done = [id = entry.id, incarnation = entry.incarnation, number = request.number](GroupCoordinator& self,
                                                                                                const Status& status) {
        self.persisted(id, incarnation, number, status ? KafkaCode::None : KafkaCode::CoordinatorNotAvailable);
    };
    if (sizeBytes <= m_limits.groupRecordBytes) {
        entry.stored = true;
        append(entry.id, std::move(records), done);
        return;
    }
    // Kafka's answer to a group that is too large to be stored. Given later: a group is not entered from within itself.
    m_timers.callAfter(std::chrono::milliseconds(0),
                       [self = m_self, id = entry.id, incarnation = entry.incarnation, number = request.number] {
                           if (*self != nullptr) {
                               (*self)->persisted(id, incarnation, number, KafkaCode::UnknownServerError);
                           }
                       });
}

void GroupCoordinator::persisted(const std::string& group, std::uint64_t incarnation, std::uint64_t number,
                                 KafkaCode code) {
    if (auto* const entry = entryOf(group, incarnation)) {
        GroupEffects effects;
        entry->group.persisted(number, code, now(), effects);
        settle(*entry, std::move(effects));
    }
}

void GroupCoordinator::append(const std::string& group, std::vector<InternalRecord> records,
                              std::move_only_function<void(GroupCoordinator&, Status)> durable) {
    m_log.append(groupPartition(group, m_log.partitions()), std::move(records),
                 [self = m_self, durable = std::move(durable)](Status status) mutable {
                     if (*self != nullptr) {
                         durable(**self, std::move(status));
                     }
                 });
}

void GroupCoordinator::answer(GroupEffects effects) {
    for (auto& [ticket, one] : effects.joins) {
        if (auto waiting = m_joins.extract(ticket); !waiting.empty()) {
            waiting.mapped()(std::move(one));
        }
    }
    for (auto& [ticket, one] : effects.syncs) {
        if (auto waiting = m_syncs.extract(ticket); !waiting.empty()) {
            waiting.mapped()(std::move(one));
        }
    }
}

void GroupCoordinator::account(Entry& entry) {
    const auto bytes = sizeof(Entry) + 2 * entry.id.size() + entry.group.sizeBytes() + entry.offsets.sizeBytes();
    m_sizeBytes = m_sizeBytes - entry.accountedBytes + bytes;
    entry.accountedBytes = bytes;
}

void GroupCoordinator::reschedule(Entry& entry) {
    const auto deadline = entry.group.nextDeadline();
    if (deadline == entry.scheduled) {
        return;
    }
    if (entry.scheduled) {
        m_deadlines.erase({*entry.scheduled, &entry});
    }
    entry.scheduled = deadline;
    if (deadline) {
        m_deadlines.emplace(*deadline, &entry);
    }
    arm();
}

void GroupCoordinator::arm() {
    if (m_deadlines.empty()) {
        return; // a timer that is armed still finds nothing to do
    }
    const auto earliest = m_deadlines.begin()->first;
    if (m_timer != net::TimerId::None && m_armedFor <= earliest) {
        return;
    }
    m_timers.cancel(m_timer);
    m_armedFor = earliest;
    m_timer = m_timers.callAt(earliest, [this] { runDue(); });
}

void GroupCoordinator::runDue() {
    m_timer = net::TimerId::None;
    const auto present = now();
    std::vector<std::pair<std::string, std::uint64_t>> due; // each once: an event may put a group back, due at once
    for (auto it = m_deadlines.begin(); it != m_deadlines.end() && it->first <= present.steady; ++it) {
        due.emplace_back(it->second->id, it->second->incarnation);
    }
    for (const auto& [id, incarnation] : due) {
        if (auto* const entry = entryOf(id, incarnation)) {
            GroupEffects effects;
            entry->group.tick(present, effects);
            settle(*entry, std::move(effects));
        }
    }
    arm();
}

} // namespace meshbone::backbone::broker
