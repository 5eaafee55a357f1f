// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access_keeper.h"
#include "local_backbone.h"

#include <backbone/backbone.h>
#include <backbone/broker.h>
#include <catalog/catalog.h>
#include <catalog/enforcer.h>
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
    std::string host = "127.0.0.1";
    std::uint16_t port = 9092;
    std::map<std::string, std::string> properties; ///< of the embedded broker
    bool tls = false;                              ///< of the embedded broker
    bool anyPortWhenTaken = false; ///< pick a free port where `port` is in use (the desktop's first start)
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
    [[nodiscard]] const backbone::Profile& profile() const { return m_profile; }
    [[nodiscard]] bool embedded() const { return m_broker != nullptr; }
    [[nodiscard]] const std::optional<Error>& catalogError() const { return m_catalogError; }
    [[nodiscard]] const std::optional<Error>& lineageError() const { return m_lineageError; }

private:
    Session() = default;
    Status startBroker(const SessionOptions& options);
    void openCatalog(const std::filesystem::path& dataDirectory, const std::filesystem::path& folder);
    void openLineage(const std::filesystem::path& folder);
    void keepAccess();
    Result<backbone::Profile> demoProfile(const std::string& client);

    // Destroyed in the reverse order: the demo first, the broker last.
    backbone::Profile m_profile;
    std::unique_ptr<lineage::Capture> m_capture;
    std::unique_ptr<backbone::EmbeddedBroker> m_broker;
    std::unique_ptr<backbone::Backbone> m_backbone;
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

/// The folder in which state about one backbone is kept: its own for the embedded one, one for each cluster's name.
std::filesystem::path stateFolder(const std::filesystem::path& dataDirectory,
                                  const std::optional<backbone::Profile>& cluster);

/// Where the catalog of a state folder lives, and as whom.
catalog::CatalogOptions catalogOptions(const std::filesystem::path& dataDirectory, const std::filesystem::path& folder);

} // namespace meshbone::app
