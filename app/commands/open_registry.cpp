// SPDX-License-Identifier: Apache-2.0
#include "commands/open_registry.h"

#include "local_backbone.h"

#include <CLI/CLI.hpp>

#include <cstdlib>

namespace meshbone::app {

namespace {

/// The registry beside the data directory's broker; nothing where none is served, or another cluster is asked for,
/// whose ids are others.
std::optional<LocalAccess> localRegistry(const CommonOptions& common) {
    if (!common.profileName.empty() || !common.bootstrap.empty()) {
        return std::nullopt;
    }
    auto access = readAccess(common.dataDirectory);
    return access && !access->schemas.empty() ? std::optional(std::move(*access)) : std::nullopt;
}

} // namespace

void addRegistryOptions(CLI::App& command, RegistryOptions& options) {
    command.add_option("--registry", options.url,
                       "URL of the schema registry; by default the one that is served beside the backbone of --data");
    command.add_option("--registry-user", options.user,
                       "User for the registry; the password is taken from MESHBONE_REGISTRY_PASSWORD");
    command.add_option("--registry-ca", options.caFile, "Whom to trust where the URL is https, PEM");
}

backbone::HttpClientOptions registryClient(const RegistryOptions& options, const CommonOptions& common) {
    backbone::HttpClientOptions http;
    http.baseUrl = options.url;
    http.user = options.user;
    http.caFile = options.caFile;
    if (const char* password = std::getenv("MESHBONE_REGISTRY_PASSWORD"); password && !options.user.empty()) {
        http.password = password;
    }
    const auto local = localRegistry(common);
    if (!local || (!options.url.empty() && options.url != local->schemas)) {
        return http; // Meshbone's own login is for its own registry, never for another that a URL names
    }
    http.baseUrl = local->schemas;
    http.caFile = http.caFile.empty() ? std::filesystem::path(local->caFile) : http.caFile;
    if (options.user.empty()) {
        http.user = local->user;
        http.password = local->password;
    }
    return http;
}

Result<std::unique_ptr<catalog::SchemaRegistry>> openRegistry(const RegistryOptions& options,
                                                              const CommonOptions& common) {
    auto http = registryClient(options, common);
    if (http.baseUrl.empty()) {
        return fail(ErrorCode::NotFound,
                    "No schema registry is served there. Start the backbone with 'meshctl serve --schemas "
                    "127.0.0.1:8081', or name one by --registry.");
    }
    return catalog::openRegistry(std::move(http));
}

Result<catalog::SchemaBookPtr> readBook(catalog::SchemaRegistry& registry, const CallOptions& call) {
    return catalog::readSchemaBook(registry, true, call);
}

Result<catalog::SchemaBookPtr> readSchemas(catalog::SchemaRegistry& registry, const CallOptions& call) {
    return catalog::readSchemaBook(registry, false, call);
}

} // namespace meshbone::app
