// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>
#include <catalog/schema_violations.h>

#include <backbone/types.h>

#include <expected>

namespace meshbone::catalog {

/// What a registry answered with an error, beside the sentence: its code, for code that decides.
struct RegistryFailure {
    Error error;
    int code = 0; ///< 0: it didn't answer, or not as a registry does
};

struct SubjectSettings {
    std::string subject; ///< empty: global
    std::optional<CompatibilityLevel> level;
    std::optional<CompatibilityPolicy> policy;
    std::optional<SubjectMode> mode;
    std::optional<WriteValidation> validation;
    TimestampMs configMs = -1; ///< when all of it but the mode was set last; -1: the registry doesn't tell
    friend bool operator==(const SubjectSettings&, const SubjectSettings&) = default;
};

/// How a registry stands to its topic.
struct RegistryStatus {
    enum class Stage : std::uint8_t { Connecting, Reading, Ready, Failed };
    Stage stage = Stage::Connecting;
    std::string reason;             ///< why it isn't ready, or what is wrong with the topic; a sentence
    std::int64_t records = 0;       ///< applied so far
    std::int64_t unreadable = 0;    ///< records that say nothing that is understood, or that contradict an id
    std::string firstUnreadable;    ///< why, of the first of them, with its offset
    std::int64_t contradicting = 0; ///< of those: what they say of an id contradicts what it stands for already
    std::string lastContradicting;  ///< which, of the last of them, with its offset
    TimestampMs notedSinceMs = -1;  ///< since when who asked for what is known without a gap; -1: it isn't told
    friend bool operator==(const RegistryStatus&, const RegistryStatus&) = default;
};
/// What to do about records that contradict an id, and what has become of them; empty where there are none.
std::string contradictionWords(const RegistryStatus& status);

/// What a client asked of a registry: the schema of an id, as deserializers do when they meet an event of it; whether a
/// schema is one of a subject, or to register it there, as serializers do before they write.
enum class SchemaAsk : std::uint8_t { ById, LookUp, Register };
std::string_view schemaAskName(SchemaAsk what); ///< "byId", "lookUp", "register"
std::optional<SchemaAsk> schemaAskFromName(std::string_view name);

/// Who asked a registry for a schema, and how.
struct SchemaFetch {
    std::string context = ".";
    SchemaId id{-1};
    std::string principal; ///< "User:ada"; empty: the registry asks for no login
    std::string address;   ///< "127.0.0.1"
    std::string agent;     ///< what the client calls itself; empty: nothing
    TimestampMs lastMs = -1;
    SchemaAsk what = SchemaAsk::ById;
    std::string subject = {}; ///< of LookUp and Register, with its context; empty: of an id
    friend bool operator==(const SchemaFetch&, const SchemaFetch&) = default;
};

struct RegisteredSchema {
    SchemaId id{-1};
    int version = 0;
};
/// What a schema is to be registered as, in a subject that is in IMPORT mode.
struct GivenId {
    SchemaId id{-1};
    int version = 0; ///< 0: the next one
};

/// A schema registry as the screens and commands know it: Meshbone's own, Confluent's, or another that speaks the same.
/// Thread-safe. Every call blocks up to its deadline: call it from a job. What an older or lesser registry lacks is
/// asked for in another way, where there is one.
class SchemaRegistry {
public:
    virtual ~SchemaRegistry() = default;
    [[nodiscard]] virtual const std::string& url() const = 0;

    /// Every version of every subject of all contexts, by subject and version; deleted ones too where they can be
    /// listed.
    virtual Result<std::vector<SchemaVersion>> versions(const CallOptions& call) = 0;
    virtual Result<SchemaVersion> version(const std::string& subject, int version,
                                          const CallOptions& call) = 0; ///< -1: latest
    virtual Result<SchemaDefinition> byId(SchemaId id, const std::string& subject, const CallOptions& call) = 0;
    /// Of all: what is set for a subject itself, and the global ones.
    virtual Result<std::vector<SubjectSettings>> settings(const std::vector<std::string>& subjects,
                                                          const CallOptions& call) = 0;

    virtual std::expected<RegisteredSchema, RegistryFailure> registerSchema(const std::string& subject,
                                                                            const SchemaDefinition& schema,
                                                                            bool isNormalized,
                                                                            const CallOptions& call) = 0;
    /// With that id. The subject has to be in IMPORT mode; compatibility isn't asked for then.
    virtual std::expected<RegisteredSchema, RegistryFailure>
    registerWithId(const std::string& subject, const SchemaDefinition& schema, GivenId given, const CallOptions& call) {
        (void)subject, (void)schema, (void)given, (void)call;
        return std::unexpected(
            RegistryFailure{Error{ErrorCode::Unsupported, "This schema registry takes no ids that are given."}, 0});
    }
    /// Is it compatible, in the registry's own words.
    struct Check {
        bool isCompatible = false;
        std::vector<std::string> messages;
    };
    virtual std::expected<Check, RegistryFailure> check(const std::string& subject, const SchemaDefinition& schema,
                                                        const CallOptions& call) = 0;
    virtual Status deleteVersion(const std::string& subject, int version, bool isPermanent,
                                 const CallOptions& call) = 0;
    virtual Status deleteSubject(const std::string& subject, bool isPermanent, const CallOptions& call) = 0;
    /// Only Meshbone's registry can: Unsupported elsewhere.
    virtual Status restoreVersion(const std::string& subject, int version, const CallOptions& call) = 0;
    /// Nothing: takes what is set away.
    virtual Status setLevel(const std::string& subject, std::optional<CompatibilityLevel> level,
                            const CallOptions& call) = 0;
    virtual Status setPolicy(const std::string& subject, CompatibilityPolicy policy, const CallOptions& call) = 0;
    /// Only Meshbone's registry keeps it, and only its embedded broker asks for it: Unsupported elsewhere.
    virtual Status setValidation(const std::string& subject, std::optional<WriteValidation> validation,
                                 const CallOptions& call) {
        (void)subject, (void)validation, (void)call;
        return fail(ErrorCode::Unsupported, "This schema registry can't have what is written checked.");
    }
    virtual Status setMode(const std::string& subject, std::optional<SubjectMode> mode, bool isForced,
                           const CallOptions& call) = 0;

    // What only Meshbone's registry tells: Unsupported elsewhere.

    /// What was written against its schema to the broker that the registry is served beside.
    virtual Result<std::vector<TopicViolations>> violations(const CallOptions& call);
    /// Who asked for which schema, the last one first; in bounds. RegistryStatus tells since when that is known.
    virtual Result<std::vector<SchemaFetch>> fetches(const CallOptions& call);
    virtual Result<RegistryStatus> status(const CallOptions& call);
};

} // namespace meshbone::catalog
