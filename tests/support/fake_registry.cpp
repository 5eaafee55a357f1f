// SPDX-License-Identifier: Apache-2.0
#include "support/fake_registry.h"

#include "support/fake_mesh.h"

#include "schema/registry/registry_rules.h"

#include <fmt/format.h>

#include <cstdlib>

namespace meshbone::test {

using namespace catalog;

namespace {

constexpr TimestampMs kFirstMs = 1'786'520'000'000; ///< 2026-08-12
constexpr TimestampMs kBetweenMs = 17 * 86'400'000LL;

RegistryFailure failureOf(const RegistryError& error) {
    return {Error{error.status() == 404 ? ErrorCode::NotFound : ErrorCode::InvalidArgument, error.message}, error.code};
}

std::unexpected<Error> errorOf(const RegistryError& error) {
    return std::unexpected(failureOf(error).error);
}

} // namespace

struct FakeRegistry::State {
    RegistryState registry;
    ParsedCache cache;
    std::string away;
    bool canRestore = true;
    std::optional<std::vector<SchemaFetch>> fetches;
    std::optional<RegistryStatus> status;
    TimestampMs clockMs = kFirstMs;
    TimestampMs configMs = -1;

    void apply(const std::vector<RegistryRecord>& records) {
        for (const auto& record : records) {
            registry.apply(record, clockMs);
        }
        clockMs = std::min(clockMs + kBetweenMs, kExampleNowMs);
    }
};

FakeRegistry::FakeRegistry(bool filled)
    : m_state(std::make_unique<State>()) {
    if (filled) {
        fill();
    }
}

FakeRegistry::~FakeRegistry() = default;

void FakeRegistry::setUnreachable(const std::string& sentence) {
    const std::scoped_lock lock(m_mutex);
    m_state->away = sentence;
}

void FakeRegistry::setCanRestore(bool can) {
    const std::scoped_lock lock(m_mutex);
    m_state->canRestore = can;
}

Status FakeRegistry::away() const {
    return m_state->away.empty() ? Status() : fail(ErrorCode::Unavailable, m_state->away);
}

void FakeRegistry::put(const std::string& subject, const std::string& text, SchemaType type,
                       std::vector<SchemaReference> references) {
    SchemaDefinition definition;
    definition.type = type;
    definition.text = text;
    definition.references = std::move(references);
    if (const auto done = registerSchema(subject, definition, false, {}); !done) {
        fmt::print(stderr, "{}: {}\n", subject, done.error().error.message);
        std::abort(); // the example itself is wrong
    }
}

const std::string& FakeRegistry::url() const {
    static const std::string kUrl = "http://127.0.0.1:8081";
    return kUrl;
}

Result<std::vector<SchemaVersion>> FakeRegistry::versions(const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto there = away(); !there) {
        return std::unexpected(there.error());
    }
    std::vector<SchemaVersion> all;
    m_state->registry.forEach([&](const SchemaVersion& one) { all.push_back(one); });
    return all;
}

Result<SchemaVersion> FakeRegistry::version(const std::string& subject, int version, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    const auto found = version < 0 ? m_state->registry.latest(subject) : m_state->registry.version(subject, version);
    return found ? Result<SchemaVersion>(*found) : fail(ErrorCode::NotFound, "The version isn't there.");
}

Result<SchemaDefinition> FakeRegistry::byId(SchemaId id, const std::string& subject, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_state->registry.byId(SubjectName::parse(subject).context, id);
    return found ? Result<SchemaDefinition>(*found) : fail(ErrorCode::NotFound, "The schema isn't there.");
}

Result<std::vector<SubjectSettings>> FakeRegistry::settings(const std::vector<std::string>& subjects,
                                                            const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto there = away(); !there) {
        return std::unexpected(there.error());
    }
    std::vector<SubjectSettings> all;
    auto names = subjects;
    if (names.empty()) { // as Meshbone's own, which tells all at once
        names = m_state->registry.subjects({}, Deleted::With);
    }
    names.emplace_back();
    for (const auto& subject : names) {
        SubjectSettings one;
        one.subject = subject;
        one.mode = m_state->registry.mode(subject);
        if (const auto* config = m_state->registry.config(subject)) {
            const auto scope = settingsInScope(m_state->registry, SubjectName::parse(subject));
            const auto has = [&](const char* member) { return config->find(member) != std::string::npos; };
            one.level = has("compatibilityLevel") ? std::optional(scope.level) : std::nullopt;
            one.policy = has("compatibilityPolicy") ? std::optional(scope.policy) : std::nullopt;
            one.validation = has("validation") ? std::optional(scope.validation) : std::nullopt;
            one.configMs = m_state->configMs;
        }
        if (one.level || one.policy || one.mode || one.validation) {
            all.push_back(std::move(one));
        }
    }
    return all;
}

std::expected<RegisteredSchema, RegistryFailure> FakeRegistry::registerSchema(const std::string& subject,
                                                                              const SchemaDefinition& schema,
                                                                              bool isNormalized, const CallOptions&) {
    return put({SubjectName::parse(subject), schema, 0, SchemaId(-1), isNormalized});
}

