// SPDX-License-Identifier: Apache-2.0
// Requests to the schema registry's REST surface, on a registry in memory of its own for each input. Input: requests
// with zero bytes between; of each, lines: the method and the target, headers until an empty line, then the body.
//
// Each is answered once, with a status that says what it is and a body that clients can read; nothing that a client
// sends is the server's failure; who may not read a subject sees nothing of it; and the topic tells what the registry
// knows.
#include "schema/rest/registry_rest.h"
#include "support/memory_backbone.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <future>

using namespace meshbone;
using namespace meshbone::catalog;
using backbone::HttpReply;
using backbone::HttpRequest;
using backbone::HttpResponse;

namespace {

constexpr int kMaxRequests = 20;
constexpr std::chrono::seconds kPatience{60};
constexpr std::string_view kAdmin = "admin";
constexpr std::string_view kHush = "hush_hush"; ///< stands in what only the admin may read

void check(bool holds, const HttpRequest& request, const HttpResponse& response, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "registry_rest: %s: %s %s?%s\n%s\n-> %d %s\n", what, request.method.c_str(),
                     request.rawPath.c_str(), request.query.c_str(), request.body.c_str(), response.status,
                     response.body.c_str());
        std::abort();
    }
}

std::string_view upTo(std::string_view& rest, std::string_view end) {
    const auto at = rest.find(end);
    const auto part = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + end.size());
    return part;
}

HttpRequest requestIn(std::string_view text) {
    HttpRequest request;
    auto line = upTo(text, "\n");
    request.method = upTo(line, " ");
    const auto path = upTo(line, "?");
    request.rawPath = path.starts_with('/') ? std::string(path) : "/" + std::string(path); // the server sees to that
    request.query = line;
    while (!text.empty()) {
        auto header = upTo(text, "\n");
        if (header.empty()) {
            break;
        }
        const auto name = upTo(header, ": ");
        request.headers.emplace_back(name, header);
    }
    request.body = text;
    return request;
}

class Registry {
public:
    Registry()
        : m_cluster(std::make_shared<test::MemoryCluster>())
        , m_backbone(test::openMemoryBackbone(m_cluster))
        , m_service(*m_backbone)
        , m_rest(m_service, options()) {
        m_service.start();
        m_service.registry().waitReady(kPatience);
    }
    ~Registry() { m_service.stop(); }
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;

    HttpResponse ask(const HttpRequest& request) {
        auto answers = std::make_shared<std::promise<HttpResponse>>(); // a second answer throws
        auto answer = answers->get_future();
        m_rest.serve(request, HttpReply([answers](HttpResponse response) { answers->set_value(std::move(response)); }));
        check(answer.wait_for(kPatience) == std::future_status::ready, request, {}, "no answer");
        return answer.get();
    }

    /// What is known is what the topic's records add up to.
    void checkTopic() {
        RegistryState again;
        for (const auto& record : m_cluster->records(kSchemasTopic)) {
            const auto read = decodeRegistryRecord(record.key.value_or(""), record.value);
            if (!read || !again.apply(*read, record.timestampMs)) {
                give("a record that isn't taken", {record.key.value_or(""), record.value.value_or("")});
            }
        }
        const auto state = m_service.registry().copy();
        if (all(state) != all(again)) {
            give("another state than the topic's", all(state));
        }
    }

private:
    static SchemaServiceOptions options() {
        SchemaServiceOptions options;
        options.mayDo = [](const std::string& principal, RegistryAction, const std::string& subject) {
            return principal == kAdmin || SubjectName::parse(subject).subject != "secret";
        };
        return options;
    }
    static std::vector<std::string> all(const RegistryState& state) {
        std::vector<std::string> told;
        state.forEach([&](const SchemaVersion& one) {
            told.push_back(fmt::format("{} {} {} {} {}", one.subject, one.version, one.id.value(), one.isDeleted,
                                       one.definition ? one.definition->text : "?"));
        });
        for (const auto& [subject, json] : state.configs()) {
            told.push_back(subject + " " + json);
        }
        for (const auto& [subject, mode] : state.modes()) {
            told.push_back(fmt::format("{} {}", subject, static_cast<int>(mode)));
        }
        return told;
    }
    [[noreturn]] static void give(const char* what, const std::vector<std::string>& told) {
        std::fprintf(stderr, "registry_rest: %s:\n", what);
        for (const auto& line : told) {
            std::fprintf(stderr, "  %s\n", line.c_str());
        }
        std::abort();
    }

    std::shared_ptr<test::MemoryCluster> m_cluster;
    std::unique_ptr<backbone::Backbone> m_backbone;
    RegistryService m_service;
    RegistryRest m_rest;
};

void checkAnswer(const HttpRequest& request, const HttpResponse& response) {
    check(response.status >= 200 && response.status < 500, request, response, "the server's failure");
    if (response.status >= 400) {
        const auto told = nlohmann::json::parse(response.body, nullptr, false);
        check(told.is_object() && told.size() == 2 && told.contains("message") && told["message"].is_string(), request,
              response, "an error that clients can't read");
        const auto code = told.value("error_code", 0);
        check(code == response.status || code / 100 == response.status, request, response, "another error's code");
    } else if (response.status == 204) {
        check(response.body.empty(), request, response, "no content has a body");
    } else if (!request.rawPath.ends_with("schema")) { // a schema's text alone need not be JSON
        check(nlohmann::json::accept(response.body), request, response, "no JSON");
    }
    check(request.principal == kAdmin || !response.body.contains(kHush), request, response, "what is none of theirs");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    if (rest.contains(kHush)) {
        return 0; // whoever says it may hear it
    }
    Registry registry;
    HttpRequest first;
    first.method = "POST";
    first.rawPath = "/subjects/secret/versions";
    first.principal = kAdmin;
    first.body = R"({"schema":"{\"type\":\"enum\",\"name\":\"Secret\",\"symbols\":[\"hush_hush\"]}"})";
    check(registry.ask(first).status == 200, first, {}, "the first schema was not taken");
    for (int requests = 0; !rest.empty() && requests < kMaxRequests; ++requests) {
        const auto request = requestIn(upTo(rest, std::string_view("\0", 1)));
        checkAnswer(request, registry.ask(request));
    }
    registry.checkTopic();
    return 0;
}
