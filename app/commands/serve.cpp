// SPDX-License-Identifier: Apache-2.0
#include "command.h"
#include "stop_signals.h"

#include "lineage_publisher.h"
#include "local_backbone.h"
#include "open_files.h"
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

struct ServeOptions {
    std::filesystem::path dataDirectory;
    std::string listen = "127.0.0.1:9092";
    std::vector<std::string> settings;
    bool insecure = false;
    bool tls = false;
};

/// "HOST:PORT", "[::1]:PORT"; InvalidArgument says what is wrong.
Result<std::pair<std::string, std::uint16_t>> parseListen(const std::string& text) {
    const auto colon = text.rfind(':');
    const auto wrong = [&](std::string_view why) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("--listen {}: {}; give HOST:PORT, for example 127.0.0.1:9092.", text, why));
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
    const auto listen = parseListen(options.listen);
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
    line["ms"] = ms;
    return line.dump();
}

int serve(const ServeOptions& options) {
    const auto started = std::chrono::steady_clock::now();
    const StopSignals signals; // before any thread is made
    raiseOpenFileLimit();

    const auto wanted = brokerOptions(options);
    if (!wanted) {
        return reportError(wanted.error(), false);
    }
    std::error_code unmade;
    std::filesystem::create_directories(options.dataDirectory, unmade); // the broker says why it can't work without it
    LineagePublisher lineage(stateFolder(options.dataDirectory, {}));
    auto withLineage = *wanted;
    withLineage.observers = lineage.observers();
    auto broker = backbone::EmbeddedBroker::start(withLineage);
    if (!broker) {
        return reportError(broker.error(), false);
    }
    const auto access = publishAccess(**broker, options.dataDirectory);
    if (!access) {
        return reportError(access.error(), false);
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
    const auto authorizer = withLineage.properties.find("authorizer.class.name");
    const bool isGuarded = authorizer != withLineage.properties.end() && !authorizer->second.empty();
    while (!signals.waitFor(kLookEvery)) {
        lineage.publishWhenNeeded(profile);
        if (isGuarded) {
            governed.keepWhenNeeded(profile);
        }
    }
    governed.stop();
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
