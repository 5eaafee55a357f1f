// SPDX-License-Identifier: Apache-2.0
#include "schema/client/registry_client.h"

#include "schema/client/client_json.h"

#include <backbone/http_path.h>
#include <catalog/schema_fetches.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace meshbone::catalog {

namespace {

using backbone::encodeSegment;

constexpr std::size_t kPage = 1'000;
constexpr auto kBodyType = "application/vnd.schemaregistry.v1+json";

ErrorCode codeOf(int status) {
    switch (status) {
    case 401:
    case 403:
        return ErrorCode::PermissionDenied;
    case 404:
        return ErrorCode::NotFound;
    case 409:
        return ErrorCode::Conflict;
    case 400:
    case 422:
        return ErrorCode::InvalidArgument;
    case 405:
    case 501:
        return ErrorCode::Unsupported;
    default:
        return ErrorCode::Unavailable;
    }
}

template <class Value>
Result<Value> plain(std::expected<Value, RegistryFailure> answer) {
    if (!answer) {
        return std::unexpected(answer.error().error);
    }
    if constexpr (std::is_void_v<Value>) {
        return {};
    } else {
        return std::move(*answer);
    }
}

Status statusOf(const std::expected<std::string, RegistryFailure>& answer) {
    return answer ? Status{} : std::unexpected(answer.error().error);
}

std::string subjectPath(const std::string& subject) {
    return "/subjects/" + encodeSegment(subject);
}
std::string versionPath(const std::string& subject, int version) {
    return fmt::format("{}/versions/{}", subjectPath(subject), version == -1 ? "latest" : std::to_string(version));
}
std::string settingPath(const char* what, const std::string& subject) {
    return subject.empty() ? fmt::format("/{}", what) : fmt::format("/{}/{}", what, encodeSegment(subject));
}

} // namespace

Result<std::unique_ptr<SchemaRegistry>> openRegistry(backbone::HttpClientOptions options) {
    auto url = options.baseUrl;
    auto http = backbone::HttpClient::make(std::move(options));
    if (!http) {
        return std::unexpected(http.error());
    }
    return std::make_unique<RegistryClient>(std::move(*http), std::move(url));
}

std::expected<std::string, RegistryFailure> RegistryClient::ask(const char* method, const std::string& target,
                                                                const std::string& body, const CallOptions& call) {
    backbone::HttpCall request{method, target, body.empty() ? "" : kBodyType, body, {}};
    request.headers = {{"Accept", "application/vnd.schemaregistry.v1+json, application/json"},
                       {"Confluent-Accept-Unknown-Properties", "true"}};
    auto response = m_http->call(request, call);
    if (!response) {
        return std::unexpected(RegistryFailure{response.error(), 0});
    }
    if (response->status < 300) {
        return std::move(response->body);
    }
    auto failure = readFailure(response->body);
    if (failure.message.empty()) {
        failure.message =
            fmt::format("The schema registry at {} answered with HTTP status {}.", m_url, response->status);
    }
    return std::unexpected(RegistryFailure{Error{codeOf(response->status), failure.message}, failure.code});
}

Result<std::vector<SchemaVersion>> RegistryClient::versions(const CallOptions& call) {
    std::vector<SchemaVersion> all;
    for (;;) {
        const auto page =
            ask("GET", fmt::format("/schemas?deleted=true&subjectPrefix=%3A*%3A&offset={}&limit={}", all.size(), kPage),
                {}, call);
        if (!page && all.empty() && page.error().error.code != ErrorCode::PermissionDenied && page.error().code != 0) {
            return versionsOneByOne(call); // Karapace and Redpanda have no such list
        }
        if (!page && page.error().error.code == ErrorCode::NotFound) {
            return versionsOneByOne(call);
        }
        if (!page) {
            return std::unexpected(page.error().error);
        }
        auto versions = readVersions(*page);
        if (!versions) {
            return std::unexpected(versions.error());
        }
        std::ranges::move(*versions, std::back_inserter(all));
        if (versions->size() < kPage) {
            break;
        }
    }
    markDeleted(all, plain(ask("GET", "/schemas?subjectPrefix=%3A*%3A&limit=1000", {}, call)));
    std::ranges::sort(all, {}, [](const SchemaVersion& one) { return std::pair(one.subject, one.version); });
    return all;
}