std::expected<RegisteredSchema, RegistryFailure> FakeRegistry::registerWithId(const std::string& subject,
                                                                              const SchemaDefinition& schema,
                                                                              GivenId given, const CallOptions&) {
    return put({SubjectName::parse(subject), schema, given.version, given.id, false});
}

std::expected<RegisteredSchema, RegistryFailure> FakeRegistry::put(const RegisterRequest& request) {
    const std::scoped_lock lock(m_mutex);
    if (const auto there = away(); !there) {
        return std::unexpected(RegistryFailure{there.error(), 0});
    }
    const auto done = decideRegister(m_state->registry, m_state->cache, request);
    if (!done) {
        return std::unexpected(failureOf(done.error()));
    }
    m_state->apply(done->records);
    m_onChanged.tell();
    return RegisteredSchema{done->id, done->version};
}

std::expected<SchemaRegistry::Check, RegistryFailure>
FakeRegistry::check(const std::string& subject, const SchemaDefinition& schema, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    RegisterRequest request;
    request.subject = SubjectName::parse(subject);
    request.schema = schema;
    const auto verdict = checkSchema(m_state->registry, m_state->cache, request, std::nullopt);
    if (!verdict) {
        return std::unexpected(failureOf(verdict.error()));
    }
    return Check{verdict->isCompatible(), verdictLines(*verdict)};
}

Status FakeRegistry::deleteVersion(const std::string& subject, int version, bool isPermanent, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto there = away(); !there) {
        return there;
    }
    const auto done = decideDeleteVersion(m_state->registry, SubjectName::parse(subject), version, isPermanent);
    if (!done) {
        return errorOf(done.error());
    }
    m_state->apply(done->records);
    m_onChanged.tell();
    return {};
}

Status FakeRegistry::deleteSubject(const std::string& subject, bool isPermanent, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto there = away(); !there) {
        return there;
    }
    const auto done = decideDeleteSubject(m_state->registry, SubjectName::parse(subject), isPermanent);
    if (!done) {
        return errorOf(done.error());
    }
    m_state->apply(done->records);
    m_onChanged.tell();
    return {};
}

Status FakeRegistry::restoreVersion(const std::string& subject, int version, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (!m_state->canRestore) {
        return fail(ErrorCode::Unsupported, "This registry can't bring back what was deleted.");
    }
    const auto done = decideRestore(m_state->registry, SubjectName::parse(subject), version);
    if (!done) {
        return errorOf(done.error());
    }
    m_state->apply(*done);
    m_onChanged.tell();
    return {};
}

Status FakeRegistry::config(const std::string& subject, const std::string& json) {
    const std::scoped_lock lock(m_mutex);
    const auto done = decideConfig(m_state->registry, subject, json);
    if (!done) {
        return errorOf(done.error());
    }
    m_state->apply({*done});
    m_onChanged.tell();
    return {};
}

Status FakeRegistry::setLevel(const std::string& subject, std::optional<CompatibilityLevel> level, const CallOptions&) {
    return config(subject, level ? fmt::format(R"({{"compatibility":"{}"}})", levelName(*level))
                                 : std::string(R"({"compatibility":null})"));
}

Status FakeRegistry::setPolicy(const std::string& subject, CompatibilityPolicy policy, const CallOptions&) {
    return config(subject, fmt::format(R"({{"compatibilityPolicy":"{}"}})",
                                       policy == CompatibilityPolicy::Lenient ? "LENIENT" : "STRICT"));
}

Status FakeRegistry::setMode(const std::string& subject, std::optional<SubjectMode> mode, bool isForced,
                             const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (!mode) {
        m_state->apply({ModeRecord{subject, std::nullopt}});
    } else {
        const auto done = decideMode(m_state->registry, subject, modeName(*mode), isForced);
        if (!done) {
            return errorOf(done.error());
        }
        m_state->apply({*done});
    }
    m_onChanged.tell();
    return {};
}

Status FakeRegistry::setValidation(const std::string& subject, std::optional<WriteValidation> validation,
                                   const CallOptions&) {
    return config(subject, validation ? fmt::format(R"({{"validation":"{}"}})", validationName(*validation))
                                      : std::string(R"({"validation":null})"));
}

void FakeRegistry::setFetches(std::vector<SchemaFetch> fetches) {
    const std::scoped_lock lock(m_mutex);
    m_state->fetches = std::move(fetches);
}

void FakeRegistry::setConfigTime(TimestampMs ms) {
    const std::scoped_lock lock(m_mutex);
    m_state->configMs = ms;
}

void FakeRegistry::setStatus(RegistryStatus status) {
    const std::scoped_lock lock(m_mutex);
    m_state->status = std::move(status);
}

Result<std::vector<SchemaFetch>> FakeRegistry::fetches(const CallOptions& call) {
    const std::scoped_lock lock(m_mutex);
    return m_state->fetches ? Result<std::vector<SchemaFetch>>(*m_state->fetches) : SchemaRegistry::fetches(call);
}

Result<RegistryStatus> FakeRegistry::status(const CallOptions& call) {
    const std::scoped_lock lock(m_mutex);
    return m_state->status ? Result<RegistryStatus>(*m_state->status) : SchemaRegistry::status(call);
}

} // namespace meshbone::test
