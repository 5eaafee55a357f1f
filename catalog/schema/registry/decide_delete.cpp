// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registry_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

RegistryResult<void> checkUnreferenced(const RegistryState& state, const std::string& subject, int version) {
    const auto by = state.referencedBy(subject, version);
    if (!by.empty()) {
        return refuse(
            42206, fmt::format("One or more references exist to the schema {{subject={},version={}}}: {} version {}{}.",
                               subject, version, by.front().subject, by.front().version,
                               by.size() > 1 ? fmt::format(" and {} more", by.size() - 1) : ""));
    }
    return {};
}

/// The highest id of a context, so that it isn't given again when the log has forgotten the schema that had it.
NoopRecord rememberIds(const RegistryState& state) {
    NoopRecord record;
    for (const auto& context : state.contexts()) {
        record.highestIds[context] = state.highestId(context);
    }
    return record;
}

/// A subject that is gone for good has no settings of its own either; one that may come back keeps them, as Confluent's
/// does: what holds producers to it holds again when it is restored.
void forgetSettings(const RegistryState& state, const std::string& subject, std::vector<RegistryRecord>& records) {
    if (state.mode(subject)) {
        records.emplace_back(ModeRecord{subject, std::nullopt});
    }
    if (state.config(subject)) {
        records.emplace_back(ConfigRecord{subject, std::nullopt});
    }
}

RegistryResult<DeletedVersions> deleteForGood(const RegistryState& state, const std::string& subject) {
    if (state.hasSubject(subject, Deleted::Without)) {
        return refuse(40405,
                      fmt::format("Subject '{}' was not deleted first before being permanently deleted", subject));
    }
    DeletedVersions deleted;
    deleted.records.emplace_back(rememberIds(state));
    for (const auto& [version, stored] : *state.versions(subject)) {
        deleted.versions.push_back(version);
        deleted.records.emplace_back(SchemaRecord{subject, version, {}, nullptr, false});
    }
    deleted.records.emplace_back(DeleteSubjectRecord{subject, std::nullopt});
    forgetSettings(state, subject, deleted.records);
    return deleted;
}

} // namespace

RegistryResult<DeletedVersions> decideDeleteSubject(const RegistryState& state, const SubjectName& name,
                                                    bool isPermanent) {
    const auto subject = name.toString();
    const auto* versions = state.versions(subject);
    if (!versions) {
        return refuse(40401, fmt::format("Subject '{}' not found.", subject));
    }
    if (auto checked = checkChangeable(state, name.toString()); !checked) {
        return std::unexpected(checked.error());
    }
    for (const auto& [version, stored] : *versions) {
        if (auto checked = checkUnreferenced(state, subject, version); !checked) {
            return std::unexpected(checked.error());
        }
    }
    if (isPermanent) {
        return deleteForGood(state, subject);
    }
    if (!state.hasSubject(subject, Deleted::Without)) {
        return refuse(40404,
                      fmt::format("Subject '{}' was soft deleted. Set permanent=true to delete permanently", subject));
    }
    DeletedVersions deleted;
    for (const auto& [version, stored] : *versions) {
        if (!stored.isDeleted) {
            deleted.versions.push_back(version);
        }
    }
    deleted.records.emplace_back(DeleteSubjectRecord{subject, deleted.versions.back()});
    return deleted;
}

RegistryResult<DeletedVersions> decideDeleteVersion(const RegistryState& state, const SubjectName& name, int number,
                                                    bool isPermanent) {
    const auto subject = name.toString();
    const auto version = number == -1 ? state.latest(subject) : state.version(subject, number);
    if (!version) {
        return state.versions(subject) ? refuse(40402, fmt::format("Version {} not found.", number))
                                       : refuse(40401, fmt::format("Subject '{}' not found.", subject));
    }
    if (version->isDeleted && !isPermanent) {
        return refuse(40406,
                      fmt::format("Subject '{}' Version {} was soft deleted. Set permanent=true to delete permanently",
                                  subject, version->version));
    }
    if (!version->isDeleted && isPermanent) {
        return refuse(40407,
                      fmt::format("Subject '{}' Version {} was not deleted first before being permanently deleted",
                                  subject, version->version));
    }
    if (auto checked = checkChangeable(state, name.toString()); !checked) {
        return std::unexpected(checked.error());
    }
    if (auto checked = checkUnreferenced(state, subject, version->version); !checked) {
        return std::unexpected(checked.error());
    }
    DeletedVersions deleted{{version->version}, {}};
    if (isPermanent) {
        deleted.records.emplace_back(rememberIds(state));
        deleted.records.emplace_back(SchemaRecord{subject, version->version, {}, nullptr, false});
        if (state.versions(subject)->size() == 1) {
            forgetSettings(state, subject, deleted.records);
        }
        return deleted;
    }
    deleted.records.emplace_back(SchemaRecord{subject, version->version, version->id, version->definition, true});
    return deleted;
}

RegistryResult<std::vector<RegistryRecord>> decideRestore(const RegistryState& state, const SubjectName& name,
                                                          int number) {
    const auto subject = name.toString();
    auto version = state.version(subject, number);
    if (version && !version->isDeleted) {
        return refuse(42205, fmt::format("Version {} of subject '{}' isn't deleted.", number, subject));
    }
    if (!version) {
        version = state.buried(subject, number);
    }
    if (!version) {
        return refuse(40402, fmt::format("Version {} not found.", number));
    }
    if (auto checked = checkChangeable(state, name.toString()); !checked) {
        return std::unexpected(checked.error());
    }
    const auto other = state.byId(name.context, version->id);
    if (other && !(*other == *version->definition)) {
        return refuse(42205, fmt::format("The id {} stands for another schema now.", version->id.value()));
    }
    if (auto needed = resolveReferences(state, name.context, version->definition->references); !needed) {
        return refuse(42201, needed.error().message + " Restore what it refers to first.");
    }
    return std::vector<RegistryRecord>{SchemaRecord{subject, number, version->id, version->definition, false}};
}

} // namespace meshbone::catalog
