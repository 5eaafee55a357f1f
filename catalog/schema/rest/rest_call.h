// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/rest/check_pool.h"
#include "schema/rest/refusal_teller.h"
#include "schema/rest/registry_rest.h"

#include <backbone/http_router.h>
#include <catalog/schema_fetches.h>

namespace meshbone::catalog {

/// A request to the registry as its routes see it. Movable; one thread at a time.
struct RestCall {
    backbone::HttpRequest request;
    backbone::HttpQuery query;
    backbone::HttpReply reply;
    std::string context = "."; ///< from the prefix /contexts/{context}
    bool isInContext = false;  ///< there is such a prefix
    bool takesUnknown = false; ///< the client says that members which it doesn't know do it no harm

    [[nodiscard]] bool flag(std::string_view name) const;
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] std::size_t number(std::string_view name, std::size_t otherwise) const;
    [[nodiscard]] Deleted deleted() const; ///< by `deleted` and `deletedOnly`

    /// A subject as it is named here: with the prefix's context unless it names one.
    [[nodiscard]] SubjectName subject(std::string_view text) const;

    void answer(std::string json, int status = 200); ///< 204 where there is nothing to tell
    void answerText(std::string text);               ///< a schema's text alone
    void answer(const RegistryError& error);
};

/// What all routes share.
struct RestContext {
    RegistryService& service;
    SchemaServiceOptions options;
    std::unique_ptr<SchemaFetches> ownFetches = options.fetches ? nullptr : std::make_unique<SchemaFetches>();
    SchemaFetches* fetches = options.fetches ? options.fetches : ownFetches.get();
    std::unique_ptr<RefusalTeller> refusals = std::make_unique<RefusalTeller>(options.audience);
    std::unique_ptr<CheckPool> checks = std::make_unique<CheckPool>(); ///< last: its threads use the others

    [[nodiscard]] bool mayDo(const RestCall& call, RegistryAction action, const std::string& subject) const {
        return !options.mayDo || options.mayDo(call.request.principal, action, subject);
    }
    /// The subject that a call is about where it names one: what that stands for, if it is an alias. Rights count on
    /// what it stands for, else an alias would open what is closed.
    [[nodiscard]] SubjectName subject(const RestCall& call, std::string_view text) const;
    /// Answers 40301 and returns false where it may not be done.
    bool check(RestCall& call, RegistryAction action, const std::string& subject) const;
    /// The same for what a schema refers to, which is told by what is said of the schema: each must be readable.
    bool checkReferences(RestCall& call, const RegisterRequest& request) const;
};

using RestAction = std::function<void(RestCall call, const backbone::RouteValues& values)>;
/// Adds a route, and the same behind /contexts/{context}.
using AddRoute = std::function<void(std::string method, std::string pattern, RestAction action)>;

void addSubjectRoutes(const RestContext& context, const AddRoute& add);
void addVersionRoutes(const RestContext& context, const AddRoute& add);
void addReadRoutes(const RestContext& context, const AddRoute& add); ///< of versions, what changes nothing
void addListRoutes(const RestContext& context, const AddRoute& add);
void addSchemaRoutes(const RestContext& context, const AddRoute& add);
void addCompatibilityRoutes(const RestContext& context, const AddRoute& add);
void addSettingRoutes(const RestContext& context, const AddRoute& add);
void addEvidenceRoutes(const RestContext& context, const AddRoute& add);

/// Remembers that a client asked for the schema of an id of the context `name`; `subject`, with its context, where it
/// was asked for as one of that.
void noteFetch(const RestContext& context, const RestCall& call, const std::string& name, SchemaId id,
               SchemaAsk what = SchemaAsk::ById, const std::string& subject = {});

/// Where a subject is looked for that isn't found: of the default context, under its name in each of the others, as
/// Confluent's registry does. Only where the caller may read it.
std::vector<SubjectName> elsewhere(const RestContext& context, const RestCall& call, const RegistryState& state,
                                   const SubjectName& subject);

/// "latest" and "-1" are -1. 42202 for what is no version.
RegistryResult<int> parseVersion(std::string_view text);

/// A context as a path names it: with or without colons around it and the dot before it. 400 for what is none.
RegistryResult<std::string> parseContext(std::string_view text);

/// A page of a list by `offset` and `limit`.
template <class Value>
std::vector<Value> page(const RestCall& call, std::vector<Value> all, std::size_t otherwise = SIZE_MAX) {
    const auto offset = std::min(call.number("offset", 0), all.size());
    const auto limit = std::min(call.number("limit", otherwise), all.size() - offset);
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(offset));
    all.resize(limit);
    return all;
}

} // namespace meshbone::catalog
