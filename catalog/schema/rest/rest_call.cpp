// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/rest_call.h"

#include "schema/registry/reference_subject.h"
#include "schema/rest/rest_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace meshbone::catalog {

namespace {

constexpr std::string_view kVendorType = "application/vnd.schemaregistry.v1+json";

/// The media type of the answer: the vendor's, unless the client asks for plain JSON only.
std::string contentType(const backbone::HttpRequest& request) {
    const auto accept = request.header("Accept").value_or("");
    const bool wantsPlain = accept.contains("application/json") && !accept.contains("schemaregistry");
    return std::string(wantsPlain ? "application/json" : kVendorType);
}

} // namespace

bool RestCall::flag(std::string_view name) const {
    const auto value = query.find(name).value_or("");
    return value == "true" || value == "True" || value == "TRUE";
}

std::string RestCall::text(std::string_view name) const {
    return std::string(query.find(name).value_or(""));
}

std::size_t RestCall::number(std::string_view name, std::size_t otherwise) const {
    const auto value = query.find(name).value_or("");
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    return error == std::errc() && end == value.data() + value.size() ? number : otherwise; // -1 means: no limit
}

Deleted RestCall::deleted() const {
    return flag("deletedOnly") ? Deleted::Only : flag("deleted") ? Deleted::With : Deleted::Without;
}

SubjectName RestCall::subject(std::string_view name) const {
    auto parsed = SubjectName::parse(name);
    if (!name.starts_with(":.")) {
        parsed.context = context;
    }
    return parsed;
}

void RestCall::answer(std::string json, int status) {
    if (json.empty()) {
        return reply.send({.status = 204});
    }
    reply.send({.status = status, .contentType = contentType(request), .body = std::move(json)});
}

void RestCall::answerText(std::string text) {
    reply.send({.contentType = contentType(request), .body = std::move(text)});
}

void RestCall::answer(const RegistryError& error) {
    // Exactly these two members: with more, older Java clients fail to read the error. The message may quote octets of
    // the request that are no UTF-8.
    const RestJson body{{"error_code", error.code}, {"message", error.message}};
    reply.send({.status = error.status(), .contentType = contentType(request), .body = dumpJson(body)});
}

SubjectName RestContext::subject(const RestCall& call, std::string_view text) const {
    return service.registry().read(
        [named = call.subject(text)](const RegistryState& state) { return withoutAlias(state, named); });
}

bool RestContext::check(RestCall& call, RegistryAction action, const std::string& subject) const {
    if (mayDo(call, action, subject)) {
        return true;
    }
    call.answer(
        RegistryError{40301, fmt::format("User is denied operation {} on {}.", registryActionName(action),
                                         subject.empty() ? "the registry" : fmt::format("subject: {}", subject))});
    return false;
}

bool RestContext::checkReferences(RestCall& call, const RegisterRequest& request) const {
    return std::ranges::all_of(request.schema.references, [&](const SchemaReference& one) {
        return check(call, RegistryAction::Read, referencedSubject(request.subject.context, one.subject).toString());
    });
}

std::vector<SubjectName> elsewhere(const RestContext& context, const RestCall& call, const RegistryState& state,
                                   const SubjectName& subject) {
    std::vector<SubjectName> names;
    for (const auto& other :
         subject.context == "." && !subject.subject.empty() ? state.contexts() : std::vector<std::string>()) {
        const SubjectName name{other, subject.subject};
        if (other != "." && context.mayDo(call, RegistryAction::Read, name.toString())) {
            names.push_back(name);
        }
    }
    return names;
}

RegistryResult<std::string> parseContext(std::string_view text) {
    const auto begin = text.starts_with(':') ? 1U : 0U;
    const auto end = text.size() - (text.size() > begin && text.ends_with(':') ? 1U : 0U);
    auto name = text.substr(begin, end - begin);
    if (name.contains(':')) {
        return refuse(400, "The name of a context has no colon in it.");
    }
    // Without its dot, a subject in it would be another one when it is read again.
    return name.starts_with('.') ? std::string(name) : fmt::format(".{}", name);
}

RegistryResult<int> parseVersion(std::string_view text) {
    if (text == "latest" || text == "-1") {
        return -1;
    }
    int version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (error != std::errc() || end != text.data() + text.size() || version < 1) {
        return refuse(
            42202, fmt::format("The specified version '{}' is not a valid version id. Allowed values are between [1, "
                               "2^31-1] and the string \"latest\"",
                               text.substr(0, 60)));
    }
    return version;
}

} // namespace meshbone::catalog
