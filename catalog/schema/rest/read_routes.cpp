// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/formatted.h"
#include "schema/rest/found_tags.h"
#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>

namespace meshbone::catalog {

namespace {

RegistryError noSubject(const std::string& subject) {
    return {40401, fmt::format("Subject '{}' not found.", subject)};
}

/// A version of a subject, -1 the latest; deleted ones count where that is said.
std::optional<SchemaVersion> versionOf(const RegistryState& state, const std::string& subject, int number,
                                       bool withDeleted) {
    auto found = number == -1 ? state.latest(subject) : state.version(subject, number);
    if (!found && number == -1 && withDeleted && state.highestVersion(subject) > 0) {
        found = state.version(subject, state.highestVersion(subject));
    }
    return found && (withDeleted || !found->isDeleted) ? found : std::nullopt;
}

/// The version that a path names; deleted ones count where `deleted` says so.
RegistryResult<SchemaVersion> findVersion(const RestContext& context, const RestCall& call, const SubjectName& name,
                                          std::string_view versionText, bool withDeleted) {
    const auto number = parseVersion(versionText);
    if (!number) {
        return std::unexpected(number.error());
    }
    return context.service.registry().read([&](const RegistryState& state) -> RegistryResult<SchemaVersion> {
        const auto subject = name.toString();
        if (auto found = versionOf(state, subject, *number, withDeleted)) {
            return *found;
        }
        for (const auto& other : elsewhere(context, call, state, name)) {
            if (auto found = versionOf(state, other.toString(), *number, withDeleted)) {
                return *found;
            }
        }
        const bool isThere =
            state.hasSubject(subject, Deleted::Without) || (withDeleted && state.hasSubject(subject, Deleted::With));
        return std::unexpected(isThere ? RegistryError{40402, fmt::format("Version {} not found.", *number)}
                                       : noSubject(subject));
    });
}

void listVersions(const RestContext& context, RestCall call, const SubjectName& name) {
    const auto deleted = call.deleted();
    auto versions =
        context.service.registry().read([&](const RegistryState& state) -> RegistryResult<std::vector<int>> {
            const auto subject = name.toString();
            if (!state.hasSubject(subject, Deleted::Without) &&
                (deleted == Deleted::Without || !state.hasSubject(subject, Deleted::With))) {
                return std::unexpected(noSubject(subject));
            }
            std::vector<int> found;
            for (const auto& [version, stored] : *state.versions(subject)) {
                if (deleted == Deleted::With || stored.isDeleted == (deleted == Deleted::Only)) {
                    // `deletedAsNegative` tells the deleted ones in one answer.
                    found.push_back(stored.isDeleted && call.flag("deletedAsNegative") ? -version : version);
                }
            }
            return found;
        });
    if (!versions) {
        return call.answer(versions.error());
    }
    call.answer(dumpJson(RestJson(page(call, std::move(*versions)))));
}

/// Who names a version by its number uses it. Meshbone's own windows and commands look at all of them.
void noteVersion(const RestContext& context, const RestCall& call, const SchemaVersion& version,
                 std::string_view asked) {
    constexpr std::string_view kOwnAgent = "meshbone"; // of backbone::HttpClient
    if (parseVersion(asked).value_or(-1) != -1 && call.request.header("User-Agent").value_or("") != kOwnAgent) {
        noteFetch(context, call, SubjectName::parse(version.subject).context, version.id, SchemaAsk::LookUp,
                  version.subject);
    }
}

void referencedBy(const RestContext& context, RestCall call, const SchemaVersion& version) {
    std::set<int> ids;
    context.service.registry().read([&](const RegistryState& state) {
        for (const auto& one : state.referencedBy(version.subject, version.version)) {
            ids.insert(one.id.value());
        }
    });
    call.answer(dumpJson(RestJson(page(call, std::vector<int>(ids.begin(), ids.end())))));
}

void showVersion(const RestContext& context, RestCall call, const SchemaVersion& version) {
    const auto shown = formatted(context, call, version);
    if (!shown) {
        return call.answer(shown.error());
    }
    auto json = versionJson(*shown, call.takesUnknown);
    const auto name = SubjectName::parse(version.subject).context;
    answerWithFoundTags(context, std::move(call), name, version.definition, std::move(json));
}

void showText(const RestContext& context, RestCall call, const SchemaVersion& version) {
    const auto shown = formatted(context, call, version);
    shown ? call.answerText(shown->definition->text) : call.answer(shown.error());
}

} // namespace

void addReadRoutes(const RestContext& context, const AddRoute& add) {
    const auto onSubject = [&](const char* pattern, auto serve) {
        add("GET", pattern, [&context, serve](RestCall call, const backbone::RouteValues& values) {
            const auto subject = context.subject(call, values["subject"]);
            if (context.check(call, RegistryAction::Read, subject.toString())) {
                serve(std::move(call), subject, values["version"]);
            }
        });
    };
    onSubject("subjects/{subject}/versions", [&context](RestCall call, const SubjectName& subject, std::string_view) {
        listVersions(context, std::move(call), subject);
    });
    const auto onVersion = [&](const char* pattern, bool isOfSchema, auto serve) {
        onSubject(pattern, [&context, isOfSchema, serve](RestCall call, const SubjectName& subject,
                                                         std::string_view version) {
            const auto found = findVersion(context, call, subject, version, !isOfSchema || call.flag("deleted"));
            if (!found) {
                return call.answer(found.error());
            }
            if (isOfSchema) {
                noteVersion(context, call, *found, version);
            }
            serve(context, std::move(call), *found);
        });
    };
    onVersion("subjects/{subject}/versions/{version}", true, showVersion);
    onVersion("subjects/{subject}/versions/{version}/schema", true, showText);
    onVersion("subjects/{subject}/versions/{version}/referencedby", false, referencedBy);
}

} // namespace meshbone::catalog
