// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include "demo/demo_access.h"
#include "demo/demo_mesh.h"
#include "demo/mesh_plan.h"
#include "open_files.h"
#include "private_files.h"
#include "slug.h"

#include <fmt/core.h>

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

namespace meshbone::app {

namespace {

const CallOptions kUserCall{std::chrono::seconds(15), {}};

/// A slug that is never empty.
std::string slugOr(std::string_view text) {
    const auto made = slug(text);
    return made.empty() ? "somebody" : made;
}

std::string hostName() {
    char name[256] = {};
    ::gethostname(name, sizeof(name) - 1);
    return name[0] != '\0' ? name : "localhost";
}

} // namespace

LocalPerson localPerson() {
    const passwd* entry = ::getpwuid(::getuid());
    const std::string login = entry != nullptr && entry->pw_name != nullptr ? entry->pw_name : "somebody";
    std::string name = entry != nullptr && entry->pw_gecos != nullptr ? entry->pw_gecos : "";
    name = name.substr(0, name.find(','));
    return {slugOr(login), name.empty() ? login : name};
}

std::filesystem::path stateFolder(const std::filesystem::path& dataDirectory,
                                  const std::optional<backbone::Profile>& cluster) {
    return cluster ? dataDirectory / "clusters" / slugOr(cluster->name) : dataDirectory / "state";
}

catalog::CatalogOptions catalogOptions(const std::filesystem::path& dataDirectory,
                                       const std::filesystem::path& folder) {
    const auto person = localPerson();
    return {folder / "catalog.db", dataDirectory / "identity.key", person.id, person.name};
}

Session::~Session() {
    m_demo.reset();
    m_audience.setSources(nullptr, nullptr);
    m_lineage.reset();
    m_access.reset();
    m_catalog.reset();
    m_watch.reset();
    m_schemas.reset();
    m_backbone.reset();
    if (m_broker) {
        m_broker->stop();
    }
    m_marks.reset();
}

Result<std::unique_ptr<Session>> Session::start(const SessionOptions& options) {
    keepFilesPrivate();
    std::unique_ptr<Session> session(new Session);
    const auto folder = stateFolder(options.dataDirectory, options.cluster);
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) {
        return fail(ErrorCode::Io, fmt::format("Can't make the folder '{}': {}. Choose another with --data.",
                                               folder.string(), failed.message()));
    }
    session->m_marks = std::make_unique<MarksKeeper>(session->m_guard.marks(), marksFile(folder), "meshbone");
    if (options.cluster) {
        session->m_profile = *options.cluster;
    } else if (const auto started = session->startBroker(options); !started) {
        return std::unexpected(started.error());
    }
    auto backbone = backbone::Backbone::open(session->m_profile, folder);
    if (!backbone) {
        return std::unexpected(backbone.error());
    }
    session->m_backbone = std::move(*backbone);
    session->m_folder = folder;
    session->openCatalog(options.dataDirectory, folder);
    session->keepAccess();
    session->openLineage(folder);
    session->serveSchemas(options);
    session->watchSchemas();
    return session;
}

Status Session::startBroker(const SessionOptions& options) {
    raiseOpenFileLimit();
    m_capture = lineage::Capture::create();
    backbone::BrokerOptions broker;
    broker.dataDirectory = brokerFolder(options.dataDirectory);
    broker.host = options.host;
    broker.port = options.port;
    broker.properties = withAuthorizer(options.properties, broker.insecure);
    broker.tls = options.tls;
    broker.superUsers = {ownPrincipal()};
    broker.observers = {&m_capture->observer()};
    rememberGuarded(m_guard, stateFolder(options.dataDirectory, {}), "meshbone");
    broker.writeCheck = &m_guard;
    auto started = backbone::EmbeddedBroker::start(broker);
    if (!started && started.error().code == ErrorCode::Locked && options.anyPortWhenTaken && options.port != 0) {
        // A port in use is no reason not to open: clients read the one that was picked from "Connect a client…". A
        // locked directory fails again with its own sentence.
        broker.port = 0;
        started = backbone::EmbeddedBroker::start(broker);
    }
    if (!started) {
        return std::unexpected(started.error());
    }
    m_broker = std::move(*started);
    const auto access = publishAccess(*m_broker, options.dataDirectory);
    if (!access) {
        return std::unexpected(access.error());
    }
    m_local = *access;
    m_profile = profileOf(*access, "meshbone");
    return {};
}

/// A cluster's registry is somebody else's; the embedded broker's is ours.
void Session::serveSchemas(const SessionOptions& options) {
    if (!m_broker) {
        openRegistry({.baseUrl = options.registry.url,
                      .user = options.registry.user,
                      .password = options.registry.password,
                      .caFile = options.registry.caFile});
        return;
    }
    SchemaServerOptions server;
    server.host = options.host;
    server.port = options.port == 0 ? std::uint16_t{0} : options.schemasPort;
    server.anyPortWhenTaken = options.anyPortWhenTaken;
    server.tls = options.tls;
    server.guard = &m_guard;
    m_audience.setSources(m_lineage.get(), m_catalog.get());
    server.audience = &m_audience;
    server.projection = m_folder / "schemas.db";
    auto started = SchemaServer::start(*m_backbone, *m_broker, server);
    if (!started) {
        m_schemasError = started.error();
        return;
    }
    m_schemas = std::move(*started);
    openRegistry(
        {.baseUrl = m_schemas->url(), .user = m_local.user, .password = m_local.password, .caFile = m_local.caFile});
    if (const auto published = publishSchemas(m_local, m_schemas->url(), options.dataDirectory); !published) {
        m_schemasError = published.error();
    }
}

