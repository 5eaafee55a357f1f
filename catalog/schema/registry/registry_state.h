// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_rows.h"

#include <functional>
#include <unordered_map>

namespace meshbone::catalog {

/// What the records of _schemas add up to: a pure function of them in their order, so that every registry that reads
/// the topic comes to the same. Copies share the definitions. Not thread-safe; its owner locks.
class RegistryState {
public:
    struct Version {
        SchemaId id{-1};
        bool isDeleted = false;
        TimestampMs writtenMs = -1;
    };
    using Versions = std::map<int, Version>;

    /// A record whose id stands for another schema already changes nothing, as in Confluent's registry: the first one
    /// counts. Returns whether it was taken. What it changed is added to `changes`, where that is given.
    bool apply(const RegistryRecord& record, TimestampMs writtenMs, RegistryChanges* changes = nullptr);
    /// Puts a row of a state that was kept into this one, which has nothing but such rows: schemas before versions,
    /// versions before what is buried. False where it can't be one of them.
    bool restore(const RegistryChange& row);

    // ---- What is there ----

    /// Qualified subjects, sorted, of a context or (empty) of all.
    [[nodiscard]] std::vector<std::string> subjects(std::string_view prefix, Deleted deleted) const;
    [[nodiscard]] bool hasSubject(const std::string& subject, Deleted deleted) const;
    [[nodiscard]] const Versions* versions(const std::string& subject) const; ///< null: none, deleted ones neither
    [[nodiscard]] std::optional<SchemaVersion> version(const std::string& subject, int version) const;
    /// The highest that isn't deleted.
    [[nodiscard]] std::optional<SchemaVersion> latest(const std::string& subject) const;
    [[nodiscard]] int highestVersion(const std::string& subject) const; ///< deleted ones too; 0: none

    [[nodiscard]] SchemaDefinitionPtr byId(const std::string& context, SchemaId id) const;
    [[nodiscard]] std::optional<SchemaId> idOf(const std::string& context, const std::string& guid) const;
    /// The contexts and ids that a GUID stands for.
    [[nodiscard]] std::vector<std::pair<std::string, SchemaId>> byGuid(const std::string& guid) const;
    [[nodiscard]] int highestId(const std::string& context) const;
    /// Every version that has this id in the context, by subject.
    [[nodiscard]] std::vector<SchemaVersion> versionsOf(const std::string& context, SchemaId id) const;
    /// The versions that refer to this one; deleted ones don't count.
    [[nodiscard]] std::vector<SchemaVersion> referencedBy(const std::string& subject, int version) const;
    void forEach(const std::function<void(const SchemaVersion&)>& visit) const; ///< all, by subject and version

    [[nodiscard]] const std::string* config(const std::string& subject) const; ///< of exactly it; empty: global
    [[nodiscard]] TimestampMs configMs(const std::string& subject) const; ///< when it was written; -1: there is none
    [[nodiscard]] std::optional<SubjectMode> mode(const std::string& subject) const;
    [[nodiscard]] const std::map<std::string, std::string>& configs() const { return m_configs; } ///< JSON by subject
    [[nodiscard]] const std::map<std::string, SubjectMode>& modes() const { return m_modes; }
    [[nodiscard]] std::vector<std::string> contexts() const; ///< "." among them, sorted

    /// What stood under a subject and version and is gone for good, as far as the topic still told of it.
    [[nodiscard]] std::optional<SchemaVersion> buried(const std::string& subject, int version) const;

private:
    struct Context {
        std::unordered_map<int, SchemaDefinitionPtr> byId;
        std::unordered_map<int, std::string> guids;
        std::unordered_map<std::string, int> idByGuid;
        std::unordered_map<int, std::set<std::pair<std::string, int>>> uses; ///< the versions that have the id
        int highestId = 0;
    };
    struct Buried {
        SchemaId id{-1};
        SchemaDefinitionPtr definition;
    };
    using Changes = RegistryChanges*; ///< null: nobody wants to know
    bool applyOne(const SchemaRecord& record, TimestampMs writtenMs, Changes changes);
    bool applyOne(const ConfigRecord& record, TimestampMs writtenMs, Changes changes);
    bool applyOne(const ModeRecord& record, TimestampMs writtenMs, Changes changes);
    bool applyOne(const DeleteSubjectRecord& record, TimestampMs writtenMs, Changes changes);
    bool applyOne(const ClearSubjectRecord& record, TimestampMs writtenMs, Changes changes);
    bool applyOne(const ContextRecord& record, TimestampMs writtenMs, Changes changes);
    bool applyOne(const NoopRecord& record, TimestampMs writtenMs, Changes changes);
    void knowContext(const std::string& context, Changes changes);
    void raiseHighestId(const std::string& context, int id, Changes changes);
    void refer(const std::string& subject, int version, const SchemaDefinition& definition);
    void erase(const std::string& subject, int version, Changes changes);
    void release(const std::string& context, int id, const std::string& subject, int version, Changes changes);

    bool restoreOne(const SchemaRow& row);
    bool restoreOne(const VersionRow& row);
    bool restoreOne(const BuriedRow& row);
    bool restoreOne(const HighestIdRow& row);
    bool restoreOne(const ConfigRow& row);
    bool restoreOne(const ModeRecord& row);
    bool restoreOne(const ContextRecord& row);
    template <class Gone>
    bool restoreOne(const Gone&) {
        return false; // what is gone isn't kept
    }
    [[nodiscard]] const Context* contextOf(const std::string& context) const;
    SchemaVersion make(const std::string& subject, int version, const Version& stored) const;

    std::map<std::string, Versions> m_subjects;
    std::map<std::string, Context> m_contexts;
    std::map<std::string, std::string> m_configs; ///< JSON
    std::map<std::string, TimestampMs> m_configTimes;
    std::map<std::string, SubjectMode> m_modes;
    std::set<std::string> m_knownContexts{"."};
    std::map<std::pair<std::string, int>, std::set<std::pair<std::string, int>>>
        m_references; ///< referred to -> by whom
    std::map<std::pair<std::string, int>, Buried> m_buried;
};

} // namespace meshbone::catalog
