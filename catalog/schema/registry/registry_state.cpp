// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registry_state.h"

#include <algorithm>

namespace meshbone::catalog {

namespace {

bool isWanted(bool isDeleted, Deleted deleted) {
    return deleted == Deleted::With || isDeleted == (deleted == Deleted::Only);
}

} // namespace

const RegistryState::Context* RegistryState::contextOf(const std::string& context) const {
    const auto found = m_contexts.find(context);
    return found == m_contexts.end() ? nullptr : &found->second;
}

SchemaVersion RegistryState::make(const std::string& subject, int version, const Version& stored) const {
    SchemaVersion made;
    made.subject = subject;
    made.version = version;
    made.id = stored.id;
    made.isDeleted = stored.isDeleted;
    made.writtenMs = stored.writtenMs;
    if (const auto* context = contextOf(SubjectName::parse(subject).context)) {
        made.definition = context->byId.at(stored.id.value());
        made.guid = context->guids.at(stored.id.value());
    }
    return made;
}

std::vector<std::string> RegistryState::subjects(std::string_view prefix, Deleted deleted) const {
    std::vector<std::string> found;
    for (auto one = m_subjects.lower_bound(std::string(prefix));
         one != m_subjects.end() && one->first.starts_with(prefix); ++one) {
        if (hasSubject(one->first, deleted)) {
            found.push_back(one->first);
        }
    }
    return found;
}

bool RegistryState::hasSubject(const std::string& subject, Deleted deleted) const {
    const auto* all = versions(subject);
    if (!all) {
        return false;
    }
    // A subject counts as deleted where all its versions do.
    const bool isDeleted = std::ranges::all_of(*all, [](const auto& one) { return one.second.isDeleted; });
    return isWanted(isDeleted, deleted);
}

const RegistryState::Versions* RegistryState::versions(const std::string& subject) const {
    const auto found = m_subjects.find(subject);
    return found == m_subjects.end() ? nullptr : &found->second;
}

std::optional<SchemaVersion> RegistryState::version(const std::string& subject, int version) const {
    const auto* all = versions(subject);
    const auto found = all ? all->find(version) : Versions::const_iterator();
    return !all || found == all->end() ? std::nullopt : std::optional(make(subject, version, found->second));
}

std::optional<SchemaVersion> RegistryState::latest(const std::string& subject) const {
    if (const auto* all = versions(subject)) {
        for (auto one = all->rbegin(); one != all->rend(); ++one) {
            if (!one->second.isDeleted) {
                return make(subject, one->first, one->second);
            }
        }
    }
    return std::nullopt;
}

int RegistryState::highestVersion(const std::string& subject) const {
    const auto* all = versions(subject);
    return all && !all->empty() ? all->rbegin()->first : 0;
}

SchemaDefinitionPtr RegistryState::byId(const std::string& context, SchemaId id) const {
    const auto* found = contextOf(context);
    const auto one = found ? found->byId.find(id.value()) : decltype(found->byId.find(0))();
    return !found || one == found->byId.end() ? nullptr : one->second;
}

std::optional<SchemaId> RegistryState::idOf(const std::string& context, const std::string& guid) const {
    const auto* found = contextOf(context);
    if (!found) {
        return std::nullopt;
    }
    const auto one = found->idByGuid.find(guid);
    return one == found->idByGuid.end() ? std::nullopt : std::optional(SchemaId(one->second));
}

std::vector<std::pair<std::string, SchemaId>> RegistryState::byGuid(const std::string& guid) const {
    std::vector<std::pair<std::string, SchemaId>> found;
    for (const auto& [name, context] : m_contexts) {
        if (const auto one = context.idByGuid.find(guid); one != context.idByGuid.end()) {
            found.emplace_back(name, SchemaId(one->second));
        }
    }
    return found;
}

int RegistryState::highestId(const std::string& context) const {
    const auto* found = contextOf(context);
    return found ? found->highestId : 0;
}

std::vector<SchemaVersion> RegistryState::versionsOf(const std::string& context, SchemaId id) const {
    std::vector<SchemaVersion> all;
    const auto* found = contextOf(context);
    const auto uses = found ? found->uses.find(id.value()) : decltype(found->uses.find(0))();
    if (found && uses != found->uses.end()) {
        for (const auto& [subject, version] : uses->second) {
            all.push_back(make(subject, version, m_subjects.at(subject).at(version)));
        }
    }
    return all;
}

std::vector<SchemaVersion> RegistryState::referencedBy(const std::string& subject, int version) const {
    std::vector<SchemaVersion> found;
    if (const auto by = m_references.find({subject, version}); by != m_references.end()) {
        for (const auto& [name, number] : by->second) {
            if (auto one = this->version(name, number); one && !one->isDeleted) {
                found.push_back(std::move(*one));
            }
        }
    }
    return found;
}

void RegistryState::forEach(const std::function<void(const SchemaVersion&)>& visit) const {
    for (const auto& [subject, versions] : m_subjects) {
        for (const auto& [version, stored] : versions) {
            visit(make(subject, version, stored));
        }
    }
}

const std::string* RegistryState::config(const std::string& subject) const {
    const auto found = m_configs.find(subject);
    return found == m_configs.end() ? nullptr : &found->second;
}

TimestampMs RegistryState::configMs(const std::string& subject) const {
    const auto found = m_configTimes.find(subject);
    return found == m_configTimes.end() ? -1 : found->second;
}

std::optional<SubjectMode> RegistryState::mode(const std::string& subject) const {
    const auto found = m_modes.find(subject);
    return found == m_modes.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> RegistryState::contexts() const {
    return {m_knownContexts.begin(), m_knownContexts.end()};
}

std::optional<SchemaVersion> RegistryState::buried(const std::string& subject, int version) const {
    const auto found = m_buried.find({subject, version});
    if (found == m_buried.end()) {
        return std::nullopt;
    }
    return SchemaVersion{
        subject, version, found->second.id, schemaGuid(*found->second.definition), found->second.definition, true, -1};
}

} // namespace meshbone::catalog
