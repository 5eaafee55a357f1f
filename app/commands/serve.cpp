// SPDX-License-Identifier: Apache-2.0
#include "command.h"
#include "stop_signals.h"

#include "lineage_publisher.h"
#include "local_backbone.h"
#include "mesh_audience.h"
#include "open_files.h"
#include "private_files.h"
#include "schema_marks.h"
#include "schema_server.h"
#include "served_access.h"
#include "session.h"
#include "settings.h"

#include <backbone/broker.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>

namespace meshbone::app {

namespace {

constexpr auto kLookEvery = std::chrono::milliseconds(1000);
constexpr std::chrono::seconds kSchemasPatience{10};

struct ServeOptions {
    std::filesystem::path dataDirectory;
    std::string listen = "127.0.0.1:9092";
    std::string schemas; ///< where the schema registry listens; empty: none
    std::vector<std::string> settings;
    bool insecure = false;
    bool tls = false;
};

/// "HOST:PORT", "[::1]:PORT"; InvalidArgument says what is wrong.
Result<std::pair<std::string, std::uint16_t>> parseListen(const char* option, const std::string& text) {
    const auto colon = text.rfind(':');
    const auto wrong = [&](std::string_view why) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("{} {}: {}; give HOST:PORT, for example 127.0.0.1:9092.", option, text, why));
    };
    if (colon == std::string::npos || colon == 0) {
        return wrong("there is no host or no port");
    }
    const auto digits = text.substr(colon + 1);
    if (digits.empty() || digits.size() > 5 || digits.find_first_not_of("0123456789") != std::string::npos ||
        std::stoi(digits) > 65535) {
        return wrong("the port is not a number from 0 to 65535");
    }
    auto host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    return std::pair(host, static_cast<std::uint16_t>(std::stoi(digits)));
}

Result<backbone::BrokerOptions> brokerOptions(const ServeOptions& options) {
    backbone::BrokerOptions broker;
    broker.dataDirectory = brokerFolder(options.dataDirectory);
    broker.insecure = options.insecure;
    broker.tls = options.tls;
    broker.superUsers = {ownPrincipal()};
    const auto listen = parseListen("--listen", options.listen);
    if (!listen) {
        return std::unexpected(listen.error());
    }
    std::tie(broker.host, broker.port) = *listen;
    auto properties = parseSettings(options.settings);
    if (!properties) {
        return fail(ErrorCode::InvalidArgument, "--set: " + properties.error().message);
    }
    broker.properties = withAuthorizer(std::move(*properties), options.insecure);
    return broker;
}

/// The schema registry beside a broker, with clients of its own.
struct ServedSchemas {
    std::unique_ptr<backbone::Backbone> backbone;
    std::unique_ptr<SchemaServer> server;
};
Result<ServedSchemas> serveSchemas(const ServeOptions& options, backbone::EmbeddedBroker& broker, LocalAccess& access,
                                   catalog::SchemaGuard& guard, MeshAudience& audience) {
    ServedSchemas served;
    if (options.schemas.empty()) {
        return served;
    }
    const auto listen = parseListen("--schemas", options.schemas);
    if (!listen) {
        return std::unexpected(listen.error());
    }
    auto backbone =
        backbone::Backbone::open(profileOf(access, "meshbone-schemas"), stateFolder(options.dataDirectory, {}));
    if (!backbone) {
        return std::unexpected(backbone.error());
    }
    served.backbone = std::move(*backbone);
    SchemaServerOptions server;
    std::tie(server.host, server.port) = *listen;
    server.isOpen = options.insecure;
    server.tls = options.tls;
    server.guard = &guard;
    server.audience = &audience;
    server.projection = stateFolder(options.dataDirectory, {}) / "schemas.db";
    server.program = "meshctl";
    auto started = SchemaServer::start(*served.backbone, broker, server);
    if (!started) {
        return std::unexpected(started.error());
    }
    served.server = std::move(*started);
    // Who reads the ready line may ask at once. What takes longer, or fails, is told to who asks.
    (void)served.server->service().waitReady(kSchemasPatience);
    if (const auto published = publishSchemas(access, served.server->url(), options.dataDirectory); !published) {
        return std::unexpected(published.error());
    }
    return served;
}

