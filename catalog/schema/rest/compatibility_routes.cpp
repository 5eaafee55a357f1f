// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/judged.h"
#include "schema/rest/refused_change.h"
#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"

#include <nlohmann/json.hpp>

namespace meshbone::catalog {

namespace {

/// 200 also where it isn't compatible: that is the answer, no failure. `audience`: who would have been broken.
void answerCheck(RestCall& call, const SchemaVerdict& verdict, const std::string& audience) {
    RestJson json{{"is_compatible", verdict.isCompatible()}};
    if (call.flag("verbose")) {
        auto lines = verdictLines(verdict);
        if (!audience.empty()) {
            lines.push_back(audience);
        }
        json["messages"] = std::move(lines);
    }
    call.answer(dumpJson(json));
}

void answerVerdict(const RestContext& context, const std::shared_ptr<RestCall>& call, const SubjectName& subject,
                   const RegistryResult<SchemaVerdict>& verdict) {
    if (!verdict) {
        return call->answer(verdict.error());
    }
    if (verdict->isCompatible() || !call->flag("verbose")) {
        return answerCheck(*call, *verdict, {});
    }
    const auto found = std::make_shared<const SchemaVerdict>(*verdict);
    context.refusals->tell([&context, call, subject, found] { return refusedChange(context, *call, subject, *found); },
                           [call, found](const std::string& sentence) { answerCheck(*call, *found, sentence); });
}

void check(const RestContext& context, RestCall call, const SubjectName& subject, std::optional<int> version) {
    auto request = readRegistration(call.request.body, subject);
    if (!request) {
        return call.answer(request.error());
    }
    if (!context.checkReferences(call, *request)) {
        return;
    }
    request->isNormalized = call.flag("normalize");
    const auto shared = std::make_shared<RestCall>(std::move(call));
    checkLater(context, shared, [&context, shared, version, request = std::move(*request)] {
        Judgement judgement(Judgement::When::Later);
        const auto verdict = judged(context, judgement, [&](const RegistryState& state) {
            return checkSchema(state, context.service.cache(), request, version, judgement, Alias::Ignored);
        });
        answerVerdict(context, shared, request.subject, verdict);
    });
}

} // namespace

void addCompatibilityRoutes(const RestContext& context, const AddRoute& add) {
    const auto serve = [&context](RestCall call, const backbone::RouteValues& values) {
        const auto subject = context.subject(call, values["subject"]);
        std::optional<int> version;
        if (const auto text = values["version"]; !text.empty()) {
            const auto number = parseVersion(text);
            if (!number) {
                return call.answer(number.error());
            }
            version = *number;
        }
        if (context.check(call, RegistryAction::Read, subject.toString())) {
            check(context, std::move(call), subject, version);
        }
    };
    add("POST", "compatibility/subjects/{subject}/versions/{version}", serve);
    add("POST", "compatibility/subjects/{subject}/versions", serve);
}

} // namespace meshbone::catalog
