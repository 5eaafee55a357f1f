// SPDX-License-Identifier: Apache-2.0
#include "commands/schema_parts.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>

namespace meshbone::app {

namespace {

constexpr std::size_t kMaxFileBytes = 2 * catalog::kMaxSchemaBytes;

Result<std::string> readAll(std::istream& in, const std::string& name) {
    std::string text(kMaxFileBytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text.size() > kMaxFileBytes ? fail(ErrorCode::Exhausted, fmt::format("'{}' is too long for a schema.", name))
                                       : Result<std::string>(std::move(text));
}

Result<catalog::SchemaReference> parseReference(const std::string& text) {
    const auto equals = text.find('=');
    const auto target = equals == std::string::npos ? SubjectVersion{} : parseSubjectVersion(text.substr(equals + 1));
    if (equals == std::string::npos || equals == 0 || target.subject.empty()) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("--reference {}: give NAME=SUBJECT:VERSION, for example air.Leg=legs-value:1.", text));
    }
    return catalog::SchemaReference{text.substr(0, equals), target.subject, target.version};
}

/// Null where nobody knows.
Json placeJson(const catalog::TextPlace& place) {
    return place.line > 0 ? Json{{"line", place.line}, {"column", place.column}} : Json();
}

} // namespace

Json differenceJson(const catalog::SchemaDifference& one) {
    return {{"type", one.type},
            {"path", one.path},
            {"field", one.field},
            {"message", one.message},
            {"repair", one.repair},
            {"breaking", one.isBreaking},
            {"inReader", placeJson(one.inReader)},
            {"inWriter", placeJson(one.inWriter)}};
}

void printDifference(const catalog::SchemaDifference& one, int indent, const std::string& reader,
                     const std::string& writer) {
    fmt::print("{:{}}{} {}{}{}\n", "", indent, one.isBreaking ? "!" : "-", one.message, one.repair.empty() ? "" : " ",
               one.repair);
    std::vector<std::string> places;
    for (const auto& [place, name] : {std::pair(&one.inReader, &reader), std::pair(&one.inWriter, &writer)}) {
        if (place->line > 0) {
            places.push_back(fmt::format("line {}, column {} of {}", place->line, place->column, *name));
        }
    }
    if (!places.empty()) {
        fmt::print("{:{}}at {}\n", "", indent + 2, fmt::join(places, "; "));
    }
}

SubjectVersion parseSubjectVersion(const std::string& text) {
    const auto colon = text.rfind(':');
    int version = -1;
    if (colon != std::string::npos && colon + 1 < text.size()) {
        const auto* begin = text.data() + colon + 1;
        const auto [end, error] = std::from_chars(begin, text.data() + text.size(), version);
        if (error == std::errc() && end == text.data() + text.size() && version > 0) {
            return {text.substr(0, colon), version};
        }
    }
    return {text, -1};
}

CLI::App* addSchemaCommand(CLI::App& schema, const char* name, const char* help,
                           const std::shared_ptr<SchemaOptions>& options, int& status, SchemaWork work) {
    return addSchemaVerdict(
        schema, name, help, options, status,
        [work = std::move(work)](const SchemaOptions& given, catalog::SchemaRegistry& registry) -> Result<int> {
            const auto done = work(given, registry);
            return done ? Result<int>(0) : std::unexpected(done.error());
        });
}

CLI::App* addSchemaVerdict(CLI::App& schema, const char* name, const char* help,
                           const std::shared_ptr<SchemaOptions>& options, int& status, SchemaVerdictWork work) {
    auto* command = schema.add_subcommand(name, help);
    addCommonOptions(*command, *options);
    addRegistryOptions(*command, options->registry);
    command->callback([options, &status, work = std::move(work)] {
        auto registry = openRegistry(options->registry, *options);
        const auto done = registry ? work(*options, **registry) : std::unexpected(registry.error());
        status = done ? *done : reportError(done.error(), options->json);
    });
    return command;
}

Result<catalog::SchemaDefinition> readDefinitionFile(const SchemaOptions& options) {
    catalog::SchemaDefinition definition;
    const auto type = catalog::schemaTypeFromName(options.type);
    if (!type) {
        return fail(ErrorCode::InvalidArgument, fmt::format("--type {}: give AVRO, JSON or PROTOBUF.", options.type));
    }
    definition.type = *type;
    std::ifstream file;
    if (options.file != "-") {
        file.open(options.file, std::ios::binary);
        if (!file) {
            return fail(ErrorCode::NotFound, fmt::format("The file '{}' can't be read.", options.file));
        }
    }
    auto text = readAll(options.file == "-" ? std::cin : file, options.file);
    if (!text) {
        return std::unexpected(text.error());
    }
    definition.text = std::move(*text);
    for (const auto& one : options.references) {
        auto reference = parseReference(one);
        if (!reference) {
            return std::unexpected(reference.error());
        }
        definition.references.push_back(std::move(*reference));
    }
    return definition;
}

Result<catalog::SchemaVersion> findVersion(const catalog::SchemaBook& book, const SubjectVersion& wanted) {
    const auto found =
        wanted.version == -1 ? book.latest(wanted.subject) : book.version(wanted.subject, wanted.version);
    if (found) {
        return *found;
    }
    const auto all = book.versionsOf(wanted.subject);
    return all.empty() ? fail(ErrorCode::NotFound, fmt::format("There is no subject '{}'.", wanted.subject))
                       : fail(ErrorCode::NotFound,
                              fmt::format("'{}' has no version {}; its versions are {} to {}.", wanted.subject,
                                          wanted.version, all.front().version, all.back().version));
}

void addSchema(CLI::App& meshctl, int& status) {
    auto* schema = meshctl.add_subcommand("schema", "Look at and change the schemas of a registry");
    schema->require_subcommand(1);
    addSchemaLooks(*schema, status);
    addSchemaChecks(*schema, status);
    addSchemaChanges(*schema, status);
    addSchemaUnused(*schema, status);
    addSchemaRestoreId(*schema, status);
    addSchemaWatch(*schema, status);
}

} // namespace meshbone::app
