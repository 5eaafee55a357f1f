// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/formatted.h"
#include "schema/rest/judged.h"
#include "schema/rest/refused_change.h"
#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"
#include "schema/rest/tag_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace meshbone::catalog {

namespace {

void answerRegistered(const RestContext& context, RestCall& call, const std::string& contextName,
                      const RegistryResult<Registered>& registered) {
    if (!registered) {
        return call.answer(registered.error());
    }
    RestJson json{{"id", registered->id.value()}};
    if (call.takesUnknown || registered->isChanged) {
        const auto shown = formatted(context, call, contextName, registered->definition);
        if (!shown) {
            return call.answer(shown.error());
        }
        json["version"] = registered->version;
        json.update(definitionJson(**shown, schemaGuid(*registered->definition), call.takesUnknown));
    }
    call.answer(dumpJson(json));
}

void registerVersion(const RestContext& context, RestCall call, const SubjectName& subject) {
    auto request = readRegistration(call.request.body, subject);
    if (!request) {
        return call.answer(request.error());
    }
    if (!context.checkReferences(call, *request)) {
        return;
    }
    request->isNormalized = call.flag("normalize");
    const auto asked = std::make_shared<const RegisterRequest>(std::move(*request));
    const auto shared = std::make_shared<RestCall>(std::move(call));
    judgeThenChange(
        context, shared,
        [asked](const RegistryState& state, ParsedCache& cache, Judgement& judgement) {
            return decideRegister(state, cache, *asked, judgement, Alias::Ignored);
        },
        [&context, shared, asked](const RegistryResult<Registered>& registered, const Judgement& judgement) {
            if (!registered && registered.error().status() == 409) {
                return answerIncompatible(context, shared, asked->subject, judgement.verdict(), registered.error());
            }
            if (registered) {
                noteFetch(context, *shared, asked->subject.context, registered->id, SchemaAsk::Register,
                          asked->subject.toString());
            }
            answerRegistered(context, *shared, asked->subject.context, registered);
        });
}

void deleteVersion(const RestContext& context, RestCall call, const SubjectName& subject,
                   std::string_view versionText) {
    const auto number = parseVersion(versionText);
    if (!number) {
        return call.answer(number.error());
    }
    const auto shared = std::make_shared<RestCall>(std::move(call));
    context.service.change<DeletedVersions>(
        [subject, number = *number, isPermanent = shared->flag("permanent")](const RegistryState& state, ParsedCache&) {
            return decideDeleteVersion(state, subject, number, isPermanent);
        },
        [shared](RegistryResult<DeletedVersions> deleted) {
            deleted ? shared->answer(std::to_string(deleted->versions.front())) : shared->answer(deleted.error());
        });
}

/// Tags, metadata and rules of a version in a new one.
void tagVersion(const RestContext& context, RestCall call, const SubjectName& subject, std::string_view versionText) {
    const auto number = parseVersion(versionText);
    if (!number) {
        return call.answer(number.error());
    }
    auto request = readTagRequest(call.request.body);
    if (!request) {
        return call.answer(request.error());
    }
    request->subject = subject;
    request->version = *number;
    const auto shared = std::make_shared<RestCall>(std::move(call));
    judgeThenChange(
        context, shared,
        [request = std::move(*request)](const RegistryState& state, ParsedCache& cache, Judgement& judgement) {
            return decideTags(state, cache, request, judgement);
        },
        [&context, shared, subject](const RegistryResult<Registered>& registered, const Judgement&) {
            answerRegistered(context, *shared, subject.context, registered);
        });
}

struct Restored {
    std::vector<RegistryRecord> records;
};
/// Our own: brings a deleted version back, with its id. Confluent's registry has no such thing.
void restoreVersion(const RestContext& context, RestCall call, const SubjectName& subject,
                    std::string_view versionText) {
    const auto number = parseVersion(versionText);
    if (!number) {
        return call.answer(number.error());
    }
    const auto shared = std::make_shared<RestCall>(std::move(call));
    context.service.change<Restored>(
        [subject, number = *number](const RegistryState& state, ParsedCache&) -> RegistryResult<Restored> {
            auto records = decideRestore(state, subject, number);
            return records ? RegistryResult<Restored>(Restored{std::move(*records)}) : std::unexpected(records.error());
        },
        [shared, &context](const RegistryResult<Restored>& restored) {
            if (!restored) {
                return shared->answer(restored.error());
            }
            const auto& record = std::get<SchemaRecord>(restored->records.front());
            shared->answer(dumpJson(RestJson{{"id", record.id.value()}, {"version", record.version}}));
            (void)context;
        });
}

} // namespace

void addVersionRoutes(const RestContext& context, const AddRoute& add) {
    const auto onSubject = [&](const char* method, const char* pattern, RegistryAction action, auto serve) {
        add(method, pattern, [&context, action, serve](RestCall call, const backbone::RouteValues& values) {
            const auto subject = context.subject(call, values["subject"]);
            if (context.check(call, action, subject.toString())) {
                serve(std::move(call), subject, values["version"]);
            }
        });
    };
    onSubject("POST", "subjects/{subject}/versions", RegistryAction::Write,
              [&context](RestCall call, const SubjectName& subject, std::string_view) {
                  registerVersion(context, std::move(call), subject);
              });
    onSubject("DELETE", "subjects/{subject}/versions/{version}", RegistryAction::Delete,
              [&context](RestCall call, const SubjectName& subject, std::string_view version) {
                  deleteVersion(context, std::move(call), subject, version);
              });
    onSubject("POST", "subjects/{subject}/versions/{version}/restore", RegistryAction::Write,
              [&context](RestCall call, const SubjectName& subject, std::string_view version) {
                  restoreVersion(context, std::move(call), subject, version);
              });
    onSubject("POST", "subjects/{subject}/versions/{version}/tags", RegistryAction::Write,
              [&context](RestCall call, const SubjectName& subject, std::string_view version) {
                  tagVersion(context, std::move(call), subject, version);
              });
}

} // namespace meshbone::catalog
