// SPDX-License-Identifier: Apache-2.0
#include "commands/json_output.h"
#include "commands/schema_parts.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshbone::app {

namespace {

using namespace catalog;

Status registerOne(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto definition = readDefinitionFile(options);
    if (!definition) {
        return std::unexpected(definition.error());
    }
    const auto registered = registry.registerSchema(options.subject, *definition, options.isNormalized, options.call());
    if (!registered) {
        return std::unexpected(registered.error().error);
    }
    options.json
        ? printJson({{"subject", options.subject}, {"version", registered->version}, {"id", registered->id.value()}})
        : fmt::print("{} version {} has id {}.\n", options.subject, registered->version, registered->id.value());
    return {};
}

template <class Value>
Status setOne(const std::string& text, std::optional<Value> (*parse)(std::string_view), const char* allowed,
              auto&& set) {
    if (text.empty()) {
        return {};
    }
    std::optional<Value> value;
    if (text != "default") {
        value = parse(text);
        if (!value) {
            return fail(ErrorCode::InvalidArgument, fmt::format("'{}' is none of: {}, default.", text, allowed));
        }
    }
    return set(value);
}

void printSettings(const SchemaOptions& options, const std::vector<SubjectSettings>& all) {
    auto json = Json::array();
    for (const auto& one : all) {
        Json row{{"subject", one.subject}};
        const auto add = [&](const char* name, auto&& value) {
            if (!value.empty()) {
                row[name] = value;
            }
        };
        add("compatibility", one.level ? std::string(levelName(*one.level)) : std::string());
        add("policy", one.policy ? std::string(*one.policy == CompatibilityPolicy::Lenient ? "LENIENT" : "STRICT")
                                 : std::string());
        add("mode", one.mode ? std::string(modeName(*one.mode)) : std::string());
        add("validation", one.validation ? std::string(validationName(*one.validation)) : std::string());
        if (!options.json) {
            fmt::print("{}: {}\n", one.subject.empty() ? "all subjects" : one.subject, row.dump());
        }
        json.push_back(std::move(row));
    }
    if (options.json) {
        printJson(json);
    }
}

/// Sets what is given, then prints what holds.
Status settings(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto& subject = options.subject;
    const auto call = options.call();
    auto done = setOne<CompatibilityLevel>(options.level, levelFromName,
                                           "NONE, BACKWARD, FORWARD, FULL and the same with _TRANSITIVE",
                                           [&](auto level) { return registry.setLevel(subject, level, call); });
    if (done) {
        done = setOne<SubjectMode>(options.mode, modeFromName, "READWRITE, READONLY, IMPORT",
                                   [&](auto mode) { return registry.setMode(subject, mode, options.yes, call); });
    }
    if (done) {
        done =
            setOne<WriteValidation>(options.validation, validationFromName, "OFF, LOG, REFUSE",
                                    [&](auto validation) { return registry.setValidation(subject, validation, call); });
    }
    if (done && !options.policy.empty()) {
        done = options.policy == "LENIENT" || options.policy == "STRICT"
                   ? registry.setPolicy(
                         subject,
                         options.policy == "LENIENT" ? CompatibilityPolicy::Lenient : CompatibilityPolicy::Strict, call)
                   : fail(ErrorCode::InvalidArgument, "--policy is STRICT or LENIENT.");
    }
    if (!done) {
        return done;
    }
    const auto all = registry.settings(subject.empty() ? std::vector<std::string>() : std::vector{subject}, call);
    if (!all) {
        return std::unexpected(all.error());
    }
    printSettings(options, *all);
    return {};
}

Status remove(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto wanted = parseSubjectVersion(options.subject);
    if (options.isPermanent && !options.yes) {
        return fail(ErrorCode::InvalidArgument,
                    "Deleting for good can't be undone by every registry, and events of that schema can't be "
                    "read without it. Give --yes too if that is what you want.");
    }
    const auto done = wanted.version == -1
                          ? registry.deleteSubject(wanted.subject, options.isPermanent, options.call())
                          : registry.deleteVersion(wanted.subject, wanted.version, options.isPermanent, options.call());
    if (done && !options.json) {
        fmt::print("Deleted {}{}.\n", options.subject,
                   options.isPermanent ? " for good" : "; 'meshctl schema restore' brings it back");
    }
    return done;
}

Status restore(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto wanted = parseSubjectVersion(options.subject);
    if (wanted.version == -1) {
        return fail(ErrorCode::InvalidArgument, "Name the version: SUBJECT:VERSION.");
    }
    if (const auto done = registry.restoreVersion(wanted.subject, wanted.version, options.call()); !done) {
        return done;
    }
    const auto version = registry.version(wanted.subject, wanted.version, options.call());
    if (!version) {
        return std::unexpected(version.error());
    }
    options.json
        ? printJson({{"subject", wanted.subject}, {"version", wanted.version}, {"id", version->id.value()}})
        : fmt::print("{} version {} is back, with id {}.\n", wanted.subject, wanted.version, version->id.value());
    return {};
}

} // namespace

void addSchemaChanges(CLI::App& schema, int& status) {
    auto options = std::make_shared<SchemaOptions>();
    auto* command = addSchemaCommand(schema, "register", "Register a schema as the next version of a subject", options,
                                     status, registerOne);
    command->add_option("subject", options->subject, "Subject, for example orders-value")->required();
    command->add_option("file", options->file, "The schema's text; - reads standard input")->required();
    command->add_option("--type", options->type, "AVRO, JSON or PROTOBUF")->capture_default_str();
    command->add_option("--reference", options->references, "NAME=SUBJECT:VERSION; may be repeated");
    command->add_flag("--normalize", options->isNormalized, "Store it independent of the order of what has no order");

    options = std::make_shared<SchemaOptions>();
    command = addSchemaCommand(schema, "settings", "Show or set compatibility, mode and validation", options, status,
                               settings);
    command->add_option("subject", options->subject, "Subject; without one, of all that have none of their own");
    command->add_option("--compatibility", options->level,
                        "NONE, BACKWARD, FORWARD, FULL, the same with _TRANSITIVE, or default");
    command->add_option("--policy", options->policy, "STRICT or LENIENT, for JSON Schema");
    command->add_option("--mode", options->mode, "READWRITE, READONLY, IMPORT, or default");
    command->add_option("--validation", options->validation,
                        "OFF, LOG or REFUSE: whether the embedded broker checks what is written");
    command->add_flag("--yes", options->yes, "IMPORT although there are schemas");

    options = std::make_shared<SchemaOptions>();
    command = addSchemaCommand(schema, "delete", "Delete a subject or one version; it can be brought back", options,
                               status, remove);
    command->add_option("subject", options->subject, "SUBJECT, or SUBJECT:VERSION")->required();
    command->add_flag("--permanent", options->isPermanent, "For good, after it was deleted");
    command->add_flag("--yes", options->yes, "Yes, for good");

    options = std::make_shared<SchemaOptions>();
    command = addSchemaCommand(schema, "restore", "Bring a deleted version back, with its number and id", options,
                               status, restore);
    command->add_option("subject", options->subject, "SUBJECT:VERSION")->required();
}

} // namespace meshbone::app
