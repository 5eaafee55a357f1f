// SPDX-License-Identifier: Apache-2.0
#include "commands/json_output.h"
#include "commands/schema_parts.h"

#include <catalog/restore_id.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshbone::app {

namespace {

using namespace catalog;

std::string modeWords(const RestoredId& restored, const std::string& subject) {
    if (restored.wasImport) {
        return fmt::format("{} takes given ids already: its mode wasn't touched.", subject);
    }
    return fmt::format("{} was in mode IMPORT meanwhile and is {} again.", subject,
                       restored.modeBefore ? modeName(*restored.modeBefore) : "as the registry");
}

Status restoreLostId(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto definition = readDefinitionFile(options);
    const auto book = definition ? readSchemas(registry, options.call()) : std::unexpected(definition.error());
    if (!book) {
        return std::unexpected(book.error());
    }
    const auto restored = restoreId(
        registry, **book, {options.subject, *definition, {SchemaId(options.id), options.version}}, options.call());
    if (!restored) {
        return std::unexpected(restored.error());
    }
    const auto& registered = restored->registered;
    if (options.json) {
        printJson({{"subject", options.subject},
                   {"version", registered.version},
                   {"id", registered.id.value()},
                   {"modeWasSet", !restored->wasImport}});
    } else {
        fmt::print("Id {} is back, as {} version {}. {}\n", registered.id.value(), options.subject, registered.version,
                   modeWords(*restored, options.subject));
    }
    return {};
}

} // namespace

void addSchemaRestoreId(CLI::App& schema, int& status) {
    auto options = std::make_shared<SchemaOptions>();
    auto* command = addSchemaCommand(schema, "restore-id",
                                     "Register a schema with the id that events name it by and the registry has lost",
                                     options, status, restoreLostId);
    command->add_option("id", options->id, "The id, for example one that lost-ids has found")->required();
    command->add_option("--subject", options->subject, "Subject, for example orders-value")->required();
    command->add_option("--file", options->file, "The schema's text; - reads standard input")->required();
    command->add_option("--version", options->version, "Which version it is to be; without it the next one")
        ->check(CLI::PositiveNumber);
    command->add_option("--type", options->type, "AVRO, JSON or PROTOBUF")->capture_default_str();
    command->add_option("--reference", options->references, "NAME=SUBJECT:VERSION; may be repeated");
}

} // namespace meshbone::app