Result<std::vector<SchemaVersion>> RegistryClient::versionsOneByOne(const CallOptions& call) {
    const auto subjects = ask("GET", "/subjects", {}, call);
    if (!subjects) {
        return std::unexpected(subjects.error().error);
    }
    std::vector<SchemaVersion> all;
    for (const auto& subject : readTexts(*subjects)) {
        const auto versions = ask("GET", subjectPath(subject) + "/versions", {}, call);
        if (!versions) {
            return std::unexpected(versions.error().error);
        }
        for (const auto number : readNumbers(*versions)) {
            auto one = version(subject, number, call);
            if (!one) {
                return std::unexpected(one.error());
            }
            all.push_back(std::move(*one));
        }
    }
    return all;
}

Result<SchemaVersion> RegistryClient::version(const std::string& subject, int version, const CallOptions& call) {
    const auto answer = ask("GET", versionPath(subject, version) + "?deleted=true", {}, call);
    return answer ? readVersion(*answer) : std::unexpected(answer.error().error);
}

Result<SchemaDefinition> RegistryClient::byId(SchemaId id, const std::string& subject, const CallOptions& call) {
    const auto answer =
        ask("GET",
            fmt::format("/schemas/ids/{}{}", id.value(), subject.empty() ? "" : "?subject=" + encodeSegment(subject)),
            {}, call);
    return answer ? readDefinition(*answer) : std::unexpected(answer.error().error);
}

Result<std::vector<SubjectSettings>> RegistryClient::settings(const std::vector<std::string>& subjects,
                                                              const CallOptions& call) {
    if (const auto list = ask("GET", "/meshbone/v1/settings", {}, call)) { // only ours has it
        if (auto read = readSettings(*list)) {
            return std::move(*read);
        }
    }
    std::vector<SubjectSettings> all;
    auto names = subjects;
    names.insert(names.begin(), std::string());
    for (const auto& subject : names) {
        SubjectSettings one{subject, {}, {}, {}, {}};
        const auto config = ask("GET", settingPath("config", subject), {}, call);
        const auto mode = ask("GET", settingPath("mode", subject), {}, call);
        if (!config && config.error().error.code != ErrorCode::NotFound) {
            return std::unexpected(config.error().error);
        }
        if (config) {
            readConfig(*config, one);
        }
        if (mode) { // a registry without modes is READWRITE
            readMode(*mode, one);
        }
        if (subject.empty() || one.level || one.policy || one.mode || one.validation) {
            all.push_back(std::move(one));
        }
    }
    return all;
}

std::expected<RegisteredSchema, RegistryFailure> RegistryClient::registerSchema(const std::string& subject,
                                                                                const SchemaDefinition& schema,
                                                                                bool isNormalized,
                                                                                const CallOptions& call) {
    return putVersion(subject, writeDefinition(schema), isNormalized, call);
}

std::expected<RegisteredSchema, RegistryFailure> RegistryClient::registerWithId(const std::string& subject,
                                                                                const SchemaDefinition& schema,
                                                                                GivenId given,
                                                                                const CallOptions& call) {
    return putVersion(subject, writeDefinition(schema, given), false, call);
}

std::expected<RegisteredSchema, RegistryFailure> RegistryClient::putVersion(const std::string& subject,
                                                                            const std::string& body, bool isNormalized,
                                                                            const CallOptions& call) {
    const auto query = isNormalized ? "?normalize=true" : "";
    auto answer = ask("POST", subjectPath(subject) + "/versions" + query, body, call);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    auto registered = readRegistered(*answer);
    if (registered.version == 0) { // older ones tell the id alone
        if (const auto found = ask("POST", subjectPath(subject) + query, body, call)) {
            registered.version = readRegistered(*found).version;
        }
    }
    return registered;
}

std::expected<RegistryClient::Check, RegistryFailure>
RegistryClient::check(const std::string& subject, const SchemaDefinition& schema, const CallOptions& call) {
    const auto target = "/compatibility" + subjectPath(subject) + "/versions?verbose=true";
    const auto answer = ask("POST", target, writeDefinition(schema), call);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    Check check;
    readCheck(*answer, check.isCompatible, check.messages);
    return check;
}

Status RegistryClient::checkNoAlias(const std::string& subject, const CallOptions& call) {
    const auto config = ask("GET", settingPath("config", subject), {}, call);
    const auto alias = config ? readAlias(*config) : std::string(); // who can't tell follows none
    if (alias.empty()) {
        return {};
    }
    return fail(ErrorCode::Conflict, fmt::format("{} is an alias of {} by its settings: the registry would do this to "
                                                 "{}. Do it there, or take the alias away first.",
                                                 subject, alias, alias));
}

