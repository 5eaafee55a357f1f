// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/reference_subject.h"
#include "schema/registry/registry_state.h"

#include <algorithm>

namespace meshbone::catalog {

namespace {

template <class Change>
void note(RegistryChanges* changes, Change change) {
    if (changes) {
        changes->emplace_back(std::move(change));
    }
}

} // namespace

bool RegistryState::apply(const RegistryRecord& record, TimestampMs writtenMs, RegistryChanges* changes) {
    return std::visit([&](const auto& one) { return applyOne(one, writtenMs, changes); }, record);
}

bool RegistryState::applyOne(const SchemaRecord& record, TimestampMs writtenMs, Changes changes) {
    if (!record.definition) {
        erase(record.subject, record.version, changes);
        return true;
    }
    const auto name = SubjectName::parse(record.subject);
    auto& context = m_contexts[name.context];
    const auto id = record.id.value();
    const auto guid = schemaGuid(*record.definition);
    if (const auto known = context.guids.find(id); known != context.guids.end() && known->second != guid) {
        return false; // an id never changes its meaning
    }
    knowContext(name.context, changes);
    erase(record.subject, record.version, changes);
    if (m_buried.erase({record.subject, record.version}) > 0) {
        note(changes, BuriedGone{record.subject, record.version});
    }
    if (context.byId.emplace(id, record.definition).second) {
        context.guids.emplace(id, guid);
        const bool isFound = context.idByGuid.emplace(guid, id).second;
        note(changes, SchemaRow{name.context, record.id, guid, isFound, record.definition});
    }
    context.uses[id].emplace(record.subject, record.version);
    raiseHighestId(name.context, id, changes);
    m_subjects[record.subject][record.version] = {record.id, record.isDeleted, writtenMs};
    note(changes, VersionRow{record.subject, record.version, record.id, record.isDeleted, writtenMs});
    refer(record.subject, record.version, *context.byId.at(id));
    return true;
}

bool RegistryState::applyOne(const ConfigRecord& record, TimestampMs writtenMs, Changes changes) {
    if (record.json) {
        m_configs[record.subject] = *record.json;
        m_configTimes[record.subject] = writtenMs;
    } else {
        m_configs.erase(record.subject);
        m_configTimes.erase(record.subject);
    }
    note(changes, ConfigRow{record.subject, record.json, writtenMs});
    return true;
}

bool RegistryState::applyOne(const ModeRecord& record, TimestampMs, Changes changes) {
    if (record.mode) {
        m_modes[record.subject] = *record.mode;
    } else {
        m_modes.erase(record.subject);
    }
    note(changes, record);
    return true;
}

bool RegistryState::applyOne(const DeleteSubjectRecord& record, TimestampMs, Changes changes) {
    const auto found = m_subjects.find(record.subject);
    if (found == m_subjects.end() || !record.version) {
        return true;
    }
    for (auto& [version, stored] : found->second) {
        if (version <= *record.version && !stored.isDeleted) {
            stored.isDeleted = true;
            note(changes, VersionRow{record.subject, version, stored.id, true, stored.writtenMs});
        }
    }
    return true;
}

bool RegistryState::applyOne(const ClearSubjectRecord&, TimestampMs, Changes) {
    return true;
}

bool RegistryState::applyOne(const ContextRecord& record, TimestampMs, Changes changes) {
    if (!record.isGone) {
        knowContext(record.context, changes);
    } else if (m_knownContexts.erase(record.context) > 0) {
        note(changes, record);
    }
    return true;
}

bool RegistryState::applyOne(const NoopRecord& record, TimestampMs, Changes changes) {
    for (const auto& [context, id] : record.highestIds) {
        raiseHighestId(context, id, changes);
    }
    return true;
}

void RegistryState::knowContext(const std::string& context, Changes changes) {
    if (m_knownContexts.insert(context).second) {
        note(changes, ContextRecord{context, false});
    }
}

void RegistryState::raiseHighestId(const std::string& context, int id, Changes changes) {
    auto& highest = m_contexts[context].highestId;
    if (id > highest) {
        highest = id;
        note(changes, HighestIdRow{context, id});
    }
}

void RegistryState::refer(const std::string& subject, int version, const SchemaDefinition& definition) {
    const auto context = SubjectName::parse(subject).context;
    for (const auto& reference : definition.references) {
        const auto to = referencedSubject(context, reference.subject).toString();
        m_references[{to, reference.version}].insert({subject, version});
    }
}

void RegistryState::erase(const std::string& subject, int version, Changes changes) {
    const auto found = m_subjects.find(subject);
    if (found == m_subjects.end() || !found->second.contains(version)) {
        return;
    }
    const auto name = SubjectName::parse(subject);
    const auto id = found->second.at(version).id;
    const auto definition = m_contexts[name.context].byId.at(id.value());
    for (const auto& reference : definition->references) {
        const auto to =
            m_references.find({referencedSubject(name.context, reference.subject).toString(), reference.version});
        if (to != m_references.end() && to->second.erase({subject, version}) && to->second.empty()) {
            m_references.erase(to);
        }
    }
    m_buried[{subject, version}] = {id, definition};
    note(changes, BuriedRow{subject, version, id, definition});
    found->second.erase(version);
    note(changes, VersionGone{subject, version});
    release(name.context, id.value(), subject, version, changes);
    if (found->second.empty()) {
        m_subjects.erase(found);
    }
}

void RegistryState::release(const std::string& contextName, int id, const std::string& subject, int version,
                            Changes changes) {
    auto& context = m_contexts[contextName];
    auto& uses = context.uses[id];
    uses.erase({subject, version});
    if (!uses.empty()) {
        return;
    }
    context.uses.erase(id);
    if (const auto by = context.idByGuid.find(context.guids.at(id)); by != context.idByGuid.end() && by->second == id) {
        context.idByGuid.erase(by);
    }
    context.guids.erase(id);
    context.byId.erase(id);
    note(changes, SchemaGone{contextName, SchemaId(id)});
}

} // namespace meshbone::catalog