/// One line of JSON: where clients find it, and what they must trust where it speaks TLS.
std::string readyLine(const backbone::EmbeddedBroker& broker, const LocalAccess& access, std::int64_t ms) {
    nlohmann::ordered_json line{{"event", "ready"}, {"bootstrap", access.bootstrap}};
    const auto listeners = broker.listeners();
    if (listeners.size() > 1 || access.securityProtocol.ends_with("SSL")) {
        for (const auto& listener : listeners) {
            line["listeners"][listener.protocol] = listener.bootstrap;
        }
    }
    if (const auto ca = broker.caFile(); !ca.empty()) {
        line["ca"] = std::filesystem::absolute(ca).string();
    }
    if (!access.schemas.empty()) {
        line["schemas"] = access.schemas;
    }
    line["ms"] = ms;
    return line.dump();
}

/// Two registries on one topic: each time that it got worse, with what to do about it.
void tellContradictions(const catalog::RegistryStatus& status, std::int64_t& told) {
    if (status.contradicting > told) {
        fmt::print(stderr, "meshctl: {}\n", catalog::contradictionWords(status));
        told = status.contradicting;
    }
}

int serve(const ServeOptions& options) {
    const auto started = std::chrono::steady_clock::now();
    const StopSignals signals; // before any thread is made
    raiseOpenFileLimit();
    keepFilesPrivate();

    const auto wanted = brokerOptions(options);
    if (!wanted) {
        return reportError(wanted.error(), false);
    }
    std::error_code unmade;
    std::filesystem::create_directories(options.dataDirectory, unmade); // the broker says why it can't work without it
    LineagePublisher lineage(stateFolder(options.dataDirectory, {}));
    auto withLineage = *wanted;
    withLineage.observers = lineage.observers();
    catalog::SchemaGuard guard;
    const auto folder = stateFolder(options.dataDirectory, {});
    std::filesystem::create_directories(folder, unmade);
    std::optional<MarksKeeper> marks;
    if (!options.schemas.empty()) {
        rememberGuarded(guard, folder, "meshctl");
        marks.emplace(guard.marks(), marksFile(folder), "meshctl");
    }
    withLineage.writeCheck = options.schemas.empty() ? nullptr : &guard;
    auto broker = backbone::EmbeddedBroker::start(withLineage);
    if (!broker) {
        return reportError(broker.error(), false);
    }
    auto access = publishAccess(**broker, options.dataDirectory);
    if (!access) {
        return reportError(access.error(), false);
    }
    MeshAudience audience;
    auto schemas = serveSchemas(options, **broker, *access, guard, audience);
    if (!schemas) {
        return reportError(schemas.error(), false);
    }
    if (options.insecure) {
        fmt::print(stderr, "meshctl: serving without authentication; every client on this machine may do anything.\n");
    }
    const auto ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started).count();
    fmt::print("{}\n", readyLine(**broker, *access, ms));
    std::fflush(stdout);

    const auto profile = profileOf(*access, "meshbone");
    ServedAccess governed(**broker, options.dataDirectory);
    std::int64_t contradicting = 0;
    while (!signals.waitFor(kLookEvery)) {
        if (schemas->server) {
            tellContradictions(schemas->server->service().status(), contradicting);
        }
        lineage.publishWhenNeeded(profile);
        governed.keepWhenNeeded(profile); // without an authorizer too: nothing is enforced then, and the ledger says so
        audience.setSources(lineage.lineage(), governed.catalog()); // they are opened when there is something to see
    }
    audience.setSources(nullptr, nullptr);
    governed.stop();
    schemas->server.reset();
    schemas->backbone.reset();
    lineage.stop();
    (*broker)->stop();
    return 0;
}

} // namespace

void addServe(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<ServeOptions>();
    options->dataDirectory = defaultDataDirectory();
    auto* command = meshctl.add_subcommand("serve", "Run the embedded backbone without the desktop");
    command->add_option("--data", options->dataDirectory, "Data directory; created when missing")
        ->capture_default_str();
    command->add_option("--listen", options->listen, "HOST:PORT on loopback; port 0 picks one")->capture_default_str();
    command->add_option(
        "--schemas", options->schemas,
        "HOST:PORT on loopback of the schema registry (Confluent's REST API), for example 127.0.0.1:8081; port 0 "
        "picks one. Without it none is served");
    command->add_option("--set", options->settings, "A broker property by Kafka's name, NAME=VALUE; may be repeated");
    auto* insecure = command->add_flag("--insecure", options->insecure, "No authentication (loopback only)");
    command
        ->add_flag(
            "--tls", options->tls,
            "Speak TLS (SASL_SSL). The certificates are made on the first start, unless --set ssl.keystore.location "
            "names them; the ready line says what clients must trust. --set listeners=... for more than one listener")
        ->excludes(insecure);
    command->callback([options, &status] { status = serve(*options); });
}

} // namespace meshbone::app
