// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/formatted.h"
#include "schema/rest/judged.h"
#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"
#include "schema/rest/subject_filter.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace meshbone::catalog {

namespace {

/// GET /subjects: all contexts, unless a prefix says which.
void listSubjects(const RestContext& context, RestCall call) {
    const SubjectFilter filter(call);
    auto subjects = context.service.registry().read(
        [&](const RegistryState& state) { return state.subjects(filter.prefix(), call.deleted()); });
    std::erase_if(subjects, [&](const std::string& one) {
        return !filter.takes(one) || !context.mayDo(call, RegistryAction::Read, one);
    });
    const auto shown = page(call, std::move(subjects));
    call.answer(dumpJson(RestJson(shown)));
}

/// POST /subjects/{subject}: is this schema registered there?
void lookUp(const RestContext& context, RestCall call, const SubjectName& subject) {
    auto request = readRegistration(call.request.body, subject);
    if (!request) {
        return call.answer(request.error());
    }
    if (!context.checkReferences(call, *request)) {
        return;
    }
    request->isNormalized = call.flag("normalize");
    const auto shared = std::make_shared<RestCall>(std::move(call));
    checkLater(context, shared, [&context, shared, request = std::move(*request)] {
        const auto deleted = shared->flag("deleted") ? Deleted::With : Deleted::Without;
        auto found = context.service.registry().read([&](const RegistryState& state) {
            auto here = lookUpSchema(state, context.service.cache(), request, deleted, Alias::Ignored);
            const auto others = here ? std::vector<SubjectName>() : elsewhere(context, *shared, state, request.subject);
            for (const auto& other : others) {
                auto asked = request;
                asked.subject = other;
                if (auto there = lookUpSchema(state, context.service.cache(), asked, deleted, Alias::Ignored)) {
                    return there;
                }
            }
            return here;
        });
        if (found) {
            const auto name = SubjectName::parse(found->subject).context;
            noteFetch(context, *shared, name, found->id, SchemaAsk::LookUp, found->subject);
        }
        found = found ? formatted(context, *shared, std::move(*found)) : found;
        found ? shared->answer(dumpJson(versionJson(*found, shared->takesUnknown))) : shared->answer(found.error());
    });
}

void deleteSubject(const RestContext& context, RestCall call, const SubjectName& subject) {
    const auto shared = std::make_shared<RestCall>(std::move(call));
    context.service.change<DeletedVersions>(
        [subject, isPermanent = shared->flag("permanent")](const RegistryState& state, ParsedCache&) {
            return decideDeleteSubject(state, subject, isPermanent);
        },
        [shared](RegistryResult<DeletedVersions> deleted) {
            deleted ? shared->answer(dumpJson(RestJson(deleted->versions))) : shared->answer(deleted.error());
        });
}

/// GET /subjects/{subject}/metadata: the latest version whose metadata has these properties.
void byMetadata(const RestContext& context, RestCall call, const SubjectName& subject) {
    std::vector<std::string> names, values;
    for (const auto& [name, value] : call.query.parameters) {
        if (name == "key" || name == "value") {
            (name == "key" ? names : values).push_back(value);
        }
    }
    const auto has = [&](const SchemaVersion& version) {
        const auto metadata = RestJson::parse(version.definition->metadata, nullptr, false);
        const auto properties =
            metadata.is_object() ? metadata.value("properties", RestJson::object()) : RestJson::object();
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto found = properties.find(names[i]);
            if (i >= values.size() || found == properties.end() || *found != values[i]) {
                return false;
            }
        }
        return true;
    };
    const auto name = subject.toString();
    std::optional<SchemaVersion> found;
    context.service.registry().read([&](const RegistryState& state) {
        const auto* versions = state.versions(name);
        for (auto one = versions ? versions->rbegin()
                                 : std::reverse_iterator<RegistryState::Versions::const_iterator>();
             versions && one != versions->rend() && !found; ++one) {
            const auto version = state.version(name, one->first);
            if ((call.flag("deleted") || !version->isDeleted) && has(*version)) {
                found = version;
            }
        }
    });
    found ? call.answer(dumpJson(versionJson(*found, call.takesUnknown)))
          : call.answer(RegistryError{40401, fmt::format("Subject '{}' not found.", name)});
}

} // namespace

void addSubjectRoutes(const RestContext& context, const AddRoute& add) {
    add("GET", "subjects",
        [&context](RestCall call, const backbone::RouteValues&) { listSubjects(context, std::move(call)); });
    const auto onSubject = [&](const char* method, const char* pattern, RegistryAction action, auto serve) {
        add(method, pattern, [&context, action, serve](RestCall call, const backbone::RouteValues& values) {
            const auto subject = context.subject(call, values["subject"]);
            if (context.check(call, action, subject.toString())) {
                serve(context, std::move(call), subject);
            }
        });
    };
    onSubject("POST", "subjects/{subject}", RegistryAction::Read, lookUp);
    onSubject("DELETE", "subjects/{subject}", RegistryAction::Delete, deleteSubject);
    onSubject("GET", "subjects/{subject}/metadata", RegistryAction::Read, byMetadata);
}

} // namespace meshbone::catalog
