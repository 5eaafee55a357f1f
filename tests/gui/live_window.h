// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/window_fixture.h"
#include "support/broker_fixture.h"
#include "support/catalog_desk.h"

#include <backbone/backbone.h>
#include <backbone/capabilities.h>
#include <catalog/enforcer.h>

#include <QDir>

namespace meshbone::test {

/// The window of "ada" on an embedded broker of its own that enforces what is granted, with a ledger and an enforcer:
/// everything real, nothing quick enough to be waited for without QTRY.
struct LiveWindow : WindowFrame {
    static constexpr auto kAdmin = "admin";
    testing::BrokerFixture broker{enforcing()};
    QTemporaryDir state;
    std::unique_ptr<backbone::Backbone> backbone = connect(kAdmin, "admin-secret");
    CatalogDesk desk{"ada", *backbone};
    std::unique_ptr<catalog::Enforcer> enforcer;

    explicit LiveWindow(const QString& page, bool enforces = true) {
        desk.open().value();
        if (enforces) {
            catalog::EnforcerOptions options;
            options.principal = std::string("User:") + kAdmin;
            options.every = std::chrono::milliseconds(100);
            options.retryAfter = std::chrono::milliseconds(20);
            options.rules = [](const CallOptions&) {
                backbone::AclRules rules;
                rules.superUsers.insert(std::string("User:") + kAdmin); // as the broker is started
                return rules;
            };
            enforcer = catalog::Enforcer::start(*desk, backbone->access(), std::move(options));
        }
        must(catalog::PutTeam{"ops", "Operations", "", {"ada"}});
        open(services(*backbone), page);
    }
    ~LiveWindow() { window.reset(); }

    /// Of a window on the same catalog that reaches the broker by another connection.
    [[nodiscard]] ui::Services services(backbone::Backbone& on) {
        ui::Services services{on};
        services.catalog = &*desk;
        services.person = "ada";
        services.enforcer = enforcer.get();
        services.profiles.test = backbone::probeCapabilities;
        return services;
    }
    [[nodiscard]] backbone::Profile profile(const std::string& user, const std::string& password,
                                            const std::string& mechanism = "SCRAM-SHA-256") const {
        backbone::Profile profile;
        profile.bootstrap = broker.bootstrap();
        profile.securityProtocol = "SASL_PLAINTEXT";
        profile.saslMechanism = mechanism;
        profile.user = user;
        profile.password = password;
        return profile;
    }
    /// As this user, who is made where there is none.
    std::unique_ptr<backbone::Backbone> connect(const std::string& user, const std::string& password) {
        broker.broker().putUser({user, password}).value();
        const auto folder = state.filePath(QString::fromStdString(user));
        QDir().mkpath(folder);
        auto opened = backbone::Backbone::open(profile(user, password), folder.toStdString());
        (*opened)->waitHealthy({std::chrono::seconds(30), {}}).value();
        return std::move(*opened);
    }
    /// Does the broker let this one in? An answer, even a refusal to tell, says so.
    [[nodiscard]] bool letsIn(const std::string& user, const std::string& password,
                              const std::string& mechanism) const {
        const auto users = backbone::openAccessAdmin(profile(user, password, mechanism)).value()->users({});
        return users || users.error().kafkaCode == 31;
    }
    catalog::LedgerEntry must(catalog::Command command, std::string why = {}) {
        return desk.submit(std::move(command), {}, std::move(why)).value();
    }

private:
    static backbone::BrokerOptions enforcing() {
        backbone::BrokerOptions options;
        options.properties = {{"authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"},
                              {"super.users", std::string("User:") + kAdmin}};
        return options;
    }
};

} // namespace meshbone::test