/// A cluster's brokers check nothing, so what was written is looked at.
void Session::watchSchemas() {
    if (!m_broker && m_registry) {
        m_watch = std::make_unique<catalog::SchemaWatch>(*m_backbone, *m_registry, m_guard);
    }
}

void Session::openRegistry(backbone::HttpClientOptions options) {
    if (options.baseUrl.empty()) {
        return;
    }
    auto registry = catalog::openRegistry(std::move(options));
    if (registry) {
        m_registry = std::move(*registry);
    } else {
        m_schemasError = registry.error();
    }
}

void Session::openCatalog(const std::filesystem::path& dataDirectory, const std::filesystem::path& folder) {
    auto opened = catalog::Catalog::open(catalogOptions(dataDirectory, folder), *m_backbone);
    if (opened) {
        m_catalog = std::move(*opened);
    } else {
        m_catalogError = opened.error();
    }
}

/// Wherever the person here may enforce what the ledger grants, this instance does; elsewhere it changes nothing.
void Session::keepAccess() {
    if (!m_catalog) {
        return;
    }
    m_access =
        std::make_unique<AccessKeeper>(*m_catalog, *m_backbone, "User:" + m_profile.user, m_broker.get(), "meshbone");
}

void Session::openLineage(const std::filesystem::path& folder) {
    lineage::LineageOptions options;
    options.pictureAtOpen = false; // a window shall not wait for a large mesh's
    options.database = folder / "lineage.db";
    options.observer = (m_broker ? "embedded-" : "desktop-") + slugOr(hostName());
    auto opened = lineage::Lineage::open(options, *m_backbone, m_catalog.get(), m_capture.get());
    if (opened) {
        m_lineage = std::move(*opened);
    } else {
        m_lineageError = opened.error();
    }
}

Result<backbone::Profile> Session::demoProfile(const std::string& client) {
    auto profile = m_profile;
    profile.name = "demo-" + client;
    profile.clientId = client;
    if (makesClients() && !m_profile.user.empty()) {
        // A user of its own, with a password that only this run knows.
        const auto password = createClient(client);
        if (!password) {
            return std::unexpected(password.error());
        }
        profile.user = client;
        profile.password = *password;
    }
    return profile;
}

bool Session::makesClients() const {
    return m_broker != nullptr || m_profile.saslMechanism.starts_with("SCRAM-");
}

backbone::ScramMechanism scramMechanismOf(const backbone::Profile& profile) {
    return profile.saslMechanism == name(backbone::ScramMechanism::Sha256) ? backbone::ScramMechanism::Sha256
                                                                           : backbone::ScramMechanism::Sha512;
}

Result<std::string> Session::createClient(const std::string& user) {
    if (!makesClients()) {
        return fail(ErrorCode::Unsupported, "Users of this cluster are made by its administrator.");
    }
    auto password = backbone::randomPassword();
    const auto mechanism = scramMechanismOf(m_profile);
    const auto put = m_broker ? m_broker->putUser({user, password})
                              : m_backbone->access().putUser(user, password, mechanism, kUserCall);
    if (!put) {
        return std::unexpected(put.error());
    }
    return password;
}

Status Session::startDemo(const CallOptions& call) {
    if (const auto healthy = m_backbone->waitHealthy(call); !healthy) {
        return healthy;
    }
    std::map<std::string, backbone::Profile> profiles;
    for (const auto& name : demo::clientNames()) {
        auto profile = demoProfile(name);
        if (!profile) {
            return std::unexpected(profile.error());
        }
        profiles.emplace(name, std::move(*profile));
    }
    demo::DemoOptions options;
    options.profileFor = [profiles](const std::string& client) { return profiles.at(client); };
    if (m_schemas) {
        options.registry.baseUrl = m_schemas->url();
        options.registry.caFile = m_local.caFile;
    }
    options.person = localPerson().id;
    options.report = [](const std::string& client, const Error& error) {
        fmt::print(stderr, "demo: {}: {}\n", client, error.message);
    };
    if (m_catalog && m_access && makesClients() && !m_profile.user.empty()) {
        options.beforeClients = [this](const CallOptions& limit) {
            return demo::arrangeAccess(*m_backbone, *m_catalog, m_folder / "demo", limit);
        };
    }
    auto mesh = demo::DemoMesh::start(*m_backbone, m_catalog.get(), std::move(options), call);
    if (!mesh) {
        return std::unexpected(mesh.error());
    }
    m_demo = std::move(*mesh);
    return {};
}

} // namespace meshbone::app
