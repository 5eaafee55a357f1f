// SPDX-License-Identifier: Apache-2.0
#include "schema/book/book_inside.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

std::string configJson(const SubjectSettings& settings) {
    std::vector<std::string> members;
    if (settings.level) {
        members.push_back(fmt::format(R"("compatibilityLevel":"{}")", levelName(*settings.level)));
    }
    if (settings.policy) {
        const auto* name = *settings.policy == CompatibilityPolicy::Lenient ? "LENIENT" : "STRICT";
        members.push_back(fmt::format(R"("compatibilityPolicy":"{}")", name));
    }
    if (settings.validation) {
        members.push_back(fmt::format(R"("validation":"{}")", validationName(*settings.validation)));
    }
    return fmt::format("{{{}}}", fmt::join(members, ","));
}

} // namespace

SchemaBook::SchemaBook(std::vector<SchemaVersion> versions, std::vector<SubjectSettings> settings)
    : m_inside(std::make_unique<Inside>()) {
    std::ranges::sort(versions, {}, [](const SchemaVersion& one) { return std::tie(one.subject, one.version); });
    for (const auto& one : versions) {
        m_inside->state.apply(SchemaRecord{one.subject, one.version, one.id, one.definition, one.isDeleted},
                              one.writtenMs);
    }
    for (const auto& one : settings) {
        m_inside->state.apply(ConfigRecord{one.subject, configJson(one)}, -1);
        m_inside->state.apply(ModeRecord{one.subject, one.mode}, -1);
    }
    m_inside->versions = std::move(versions);
    m_inside->settings = std::move(settings);
}

SchemaBook::~SchemaBook() = default;

const std::vector<SchemaVersion>& SchemaBook::versions() const {
    return m_inside->versions;
}

const std::vector<SubjectSettings>& SchemaBook::settings() const {
    return m_inside->settings;
}

std::vector<std::string> SchemaBook::subjects() const {
    return m_inside->state.subjects({}, Deleted::Without);
}

std::optional<SchemaVersion> SchemaBook::version(const std::string& subject, int version) const {
    return m_inside->state.version(subject, version);
}

std::optional<SchemaVersion> SchemaBook::latest(const std::string& subject) const {
    return m_inside->state.latest(subject);
}

std::vector<SchemaVersion> SchemaBook::versionsOf(const std::string& subject) const {
    const auto range = std::ranges::equal_range(m_inside->versions, subject, {}, &SchemaVersion::subject);
    return {range.begin(), range.end()};
}

std::vector<std::string> SchemaBook::subjectsOfTopic(const std::string& topic) const {
    std::vector<std::string> found;
    for (const auto& subject : m_inside->state.subjects(topic + "-", Deleted::Without)) {
        // "orders-old-value" is of the topic orders-old; "orders-com.Order" is a record of orders.
        const auto rest = subject.substr(topic.size());
        if (rest == "-value" || rest == "-key" || (!rest.ends_with("-value") && !rest.ends_with("-key"))) {
            found.push_back(subject);
        }
    }
    // The one of the values is what is asked for most.
    std::ranges::stable_partition(found, [&](const std::string& subject) { return subject == topic + "-value"; });
    return found;
}

CompatibilityLevel SchemaBook::levelOf(const std::string& subject) const {
    return settingsInScope(m_inside->state, SubjectName::parse(subject)).level;
}

CompatibilityPolicy SchemaBook::policyOf(const std::string& subject) const {
    return settingsInScope(m_inside->state, SubjectName::parse(subject)).policy;
}

WriteValidation SchemaBook::validationOf(const std::string& subject) const {
    return settingsInScope(m_inside->state, SubjectName::parse(subject)).validation;
}

Result<ParsedSchemaPtr> SchemaBook::parsed(const SchemaVersion& version) const {
    return parse(version.subject, *version.definition);
}

Result<ParsedSchemaPtr> SchemaBook::parse(const std::string& subject, const SchemaDefinition& definition) const {
    auto parsed = m_inside->cache.parsed(m_inside->state, SubjectName::parse(subject).context, definition);
    return parsed ? Result<ParsedSchemaPtr>(*parsed) : fail(ErrorCode::InvalidArgument, parsed.error().message);
}

Result<SchemaVerdict> SchemaBook::verdict(const std::string& subject, const SchemaDefinition& definition) const {
    RegisterRequest request;
    request.subject = SubjectName::parse(subject);
    request.schema = definition;
    auto verdict = checkSchema(m_inside->state, m_inside->cache, request, std::nullopt);
    return verdict ? Result<SchemaVerdict>(std::move(*verdict))
                   : fail(ErrorCode::InvalidArgument, verdict.error().message);
}

} // namespace meshbone::catalog
