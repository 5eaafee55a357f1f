// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>
#include <backbone/error.h>

#include <filesystem>
#include <map>
#include <string>

namespace CLI {
class App;
}

namespace meshbone::app {

/// How both programs are told of a backbone that isn't the embedded one.
struct ClusterOptions {
    std::string bootstrap; ///< HOST:PORT[,HOST:PORT…]; empty: the embedded backbone
    std::string user, mechanism = "SCRAM-SHA-256", securityProtocol;
    std::filesystem::path passwordFile;
    std::map<std::string, std::string> properties; ///< of librdkafka

    /// Where the options lead, named by its address. InvalidArgument, with what to give, where they don't fit together
    /// (a user without a password file that can be read). Call it only with a bootstrap address.
    [[nodiscard]] Result<backbone::Profile> clusterProfile(const std::string& clientId) const;
};

/// Adds --bootstrap, --user, --password-file, --mechanism, --security-protocol and -X.
void addClusterOptions(CLI::App& program, ClusterOptions& options);

} // namespace meshbone::app
