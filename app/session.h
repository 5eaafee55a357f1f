// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access_keeper.h"
#include "local_backbone.h"
#include "mesh_audience.h"
#include "schema_marks.h"
#include "schema_server.h"

#include <backbone/access_admin.h>
#include <backbone/backbone.h>
#include <backbone/broker.h>
#include <backbone/known_cluster.h>
#include <catalog/catalog.h>
#include <catalog/enforcer.h>
#include <catalog/registry_client.h>
#include <catalog/schema_watch.h>
#include <lineage/lineage.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace meshbone::app {

namespace demo {
class DemoMesh;
}

struct SessionOptions {
    std::filesystem::path dataDirectory;
    std::optional<backbone::Profile> cluster; ///< none: the embedded broker
    backbone::RegistryAccess registry;        ///< of the cluster
    std::string host = "127.0.0.1";
    std::uint16_t port = 9092;
    std::map<std::string, std::string> properties; ///< of the embedded broker
    bool tls = false;                              ///< of the embedded broker
    bool anyPortWhenTaken = false;    ///< pick a free port where `port` is in use (the desktop's first start)
    std::uint16_t schemasPort = 8081; ///< of the embedded broker's schema registry; with port 0, any
};

/// Everything that works on one backbone, built from the bottom up and torn down from the top: broker (where embedded),
/// client, catalog, enforcer, lineage, demo. Owned by main(); start and stop on one thread, the parts as their own
/// headers say.
class Session {
public:
    ~Session();

    /// Starts the parts. A broker that can't start is an error; a catalog or lineage database that can't be opened is
    /// kept as `catalogError` or `lineageError`, so that the rest can be used.
    static Result<std::unique_ptr<Session>> start(const SessionOptions& options);

    /// Makes topics, users and catalog of the demo and starts its clients. Blocks up to the deadline.
    Status startDemo(const CallOptions& call);

    /// Whether users can be made for clients: by the embedded broker, or by a cluster into which Meshbone itself logs
    /// in by SCRAM, so that the same way is open to them.
    [[nodiscard]] bool makesClients() const;
    /// Makes a user for a client, or gives it a new password, which is returned and kept nowhere. Blocks.
    Result<std::string> createClient(const std::string& user);

    backbone::Backbone& backbone() { return *m_backbone; }
    catalog::Catalog* catalog() { return m_catalog.get(); } ///< null when it could not be opened
    catalog::Enforcer* enforcer() { return m_access ? &m_access->enforcer() : nullptr; } ///< null without a catalog
    lineage::Lineage* lineage() { return m_lineage.get(); } ///< null when it could not be opened
    /// What was written against its schema: told by the embedded broker, or found by watching a cluster.
    [[nodiscard]] catalog::ViolationBook& violations() { return m_guard.marks(); }
    /// The schema registry to ask: the embedded broker's own, or the cluster's; null where there is none.
    catalog::SchemaRegistry* registry() { return m_registry.get(); }
    [[nodiscard]] SchemaServer* schemas() { return m_schemas.get(); } ///< null: on a cluster, or it could not start
    [[nodiscard]] const backbone::Profile& profile() const { return m_profile; }
    [[nodiscard]] bool embedded() const { return m_broker != nullptr; }
    [[nodiscard]] const std::optional<Error>& catalogError() const { return m_catalogError; }
    [[nodiscard]] const std::optional<Error>& lineageError() const { return m_lineageError; }
    [[nodiscard]] const std::optional<Error>& schemasError() const { return m_schemasError; }

private:
    Session() = default;
    Status startBroker(const SessionOptions& options);
    void openCatalog(const std::filesystem::path& dataDirectory, const std::filesystem::path& folder);
    void openLineage(const std::filesystem::path& folder);
    void serveSchemas(const SessionOptions& options);
    void openRegistry(backbone::HttpClientOptions options);
    void keepAccess();
    void watchSchemas();
    Result<backbone::Profile> demoProfile(const std::string& client);

    // Destroyed in the reverse order: the demo first, the broker last.
    backbone::Profile m_profile;
    std::unique_ptr<lineage::Capture> m_capture;
    catalog::SchemaGuard m_guard; ///< the embedded broker's write check; on a cluster, the watch's
    std::unique_ptr<MarksKeeper> m_marks;
    std::unique_ptr<backbone::EmbeddedBroker> m_broker;
    std::unique_ptr<backbone::Backbone> m_backbone;
    LocalAccess m_local;     ///< of the embedded broker
    MeshAudience m_audience; ///< of the embedded registry
    std::unique_ptr<SchemaServer> m_schemas;
    std::unique_ptr<catalog::SchemaRegistry> m_registry;
    std::optional<Error> m_schemasError;
    std::unique_ptr<catalog::SchemaWatch> m_watch; ///< of a cluster with a registry
    std::unique_ptr<catalog::Catalog> m_catalog;
    std::optional<Error> m_catalogError;
    std::unique_ptr<AccessKeeper> m_access;
    std::unique_ptr<lineage::Lineage> m_lineage;
    std::optional<Error> m_lineageError;
    std::filesystem::path m_folder; ///< of the state about this backbone
    std::unique_ptr<demo::DemoMesh> m_demo;
};

/// Who sits here: the login name as a slug, and the name to show.
struct LocalPerson {
    std::string id, name;
};
LocalPerson localPerson();

/// By which a profile's users log in: what a user that is made beside them gets.
backbone::ScramMechanism scramMechanismOf(const backbone::Profile& profile);

/// The folder in which state about one backbone is kept: its own for the embedded one, one for each cluster's name.
std::filesystem::path stateFolder(const std::filesystem::path& dataDirectory,
                                  const std::optional<backbone::Profile>& cluster);

/// Where the catalog of a state folder lives, and as whom.
catalog::CatalogOptions catalogOptions(const std::filesystem::path& dataDirectory, const std::filesystem::path& folder);

} // namespace meshbone::app
