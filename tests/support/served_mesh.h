// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/catalog_desk.h"
#include "support/meshctl_run.h"
#include "support/served_broker.h"

#include "local_backbone.h"
#include "session.h"

#include <backbone/access_admin.h>
#include <backbone/backbone.h>
#include <catalog/access_presets.h>

#include <QFile>
#include <QRegularExpression>
#include <QTest>

/// What the ledger says arrives at somebody's desk a moment later.
#define SEEN(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 30'000)

namespace meshbone::test {

/// A served backbone with its authorizer on, a ledger in which Ada and the person who runs meshctl here own the product
/// "flights", and meshctl itself.
class ServedMesh {
public:
    explicit ServedMesh(QString meshctl)
        : m_meshctl(std::move(meshctl))
        , m_data(m_folder.filePath(QStringLiteral("data")).toStdString())
        , m_broker(m_meshctl.toStdString(), m_data, {kAuthorizer}) {
        m_broker.requireLogin();
        m_broker.start();
        profile = app::profileOf(app::readAccess(m_data).value(), "ada");
        m_backbone = openBackbone(profile, "ada");
        ada = std::make_unique<CatalogDesk>("ada", *m_backbone);
        ada->open().value();
        must(catalog::PutTeam{"ops", "Operations", "", {"ada"}});
        must(catalog::PutPerson{me(), "Me", keyIn(run({"access", "classify", "topic", "t", "restricted"}).errors)});
        must(catalog::PutTeam{"ops", "Operations", "", {"ada", me()}});
        must(catalog::PutDomain{"aviation", "Aviation", "", "ops"});
        must(catalog::PutProduct{"flights", "Flights", "", "aviation", "ops"});
        must(catalog::PutPort{"flights", {"flights.v1", catalog::PortDirection::Output, ""}});
    }

    /// Stops it cleanly, so that all that it observed is published, and starts it on the same port.
    void restart() {
        m_broker.stop();
        m_broker.start();
    }
    /// The same, with its authorizer off or on from then on.
    void restartWithAuthorizer(bool isOn) {
        m_broker.set({isOn ? kAuthorizer : "authorizer.class.name="});
        restart();
    }
    static std::string me() { return app::localPerson().id; }
    /// The public key that a refusal names.
    static std::string keyIn(const QString& refusal) {
        const auto found = QRegularExpression(QStringLiteral("public key here is (\\S{44})\\.")).match(refusal);
        if (!found.hasMatch()) {
            qFatal("no public key in: %s", qPrintable(refusal));
        }
        return found.captured(1).toStdString();
    }

    /// By Ada.
    catalog::LedgerEntry must(const catalog::Command& command, const std::string& why = "because") const {
        auto entry = ada->submit(command, {}, why);
        while (!entry && entry.error().code == ErrorCode::Conflict) {
            entry = ada->submit(command, {}, why); // the enforcer reported meanwhile
        }
        if (!entry) {
            qFatal("%s", entry.error().message.c_str());
        }
        return std::move(*entry);
    }
    /// meshctl on this backbone, by the person here.
    [[nodiscard]] MeshctlRun run(std::initializer_list<QString> words) const { return run(QStringList(words)); }
    [[nodiscard]] MeshctlRun runJson(std::initializer_list<QString> words) const { return runJson(QStringList(words)); }
    [[nodiscard]] MeshctlRun run(QStringList words) const {
        words << QStringLiteral("--data") << QString::fromStdString(m_data);
        return runMeshctl(m_meshctl, words);
    }
    [[nodiscard]] MeshctlRun runJson(QStringList words) const {
        return run(std::move(words) << QStringLiteral("--json"));
    }

    [[nodiscard]] std::unique_ptr<backbone::Backbone> openBackbone(const backbone::Profile& as,
                                                                   const char* name) const {
        const std::filesystem::path folder = m_folder.filePath(QString::fromLatin1(name)).toStdString();
        std::filesystem::create_directories(folder);
        auto opened = backbone::Backbone::open(as, folder).value();
        if (const auto healthy = opened->waitHealthy(CatalogDesk::kPatience); !healthy) {
            qFatal("%s", healthy.error().message.c_str());
        }
        return opened;
    }
    [[nodiscard]] backbone::Backbone& adminBackbone() const { return *m_backbone; }
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& text) const {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
            qFatal("can't write %s", qPrintable(name));
        }
    }
    [[nodiscard]] QByteArray read(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// Consumes flights.v1 as User:dashboard.
    static catalog::AccessScope reading() {
        catalog::AccessScope scope;
        scope.principal = "User:dashboard";
        scope.reads = {{"flights.v1"}};
        scope.group = {"dashboard"};
        return scope;
    }
    /// Asked for by Ada.
    void ask(const std::string& id, TimestampMs untilMs = catalog::kNoEnd) const {
        must(catalog::SubmitRequest{id, reading(), "flights", "", "To show delays", untilMs});
    }
    [[nodiscard]] catalog::Grant grant(const std::string& id) const { return find((*ada)->grants(), id); }
    [[nodiscard]] catalog::AccessRequest request(const std::string& id) const {
        return find((*ada)->accessRequests(), id);
    }

private:
    static constexpr const char* kAuthorizer =
        "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer";

    template <class Thing>
    static Thing find(const std::vector<Thing>& things, const std::string& id) {
        const auto found = std::ranges::find(things, id, &Thing::id);
        return found == things.end() ? Thing{} : *found;
    }

    QTemporaryDir m_folder;
    QString m_meshctl;
    std::string m_data;
    testing::ServedBroker m_broker;
    std::unique_ptr<backbone::Backbone> m_backbone;

public:
    backbone::Profile profile; ///< the super user's
    std::unique_ptr<CatalogDesk> ada;
};

} // namespace meshbone::test