Status RegistryClient::deleteVersion(const std::string& subject, int version, bool isPermanent,
                                     const CallOptions& call) {
    if (auto own = checkNoAlias(subject, call); !own) {
        return own;
    }
    return statusOf(ask("DELETE", versionPath(subject, version) + (isPermanent ? "?permanent=true" : ""), {}, call));
}

Status RegistryClient::deleteSubject(const std::string& subject, bool isPermanent, const CallOptions& call) {
    if (auto own = checkNoAlias(subject, call); !own) {
        return own;
    }
    return statusOf(ask("DELETE", subjectPath(subject) + (isPermanent ? "?permanent=true" : ""), {}, call));
}

Status RegistryClient::restoreVersion(const std::string& subject, int version, const CallOptions& call) {
    if (auto own = checkNoAlias(subject, call); !own) {
        return own;
    }
    const auto answer = ask("POST", versionPath(subject, version) + "/restore", {}, call);
    if (!answer && (answer.error().code == 404 || answer.error().code == 405)) {
        return fail(ErrorCode::Unsupported,
                    "This schema registry can't bring deleted versions back. Register the schema again: it "
                    "keeps its id as long as it wasn't deleted permanently.");
    }
    return statusOf(answer);
}

Status RegistryClient::setLevel(const std::string& subject, std::optional<CompatibilityLevel> level,
                                const CallOptions& call) {
    const auto path = settingPath("config", subject);
    return statusOf(level ? ask("PUT", path, fmt::format(R"({{"compatibility":"{}"}})", levelName(*level)), call)
                          : ask("DELETE", path, {}, call));
}

Status RegistryClient::setPolicy(const std::string& subject, CompatibilityPolicy policy, const CallOptions& call) {
    const auto* name = policy == CompatibilityPolicy::Lenient ? "LENIENT" : "STRICT";
    return statusOf(
        ask("PUT", settingPath("config", subject), fmt::format(R"({{"compatibilityPolicy":"{}"}})", name), call));
}

Status RegistryClient::setValidation(const std::string& subject, std::optional<WriteValidation> validation,
                                     const CallOptions& call) {
    const auto body =
        validation ? fmt::format(R"({{"validation":"{}"}})", validationName(*validation)) : R"({"validation":null})";
    const auto path = settingPath("config", subject);
    if (const auto put = ask("PUT", path, body, call); !put || !validation) {
        return statusOf(put);
    }
    // A registry of another make takes what it doesn't know, and forgets it.
    SubjectSettings kept{subject, {}, {}, {}, {}};
    if (const auto shown = ask("GET", path, {}, call)) {
        readConfig(*shown, kept);
    }
    return kept.validation == validation
               ? Status{}
               : fail(ErrorCode::Unsupported, "This schema registry doesn't keep whether what is written is checked.");
}

Status RegistryClient::setMode(const std::string& subject, std::optional<SubjectMode> mode, bool isForced,
                               const CallOptions& call) {
    if (mode == SubjectMode::Import && !subject.empty()) { // versions with an id given go where the alias leads
        if (auto own = checkNoAlias(subject, call); !own) {
            return own;
        }
    }
    const auto path = settingPath("mode", subject);
    return statusOf(mode ? ask("PUT", path + (isForced ? "?force=true" : ""),
                               fmt::format(R"({{"mode":"{}"}})", modeName(*mode)), call)
                         : ask("DELETE", path, {}, call));
}

Result<std::string> RegistryClient::askOurs(const char* what, const CallOptions& call) {
    auto answer = ask("GET", fmt::format("/meshbone/v1/{}", what), {}, call);
    if (!answer &&
        (answer.error().error.code == ErrorCode::NotFound || answer.error().error.code == ErrorCode::Unsupported)) {
        return fail(ErrorCode::Unsupported, fmt::format("The schema registry at {} doesn't tell this.", m_url));
    }
    return plain(std::move(answer));
}

Result<std::vector<TopicViolations>> RegistryClient::violations(const CallOptions& call) {
    const auto answer = askOurs("violations", call);
    return answer ? violationsFromJson(*answer) : std::unexpected(answer.error());
}

Result<std::vector<SchemaFetch>> RegistryClient::fetches(const CallOptions& call) {
    const auto answer = askOurs("fetches", call);
    return answer ? fetchesFromJson(*answer) : std::unexpected(answer.error());
}

Result<RegistryStatus> RegistryClient::status(const CallOptions& call) {
    const auto answer = askOurs("status", call);
    return answer ? readStatus(*answer) : std::unexpected(answer.error());
}

} // namespace meshbone::catalog
