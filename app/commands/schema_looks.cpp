// SPDX-License-Identifier: Apache-2.0
#include "commands/json_output.h"
#include "commands/schema_parts.h"
#include "commands/text_table.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

namespace meshbone::app {

namespace {

using namespace catalog;

Json versionJson(const SchemaVersion& version) {
    return {{"subject", version.subject},
            {"version", version.version},
            {"id", version.id.value()},
            {"guid", version.guid},
            {"type", schemaTypeName(version.definition->type)},
            {"deleted", version.isDeleted}};
}

Json fieldsJson(const ParsedSchema& schema) {
    auto all = Json::array();
    for (const auto& field : schema.fields()) {
        all.push_back({{"path", field.path},
                       {"type", field.type},
                       {"optional", field.isOptional},
                       {"doc", field.doc},
                       {"tags", field.tags}});
    }
    return all;
}

Status list(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto book = readBook(registry, options.call());
    if (!book) {
        return std::unexpected(book.error());
    }
    TextTable table({"Subject", "Language", "Versions", "Latest", "Id", "Compatibility"});
    auto json = Json::array();
    const auto& all = (*book)->versions();
    for (std::size_t i = 0; i < all.size();) {
        const auto& subject = all[i].subject;
        const auto versions = (*book)->versionsOf(subject);
        i += versions.size();
        const auto latest = (*book)->latest(subject);
        if ((!latest && !options.withDeleted) || !subject.starts_with(options.subject)) {
            continue;
        }
        const auto& shown = latest ? *latest : versions.back();
        const auto level = std::string(levelName((*book)->levelOf(subject)));
        auto row = versionJson(shown);
        row["versions"] = versions.size();
        row["compatibility"] = level;
        json.push_back(std::move(row));
        table.add({subject, std::string(schemaTypeName(shown.definition->type)), std::to_string(versions.size()),
                   latest ? std::to_string(shown.version) : "deleted", std::to_string(shown.id.value()), level});
    }
    options.json ? printJson(json) : table.print();
    if (const auto status = registry.status(options.call())) {
        if (const auto words = contradictionWords(*status); !words.empty()) {
            fmt::print(stderr, "{}\n", words);
        }
    }
    return {};
}

Status show(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto wanted = parseSubjectVersion(options.subject);
    const auto version = registry.version(wanted.subject, wanted.version, options.call());
    if (!version) {
        return std::unexpected(version.error());
    }
    if (!options.withFields && !options.json) {
        fmt::print("{}\n", version->definition->text);
        return {};
    }
    const auto book = readBook(registry, options.call());
    const auto parsed = book ? (*book)->parsed(*version) : std::unexpected(book.error());
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    if (options.json) {
        auto json = versionJson(*version);
        json["schema"] = version->definition->text;
        json["fields"] = fieldsJson(**parsed);
        printJson(json);
        return {};
    }
    TextTable table({"Field", "Type", "Optional", "Tags", "What it is"});
    for (const auto& field : (*parsed)->fields()) {
        table.add({field.path, field.type, field.isOptional ? "yes" : "", fmt::format("{}", fmt::join(field.tags, " ")),
                   field.doc});
    }
    table.print();
    return {};
}

Status search(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto book = readBook(registry, options.call());
    if (!book) {
        return std::unexpected(book.error());
    }
    TextTable table({"Subject", "Version", "Field", "Found in"});
    auto json = Json::array();
    std::set<std::string> found;
    const auto add = [&](const SchemaVersion& version, const std::string& field, const std::string& what) {
        found.insert(version.subject);
        json.push_back({{"subject", version.subject}, {"version", version.version}, {"field", field}, {"in", what}});
        table.add({version.subject, std::to_string(version.version), field, what});
    };
    for (const auto& hit : (*book)->search(options.text)) {
        add((*book)->versions()[hit.version], hit.field, hit.what);
    }
    const auto owned = subjectsOfOwners(options, **book);
    for (const auto& subject : owned.value_or(std::vector<std::string>())) {
        if (const auto latest = found.contains(subject) ? std::nullopt : (*book)->latest(subject)) {
            add(*latest, {}, "owner");
        }
    }
    options.json ? printJson(json) : table.print();
    if (!owned) {
        fmt::print(stderr, "Owners and domains weren't searched: {}\n", owned.error().message);
    }
    return {};
}

/// What stands against reading what `writer` wrote with `reader`.
Result<Json> oneWay(const SchemaBook& book, const SchemaVersion& reader, const SchemaVersion& writer, bool isPrinted) {
    const auto reads = book.parsed(reader), wrote = book.parsed(writer);
    if (!reads || !wrote) {
        return std::unexpected(reads ? wrote.error() : reads.error());
    }
    const auto differences = (*reads)->differencesReading(**wrote, book.policyOf(reader.subject));
    if (!differences) {
        return std::unexpected(differences.error());
    }
    auto json = Json::array();
    if (isPrinted) {
        fmt::print("{} version {} reading what version {} wrote: {}\n", reader.subject, reader.version, writer.version,
                   differences->empty() ? "nothing stands against it." : "");
    }
    for (const auto& one : *differences) {
        json.push_back(differenceJson(one));
        if (isPrinted) {
            printDifference(one, 2, fmt::format("version {}", reader.version),
                            fmt::format("version {}", writer.version));
        }
    }
    return json;
}

Status diff(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto book = readBook(registry, options.call());
    if (!book) {
        return std::unexpected(book.error());
    }
    const auto first = findVersion(**book, parseSubjectVersion(options.first));
    const auto second = findVersion(**book, parseSubjectVersion(options.second));
    if (!first || !second) {
        return std::unexpected(first ? second.error() : first.error());
    }
    const auto backward = oneWay(**book, *second, *first, !options.json);
    const auto forward = oneWay(**book, *first, *second, !options.json);
    if (!backward || !forward) {
        return std::unexpected(backward ? forward.error() : backward.error());
    }
    if (options.json) {
        printJson({{"first", versionJson(*first)},
                   {"second", versionJson(*second)},
                   {"secondReadsFirst", *backward},
                   {"firstReadsSecond", *forward}});
    }
    return {};
}

} // namespace

void addSchemaLooks(CLI::App& schema, int& status) {
    auto options = std::make_shared<SchemaOptions>();
    auto* command = addSchemaCommand(schema, "list", "List the subjects", options, status, list);
    command->add_option("prefix", options->subject, "Only subjects whose name begins so");
    command->add_flag("--deleted", options->withDeleted, "Those too that are deleted");

    options = std::make_shared<SchemaOptions>();
    command = addSchemaCommand(schema, "show", "Print a schema's text, or its fields", options, status, show);
    command->add_option("subject", options->subject, "SUBJECT, or SUBJECT:VERSION")->required();
    command->add_flag("--fields", options->withFields, "A table of its fields");

    options = std::make_shared<SchemaOptions>();
    command = addSchemaCommand(schema, "search", "Find words in names, fields, types, docs, tags, owners and domains",
                               options, status, search);
    command->add_option("text", options->text, "Words that must all occur")->required();

    options = std::make_shared<SchemaOptions>();
    command =
        addSchemaCommand(schema, "diff", "What two versions can and can't read of each other", options, status, diff);
    command->add_option("first", options->first, "SUBJECT:VERSION")->required();
    command->add_option("second", options->second, "SUBJECT:VERSION; without a version the latest")->required();
}

} // namespace meshbone::app
