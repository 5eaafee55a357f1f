// SPDX-License-Identifier: Apache-2.0
#include "schema/client/client_json.h"

#include "json_depth.h"

#include <nlohmann/json.hpp>

#include <set>

namespace meshbone::catalog {

namespace {

using Json = nlohmann::ordered_json;

/// Discarded where it is no JSON, or too deep to be walked over.
Json parse(const std::string& json) {
    return isShallowJson(json, kMaxJsonLevels) ? Json::parse(json, nullptr, false) : Json(Json::value_t::discarded);
}

std::string text(const Json& object, const char* name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}
std::int64_t number(const Json& object, const char* name, std::int64_t otherwise) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : otherwise;
}
bool flag(const Json& object, const char* name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found != object.end() && found->is_boolean() && found->get<bool>();
}
std::string objectText(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_object() ? found->dump() : std::string();
}

std::unexpected<Error> notUnderstood() {
    return fail(ErrorCode::Corrupt, "The answer isn't one of a schema registry. Is the URL right?");
}

Result<SchemaDefinition> definitionOf(const Json& json) {
    const auto typeName = text(json, "schemaType");
    const auto type = typeName.empty() ? std::optional(SchemaType::Avro) : schemaTypeFromName(typeName);
    if (!json.is_object() || !json.contains("schema") || !type) {
        return notUnderstood();
    }
    SchemaDefinition definition;
    definition.type = *type;
    definition.text = text(json, "schema");
    definition.metadata = objectText(json, "metadata");
    definition.ruleSet = objectText(json, "ruleSet");
    if (const auto references = json.find("references"); references != json.end() && references->is_array()) {
        for (const auto& one : *references) {
            definition.references.push_back(
                {text(one, "name"), text(one, "subject"), static_cast<int>(number(one, "version", -1))});
        }
    }
    return definition;
}

Result<SchemaVersion> versionOf(const Json& json) {
    auto definition = definitionOf(json);
    SchemaVersion version;
    version.subject = text(json, "subject");
    version.version = static_cast<int>(number(json, "version", 0));
    version.id = SchemaId(static_cast<std::int32_t>(number(json, "id", -1)));
    if (!definition || version.subject.empty() || version.version < 1) {
        return notUnderstood();
    }
    version.guid = schemaGuid(*definition);
    version.isDeleted = flag(json, "deleted");
    version.writtenMs = number(json, "ts", -1);
    version.definition = std::make_shared<const SchemaDefinition>(std::move(*definition));
    return version;
}

} // namespace

ReadFailure readFailure(const std::string& json) {
    const auto parsed = parse(json);
    return {static_cast<int>(number(parsed, "error_code", 0)), text(parsed, "message")};
}

Result<SchemaVersion> readVersion(const std::string& json) {
    return versionOf(parse(json));
}

Result<std::vector<SchemaVersion>> readVersions(const std::string& json) {
    const auto parsed = parse(json);
    if (!parsed.is_array()) {
        return notUnderstood();
    }
    std::vector<SchemaVersion> all;
    for (const auto& one : parsed) {
        auto version = versionOf(one);
        if (!version) {
            return std::unexpected(version.error());
        }
        all.push_back(std::move(*version));
    }
    return all;
}

Result<SchemaDefinition> readDefinition(const std::string& json) {
    return definitionOf(parse(json));
}

std::vector<std::string> readTexts(const std::string& json) {
    std::vector<std::string> all;
    for (const auto& one : parse(json)) {
        if (one.is_string()) {
            all.push_back(one.get<std::string>());
        }
    }
    return all;
}

std::vector<int> readNumbers(const std::string& json) {
    std::vector<int> all;
    for (const auto& one : parse(json)) {
        if (one.is_number_integer()) {
            all.push_back(one.get<int>());
        }
    }
    return all;
}

RegisteredSchema readRegistered(const std::string& json) {
    const auto parsed = parse(json);
    return {SchemaId(static_cast<std::int32_t>(number(parsed, "id", -1))),
            static_cast<int>(number(parsed, "version", 0))};
}

