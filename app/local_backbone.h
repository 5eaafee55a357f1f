// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/broker.h>
#include <backbone/client.h>

#include <filesystem>
#include <map>
#include <string>

namespace meshbone::app {

/// Where Meshbone keeps its data when nobody says otherwise: $XDG_DATA_HOME/meshbone, or ~/.local/share/meshbone.
std::filesystem::path defaultDataDirectory();

/// Where the embedded broker of a data directory keeps its files: <data>/broker, for the desktop and `meshctl serve`
/// alike, so that either serves what the other wrote.
std::filesystem::path brokerFolder(const std::filesystem::path& dataDirectory);

/// What the embedded broker leaves in its data directory for clients on this machine (file access.json, mode 0600):
/// where it listens and the credential that was generated for Meshbone's own clients.
struct LocalAccess {
    std::string bootstrap;
    std::string user; ///< empty: the broker asks for none
    std::string password;
    std::string securityProtocol;
    std::string caFile;  ///< what to trust where the protocol is SASL_SSL; empty: what the system trusts
    std::string schemas; ///< URL of the schema registry; empty: none is served
};

/// Meshbone's own principal on its embedded broker: a super user there.
std::string ownPrincipal();
/// The properties that Meshbone starts its broker with: those given, and Kafka's authorizer where nobody says
/// otherwise, so that what nobody granted is refused. Not where there are no users.
std::map<std::string, std::string> withAuthorizer(std::map<std::string, std::string> properties, bool insecure);
/// Makes sure that Meshbone's own user exists in the broker and writes access.json. Its own clients take the listener
/// with a login and without TLS, else with both, else with neither; InvalidArgument where there is none of these.
Result<LocalAccess> publishAccess(backbone::EmbeddedBroker& broker, const std::filesystem::path& dataDirectory);
/// Writes access.json anew with the URL of the schema registry that is served beside the broker.
Status publishSchemas(LocalAccess& access, const std::string& url, const std::filesystem::path& dataDirectory);
/// Reads access.json; NotFound with a sentence that says how to start a backbone there.
Result<LocalAccess> readAccess(const std::filesystem::path& dataDirectory);

backbone::Profile profileOf(const LocalAccess& access, const std::string& clientId);

} // namespace meshbone::app
