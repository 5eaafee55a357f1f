// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/command.h"

#include <backbone/http_client.h>
#include <catalog/registry_client.h>
#include <catalog/schema_book.h>

#include <filesystem>
#include <memory>
#include <string>

namespace meshbone::app {

/// Which schema registry a command asks, and as whom. The password is taken from MESHBONE_REGISTRY_PASSWORD.
struct RegistryOptions {
    std::string url;  ///< empty: the one that is served beside the backbone of the data directory
    std::string user; ///< empty: Meshbone's own there, nobody elsewhere
    std::filesystem::path caFile;
};
void addRegistryOptions(CLI::App& command, RegistryOptions& options);

/// What a client of that registry is told; without a URL where there is none.
backbone::HttpClientOptions registryClient(const RegistryOptions& options, const CommonOptions& common);
/// NotFound with a sentence that says how to serve one, where there is none.
Result<std::unique_ptr<catalog::SchemaRegistry>> openRegistry(const RegistryOptions& options,
                                                              const CommonOptions& common);
/// All its schemas and settings.
Result<catalog::SchemaBookPtr> readBook(catalog::SchemaRegistry& registry, const CallOptions& call);
/// All its schemas without the settings, which take a call for each subject: for decoding and encoding.
Result<catalog::SchemaBookPtr> readSchemas(catalog::SchemaRegistry& registry, const CallOptions& call);

} // namespace meshbone::app