void readCheck(const std::string& json, bool& isCompatible, std::vector<std::string>& messages) {
    const auto parsed = parse(json);
    isCompatible = flag(parsed, "is_compatible");
    if (parsed.is_object() && parsed.contains("messages")) {
        for (const auto& one : parsed["messages"]) {
            if (one.is_string()) {
                messages.push_back(one.get<std::string>());
            }
        }
    }
}

namespace {

void readConfig(const Json& parsed, SubjectSettings& settings) {
    settings.level = levelFromName(text(parsed, "compatibilityLevel"));
    settings.validation = validationFromName(text(parsed, "validation"));
    const auto policy = text(parsed, "compatibilityPolicy");
    if (!policy.empty()) {
        settings.policy = policy == "LENIENT" ? CompatibilityPolicy::Lenient : CompatibilityPolicy::Strict;
    }
}

} // namespace

void readConfig(const std::string& json, SubjectSettings& settings) {
    readConfig(parse(json), settings);
}

void readMode(const std::string& json, SubjectSettings& settings) {
    settings.mode = modeFromName(text(parse(json), "mode"));
}

std::optional<std::vector<SubjectSettings>> readSettings(const std::string& json) {
    const auto parsed = parse(json);
    if (!parsed.is_object()) {
        return std::nullopt;
    }
    std::vector<SubjectSettings> all{{{}, {}, {}, {}, {}}};
    for (const auto& [subject, one] : parsed.items()) {
        SubjectSettings settings{subject, {}, {}, {}, {}};
        if (one.is_object() && one.contains("config")) {
            readConfig(one["config"], settings);
            settings.configMs = number(one, "configMs", -1);
        }
        settings.mode = modeFromName(text(one, "mode"));
        if (subject.empty()) {
            all.front() = settings;
        } else {
            all.push_back(settings);
        }
    }
    all.front().level = all.front().level.value_or(CompatibilityLevel::Backward);
    return all;
}

Result<RegistryStatus> readStatus(const std::string& json) {
    const auto parsed = parse(json);
    if (!parsed.is_object() || !parsed.contains("ready")) {
        return notUnderstood();
    }
    RegistryStatus status;
    status.stage = flag(parsed, "ready") ? RegistryStatus::Stage::Ready : RegistryStatus::Stage::Connecting;
    status.reason = text(parsed, "reason");
    status.records = number(parsed, "records", 0);
    status.unreadable = number(parsed, "unreadable", 0);
    status.firstUnreadable = text(parsed, "firstUnreadable");
    status.contradicting = number(parsed, "contradicting", 0);
    status.lastContradicting = text(parsed, "lastContradicting");
    status.notedSinceMs = number(parsed, "notedSinceMs", -1);
    return status;
}

std::string writeDefinition(const SchemaDefinition& definition, GivenId given) {
    Json json{{"schema", definition.text}};
    if (given.id.value() >= 0) {
        json["id"] = given.id.value();
    }
    if (given.version > 0) {
        json["version"] = given.version;
    }
    if (definition.type != SchemaType::Avro) {
        json["schemaType"] = schemaTypeName(definition.type);
    }
    for (const auto& one : definition.references) {
        json["references"].push_back(Json{{"name", one.name}, {"subject", one.subject}, {"version", one.version}});
    }
    if (!definition.metadata.empty()) {
        json["metadata"] = parse(definition.metadata);
    }
    if (!definition.ruleSet.empty()) {
        json["ruleSet"] = parse(definition.ruleSet);
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void markDeleted(std::vector<SchemaVersion>& all, const Result<std::string>& withoutDeleted) {
    constexpr std::size_t kWhole = 1'000; // a list as long as the page may be cut
    const auto kept = withoutDeleted ? readVersions(*withoutDeleted)
                                     : Result<std::vector<SchemaVersion>>(std::vector<SchemaVersion>());
    if (!kept || !withoutDeleted || kept->size() >= kWhole) {
        return;
    }
    std::set<std::pair<std::string, int>> alive;
    for (const auto& one : *kept) {
        alive.emplace(one.subject, one.version);
    }
    for (auto& one : all) {
        one.isDeleted = !alive.contains({one.subject, one.version});
    }
}

std::string readAlias(const std::string& json) {
    return text(parse(json), "alias");
}

} // namespace meshbone::catalog
