// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema_marks.h"
#include "schema_rights.h"

#include <backbone/backbone.h>
#include <backbone/broker.h>
#include <backbone/http.h>
#include <catalog/schema_audience.h>
#include <catalog/schema_guard.h>
#include <catalog/schema_service.h>

#include <filesystem>
#include <memory>
#include <string>

namespace meshbone::app {

struct SchemaServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8081; ///< 0 picks one
    bool anyPortWhenTaken = false;
    catalog::SchemaGuard* guard = nullptr;       ///< the broker's write check; borrowed
    catalog::SchemaAudience* audience = nullptr; ///< names in refusals who would break; borrowed, outlives the server
    /// See SchemaServiceOptions; who asked for which schema is kept beside it.
    std::filesystem::path projection;
    std::string program = "meshbone"; ///< begins what is said on standard error
    bool isOpen = false;              ///< no login: for a broker that has none
    bool tls = false;                 ///< with the broker's own certificate
};

/// The schema registry of the embedded broker over HTTP: its users log in with their passwords, and may do what their
/// rights over topics say. Owned by whoever owns the broker; stops before the backbone and the broker do.
class SchemaServer {
public:
    /// The backbone and the broker are borrowed. Fails as HttpServer::start does.
    static Result<std::unique_ptr<SchemaServer>> start(backbone::Backbone& backbone, backbone::EmbeddedBroker& broker,
                                                       const SchemaServerOptions& options);
    ~SchemaServer() { stop(); }

    [[nodiscard]] const std::string& url() const { return m_url; } ///< "http://127.0.0.1:8081"
    [[nodiscard]] catalog::SchemaService& service() { return *m_service; }
    void stop();

private:
    explicit SchemaServer(backbone::EmbeddedBroker& broker)
        : m_rights(broker) {}

    SchemaRights m_rights;
    std::string m_url;
    catalog::SchemaFetches m_fetches;
    std::unique_ptr<FetchesKeeper> m_fetchesKeeper; ///< null: nothing is kept
    std::unique_ptr<catalog::SchemaService> m_service;
    std::unique_ptr<backbone::HttpServer> m_http; ///< last: no request comes when the service goes
};

} // namespace meshbone::app
