// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/broker_fixture.h"

#include <backbone/backbone.h>
#include <catalog/schema_service.h>

#include <nlohmann/json.hpp>

#include <future>

namespace meshbone::test {

/// A registry on an embedded broker of its own, asked as its HTTP server would ask it.
class ServedRegistry {
public:
    struct Answer {
        int status = 0;
        std::string text;
        [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(text, nullptr, false); }
        [[nodiscard]] int code() const { return json().value("error_code", 0); }
    };

    explicit ServedRegistry(catalog::SchemaServiceOptions options = {})
        : m_options(std::move(options)) {
        start();
    }

    Answer ask(const std::string& method, const std::string& target, const nlohmann::json& body = {},
               backbone::HttpHeaders headers = {}) {
        return send(method, target, body.is_null() ? "" : body.dump(), std::move(headers));
    }
    Answer send(const std::string& method, const std::string& target, std::string body,
                backbone::HttpHeaders headers = {}) {
        const auto query = target.find('?');
        backbone::HttpRequest request;
        request.method = method;
        request.rawPath = target.substr(0, query);
        request.query = query == std::string::npos ? "" : target.substr(query + 1);
        request.body = std::move(body);
        request.headers = std::move(headers);
        request.principal = principal;
        request.remoteAddress = "127.0.0.1";
        const auto promise = std::make_shared<std::promise<backbone::HttpResponse>>();
        auto future = promise->get_future();
        m_service->serve(std::move(request), backbone::HttpReply([promise](backbone::HttpResponse response) {
                             promise->set_value(std::move(response));
                         }));
        if (future.wait_for(std::chrono::seconds(60)) != std::future_status::ready) {
            qFatal("No answer to %s %s", method.c_str(), target.c_str());
        }
        auto response = future.get();
        return {response.status, std::move(response.body)};
    }
    Answer put(const std::string& subject, const std::string& schema, const char* type = "AVRO") {
        return ask("POST", "/subjects/" + subject + "/versions", {{"schema", schema}, {"schemaType", type}});
    }

    catalog::SchemaService& service() { return *m_service; }
    backbone::Backbone& backbone() { return *m_backbone; }
    /// The registry anew, on the same log; the broker too if `withBroker`.
    void restart(bool withBroker) {
        m_service.reset();
        m_backbone.reset();
        if (withBroker) {
            m_broker.restart();
        }
        start();
    }

    std::string principal;

private:
    void start() {
        backbone::Profile profile;
        profile.bootstrap = m_broker.bootstrap();
        auto opened = backbone::Backbone::open(profile, m_folder.path().toStdString());
        if (!opened) {
            qFatal("%s", opened.error().message.c_str());
        }
        m_backbone = std::move(*opened);
        m_service = catalog::SchemaService::start(*m_backbone, m_options);
        const auto status = m_service->waitReady(std::chrono::seconds(60));
        if (status.stage != catalog::RegistryStatus::Stage::Ready) {
            qFatal("The registry isn't ready: %s", status.reason.c_str());
        }
    }

    testing::BrokerFixture m_broker;
    QTemporaryDir m_folder;
    catalog::SchemaServiceOptions m_options;
    std::unique_ptr<backbone::Backbone> m_backbone;
    std::unique_ptr<catalog::SchemaService> m_service;
};

} // namespace meshbone::test
