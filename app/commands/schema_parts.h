// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/json_output.h"
#include "commands/open_registry.h"
#include "commands/read_window.h"

#include <catalog/registry_client.h>

#include <functional>

namespace meshbone::app {

/// The options of every `meshctl schema` command.
struct SchemaOptions : CommonOptions {
    RegistryOptions registry;
    std::string subject; ///< "name", or "name:version" where a command takes one
    std::string file, type = "AVRO", field, topic, from, to, text;
    std::vector<std::string> references; ///< "NAME=SUBJECT:VERSION"
    std::vector<std::string> topics;
    std::string first, second;
    std::string level, mode, validation, policy;
    std::int64_t limit = 100'000;
    int id = 0, version = 0;
    bool isNormalized = false, isPermanent = false, yes = false, withDeleted = false, withFields = false;
};

/// A subject with its version; -1: the latest.
struct SubjectVersion {
    std::string subject;
    int version = -1;
};
/// "orders-value:3" (a colon and a number at the end), ":.ctx:orders-value".
SubjectVersion parseSubjectVersion(const std::string& text);

/// Adds a command with the options that all have; `work` gets an open registry, and its error becomes the exit status.
using SchemaWork = std::function<Status(const SchemaOptions& options, catalog::SchemaRegistry& registry)>;
CLI::App* addSchemaCommand(CLI::App& schema, const char* name, const char* help,
                           const std::shared_ptr<SchemaOptions>& options, int& status, SchemaWork work);
/// The same for what answers yes (0) or no (1) by its exit status.
using SchemaVerdictWork = std::function<Result<int>(const SchemaOptions& options, catalog::SchemaRegistry& registry)>;
CLI::App* addSchemaVerdict(CLI::App& schema, const char* name, const char* help,
                           const std::shared_ptr<SchemaOptions>& options, int& status, SchemaVerdictWork work);

/// The schema that --file, --type and --reference describe. "-" is standard input.
Result<catalog::SchemaDefinition> readDefinitionFile(const SchemaOptions& options);
/// The options --from, --to and --limit, and what they say of a topic; InvalidArgument names what is no time.
void addWindowOptions(CLI::App& command, SchemaOptions& options);
Result<Window> windowOf(const SchemaOptions& options, const std::string& topic);

/// A version as the book has it; NotFound names what there is.
Result<catalog::SchemaVersion> findVersion(const catalog::SchemaBook& book, const SubjectVersion& wanted);

Json differenceJson(const catalog::SchemaDifference& one);
/// Prints it on a line, indented, and below it where it is in the two texts: "at line 3, column 14 of `reader`; …".
void printDifference(const catalog::SchemaDifference& one, int indent, const std::string& reader,
                     const std::string& writer);

/// Subjects in whose name, topic's owner and topic's domain all words of the text occur, as the ledger has them.
Result<std::vector<std::string>> subjectsOfOwners(const SchemaOptions& options, const catalog::SchemaBook& book);

void addSchemaLooks(CLI::App& schema, int& status);   // list, show, search, diff
void addSchemaChecks(CLI::App& schema, int& status);  // check, evidence, impact, lost-ids
void addSchemaChanges(CLI::App& schema, int& status); // register, settings, delete, restore
void addSchemaUnused(CLI::App& schema, int& status);
void addSchemaRestoreId(CLI::App& schema, int& status);
void addSchemaWatch(CLI::App& schema, int& status); // violations, watch

} // namespace meshbone::app
