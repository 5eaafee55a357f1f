// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/known_cluster.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace meshbone::app {

/// How both programs are told of a backbone that isn't the embedded one.
struct ClusterOptions {
    std::string profileName; ///< one of the data directory's profiles; empty: none was named
    std::string bootstrap;   ///< HOST:PORT[,HOST:PORT…]; empty: no address was given
    std::string user, mechanism = "SCRAM-SHA-256", securityProtocol;
    std::filesystem::path passwordFile;
    std::map<std::string, std::string> properties; ///< of librdkafka

    /// Where the options lead: a profile of the data directory, or an address, which is its own name and counts as
    /// production because nobody said that it isn't; none: the embedded backbone. InvalidArgument, with what to give,
    /// where they don't fit together (a user without a password file that can be read).
    [[nodiscard]] Result<std::optional<backbone::KnownCluster>> cluster(const std::filesystem::path& dataDirectory,
                                                                        const std::string& clientId) const;

private:
    [[nodiscard]] Result<backbone::Profile> addressed(const std::string& clientId) const;
};

/// Adds --profile, --bootstrap, --user, --password-file, --mechanism, --security-protocol and -X.
void addClusterOptions(CLI::App& program, ClusterOptions& options);

} // namespace meshbone::app
