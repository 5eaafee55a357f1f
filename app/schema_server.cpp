// SPDX-License-Identifier: Apache-2.0
#include "schema_server.h"

#include <fmt/core.h>

namespace meshbone::app {

namespace {

/// A page in a browser may send requests to loopback too, and without logins nothing else would stop it: such requests
/// name the page they come from, or (when a name was made to mean this machine) a host that isn't this machine's.
bool isOfAPage(const backbone::HttpRequest& request) {
    const auto host = request.header("Host").value_or("localhost");
    const auto name = host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
    return request.header("Origin").has_value() || (name != "localhost" && name != "127.0.0.1" && name != "[::1]");
}

} // namespace

Result<std::unique_ptr<SchemaServer>> SchemaServer::start(backbone::Backbone& backbone,
                                                          backbone::EmbeddedBroker& broker,
                                                          const SchemaServerOptions& options) {
    std::unique_ptr<SchemaServer> server(new SchemaServer(broker));
    catalog::SchemaServiceOptions service;
    service.clusterId = broker.clusterId();
    service.version = MESHBONE_VERSION;
    service.guard = options.guard;
    service.audience = options.audience;
    service.projection = options.projection;
    service.fetches = &server->m_fetches;
    if (!options.projection.empty()) {
        server->m_fetchesKeeper = std::make_unique<FetchesKeeper>(
            server->m_fetches, options.projection.parent_path() / "schema-fetches.json", options.program);
    }
    service.tell = [program = options.program](const std::string& sentence) {
        fmt::print(stderr, "{}: {}\n", program, sentence);
    };
    if (!options.isOpen) {
        service.mayDo = [rights = &server->m_rights](const std::string& principal, catalog::RegistryAction action,
                                                     const std::string& subject) {
            return rights->mayDo(principal, action, subject);
        };
    }
    server->m_service = catalog::SchemaService::start(backbone, std::move(service));

    const auto listen = [&](std::uint16_t port) {
        backbone::HttpServerOptions http;
        http.host = options.host;
        http.port = port;
        http.tls = options.tls ? broker.tlsContext() : nullptr;
        if (!options.isOpen) {
            http.authenticator = [&broker](const std::string& user, const std::string& password) {
                return broker.passwordMatches(user, password) ? std::optional("User:" + user) : std::nullopt;
            };
        }
        return backbone::HttpServer::start(std::move(http), [served = server->m_service.get(),
                                                             isOpen = options.isOpen](backbone::HttpRequest request,
                                                                                      backbone::HttpReply reply) {
            if (isOpen && isOfAPage(request)) {
                reply.send(
                    {.status = 403,
                     .contentType = "application/json",
                     .body =
                         R"({"error_code":403,"message":"Without passwords, only clients on this machine are served, )"
                         R"(which ask for a loopback address or localhost: not pages of a browser, and )"
                         R"(not under another host's name."})"});
                return;
            }
            served->serve(std::move(request), std::move(reply));
        });
    };
    auto started = listen(options.port);
    if (!started && started.error().code == ErrorCode::Locked && options.anyPortWhenTaken) {
        started = listen(0);
    }
    if (!started) {
        return std::unexpected(started.error());
    }
    server->m_http = std::move(*started);
    const bool isV6 = options.host.find(':') != std::string::npos;
    server->m_url = fmt::format("{}://{}{}{}:{}", options.tls ? "https" : "http", isV6 ? "[" : "", options.host,
                                isV6 ? "]" : "", server->m_http->port());
    return server;
}

void SchemaServer::stop() {
    if (m_http) {
        m_http->stop();
    }
    if (m_service) {
        m_service->stop();
    }
    m_fetchesKeeper.reset(); // what was noted to the end is written
}

} // namespace meshbone::app
