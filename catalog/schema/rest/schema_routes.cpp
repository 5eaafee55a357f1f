// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/formatted.h"
#include "schema/rest/found_tags.h"
#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace meshbone::catalog {

namespace {

struct FoundId {
    std::string context;
    SchemaId id{-1};
    SchemaDefinitionPtr definition;
    std::vector<SchemaVersion> versions;
    int highestId = 0;
};

FoundId foundIn(const RegistryState& state, const std::string& context, SchemaId id) {
    return {context, id, state.byId(context, id), state.versionsOf(context, id), state.highestId(context)};
}

bool has(const FoundId& found, const SubjectName& subject) {
    return std::ranges::find(found.versions, subject.toString(), &SchemaVersion::subject) != found.versions.end();
}

/// An id in the context of the subject that is given, else in the path's. A subject of the default context that doesn't
/// have the id is looked for in the others: one of that name may have it there, and then the default context's is
/// another schema.
FoundId findIn(const RestContext& rest, const RestCall& call, const RegistryState& state, const SubjectName& subject,
               SchemaId id) {
    auto found = foundIn(state, subject.context, id);
    const auto others = has(found, subject) ? std::vector<SubjectName>() : elsewhere(rest, call, state, subject);
    for (const auto& name : others) {
        if (auto other = foundIn(state, name.context, id); has(other, name)) {
            return other;
        }
    }
    return found;
}

RegistryResult<FoundId> findId(const RestContext& rest, const RestCall& call, std::string_view idText) {
    int id = -1;
    const auto [end, error] = std::from_chars(idText.data(), idText.data() + idText.size(), id);
    if (error != std::errc() || end != idText.data() + idText.size() || id < 0) {
        return refuse(404, "HTTP 404 Not Found");
    }
    const auto subject = rest.subject(call, call.text("subject"));
    auto found = rest.service.registry().read(
        [&](const RegistryState& state) { return findIn(rest, call, state, subject, SchemaId(id)); });
    if (!found.definition) {
        return refuse(40403, fmt::format("Schema {} not found", id));
    }
    return found;
}

/// Serves what is found by an id to whoever may read one of the subjects that have it.
void onId(const RestContext& context, const AddRoute& add, const char* pattern, auto serve) {
    add("GET", pattern, [&context, serve](RestCall call, const backbone::RouteValues& values) {
        auto found = findId(context, call, values["id"]);
        if (!found) {
            return call.answer(found.error());
        }
        const auto mayRead = [&](const SchemaVersion& one) {
            return context.mayDo(call, RegistryAction::Read, one.subject);
        };
        std::erase_if(found->versions, [&](const SchemaVersion& one) { return !mayRead(one); });
        if (found->versions.empty()) {
            return call.answer(
                RegistryError{40301, fmt::format("User is denied operation Read on schema {}.", found->id.value())});
        }
        serve(std::move(call), *found);
    });
}

std::vector<SchemaVersion> shownVersions(const RestCall& call, const FoundId& found) {
    auto versions = found.versions;
    if (!call.flag("deleted")) {
        std::erase_if(versions, &SchemaVersion::isDeleted);
    }
    return versions;
}

void byGuid(const RestContext& context, RestCall call, std::string_view guid, bool idsOnly) {
    std::vector<std::pair<std::string, SchemaId>> ids;
    SchemaDefinitionPtr definition;
    context.service.registry().read([&](const RegistryState& state) {
        ids = state.byGuid(std::string(guid));
        const auto mayRead = [&](const SchemaVersion& one) {
            return context.mayDo(call, RegistryAction::Read, one.subject);
        };
        std::erase_if(ids, [&](const auto& one) {
            return std::ranges::none_of(state.versionsOf(one.first, one.second), mayRead);
        });
        definition = ids.empty() ? nullptr : state.byId(ids.front().first, ids.front().second);
    });
    if (!definition) {
        return call.answer(RegistryError{40403, fmt::format("Schema {} not found", guid.substr(0, 60))});
    }
    if (!idsOnly) {
        for (const auto& [name, id] : ids) { // events with this GUID may be of any of them
            noteFetch(context, call, name, id);
        }
        const auto shown = formatted(context, call, ids.front().first, definition);
        return shown ? call.answer(dumpJson(definitionJson(**shown, std::string(guid), call.takesUnknown)))
                     : call.answer(shown.error());
    }
    auto json = RestJson::array();
    for (const auto& [name, id] : ids) {
        json.push_back(RestJson{{"context", name}, {"id", id.value()}});
    }
    call.answer(dumpJson(json));
}

} // namespace

void addSchemaRoutes(const RestContext& context, const AddRoute& add) {
    add("GET", "schemas/types",
        [](RestCall call, const backbone::RouteValues&) { call.answer(R"(["JSON","PROTOBUF","AVRO"])"); });
    onId(context, add, "schemas/ids/{id}", [&context](RestCall call, const FoundId& found) {
        noteFetch(context, call, found.context, found.id);
        const auto shown = formatted(context, call, found.context, found.definition);
        if (!shown) {
            return call.answer(shown.error());
        }
        auto json = definitionJson(**shown, found.versions.front().guid, call.takesUnknown);
        if (call.flag("fetchMaxId")) {
            json["maxId"] = found.highestId;
        }
        answerWithFoundTags(context, std::move(call), found.context, found.definition, std::move(json));
    });
    onId(context, add, "schemas/ids/{id}/schema", [&context](RestCall call, const FoundId& found) {
        noteFetch(context, call, found.context, found.id);
        const auto shown = formatted(context, call, found.context, found.definition);
        shown ? call.answerText((*shown)->text) : call.answer(shown.error());
    });
    onId(context, add, "schemas/ids/{id}/subjects", [](RestCall call, const FoundId& found) {
        std::vector<std::string> subjects;
        for (const auto& version : shownVersions(call, found)) {
            if (subjects.empty() || subjects.back() != version.subject) {
                subjects.push_back(version.subject);
            }
        }
        call.answer(dumpJson(RestJson(page(call, std::move(subjects)))));
    });
    onId(context, add, "schemas/ids/{id}/versions", [](RestCall call, const FoundId& found) {
        auto json = RestJson::array();
        for (const auto& version : page(call, shownVersions(call, found))) {
            json.push_back(RestJson{{"subject", version.subject}, {"version", version.version}});
        }
        call.answer(dumpJson(json));
    });
    add("GET", "schemas/guids/{guid}", [&context](RestCall call, const backbone::RouteValues& values) {
        byGuid(context, std::move(call), values["guid"], false);
    });
    add("GET", "schemas/guids/{guid}/ids", [&context](RestCall call, const backbone::RouteValues& values) {
        byGuid(context, std::move(call), values["guid"], true);
    });
}

} // namespace meshbone::catalog
