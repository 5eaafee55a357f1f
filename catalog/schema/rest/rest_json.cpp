// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/rest_json.h"

#include "json_depth.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace meshbone::catalog {

namespace {

/// Null and absent are the same to Confluent's registry.
const RestJson* member(const RestJson& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

RegistryResult<void> wrongType(const char* name, const char* wanted) {
    return refuse(400, fmt::format("\"{}\" must be {}.", name, wanted));
}

RegistryResult<void> readText(const RestJson& body, const char* name, std::string& text) {
    const auto* given = member(body, name);
    if (given && !given->is_primitive()) {
        return wrongType(name, "a string");
    }
    text = !given ? std::string() : given->is_string() ? given->get<std::string>() : dumpJson(*given);
    return {};
}

RegistryResult<void> readNumber(const RestJson& body, const char* name, int otherwise, int& number) {
    const auto* given = member(body, name);
    if (given && !given->is_number_integer()) {
        return wrongType(name, "a whole number");
    }
    const auto value = given ? given->get<std::int64_t>() : otherwise;
    if (value != static_cast<int>(value)) {
        return wrongType(name, "a whole number of 32 bits");
    }
    number = static_cast<int>(value);
    return {};
}

RegistryResult<void> readReferences(const RestJson& body, std::vector<SchemaReference>& references) {
    const auto* given = member(body, "references");
    if (given && !given->is_array()) {
        return wrongType("references", "an array");
    }
    for (const auto& one : given ? *given : RestJson::array()) {
        SchemaReference reference;
        if (!one.is_object()) {
            return wrongType("references", "an array of objects with name, subject and version");
        }
        for (const auto& read : {readText(one, "name", reference.name), readText(one, "subject", reference.subject),
                                 readNumber(one, "version", -1, reference.version)}) {
            if (!read) {
                return read;
            }
        }
        references.push_back(std::move(reference));
    }
    return {};
}

} // namespace

std::string dumpJson(const RestJson& json) {
    return json.dump(-1, ' ', false, RestJson::error_handler_t::replace);
}

RegistryResult<RestJson> readBody(const std::string& body) {
    if (!isShallowJson(body, kMaxJsonLevels)) {
        return refuse(400, fmt::format("The body nests deeper than {} levels.", kMaxJsonLevels));
    }
    auto json = RestJson::parse(body, nullptr, false);
    if (!json.is_object()) {
        return refuse(400, "The body must be a JSON object; it is malformed or something else.");
    }
    return json;
}

RegistryResult<void> readObject(const RestJson& body, const char* name, std::string& json) {
    const auto* given = member(body, name);
    if (given && !given->is_object()) {
        return wrongType(name, "an object");
    }
    json = given ? dumpJson(*given) : std::string();
    return {};
}

RegistryResult<RegisterRequest> readRegistration(const std::string& body, const SubjectName& subject) {
    const auto json = readBody(body);
    if (!json) {
        return std::unexpected(json.error());
    }
    RegisterRequest request;
    request.subject = subject;
    std::string typeName;
    int id = -1;
    auto& schema = request.schema;
    for (const auto& read :
         {readText(*json, "schema", schema.text), readText(*json, "schemaType", typeName),
          readObject(*json, "metadata", schema.metadata), readObject(*json, "ruleSet", schema.ruleSet),
          readNumber(*json, "version", 0, request.version), readNumber(*json, "id", -1, id),
          readReferences(*json, schema.references)}) {
        if (!read) {
            return std::unexpected(read.error());
        }
    }
    request.id = SchemaId(id);
    if (!typeName.empty()) {
        const auto type = schemaTypeFromName(typeName);
        if (!type) {
            return refuse(42201, fmt::format("Invalid schema type {}: known are AVRO, JSON and PROTOBUF.",
                                             typeName.substr(0, 60)));
        }
        schema.type = *type;
    }
    return request;
}

RestJson referencesJson(const SchemaDefinition& definition) {
    auto all = RestJson::array();
    for (const auto& one : definition.references) {
        all.push_back(RestJson{{"name", one.name}, {"subject", one.subject}, {"version", one.version}});
    }
    return all;
}

RestJson definitionJson(const SchemaDefinition& definition, const std::string& guid, bool isWide) {
    auto json = RestJson::object();
    if (isWide) {
        json["guid"] = guid;
    }
    if (isWide || definition.type != SchemaType::Avro) {
        json["schemaType"] = schemaTypeName(definition.type);
    }
    if (!definition.references.empty()) {
        json["references"] = referencesJson(definition);
    }
    if (!definition.metadata.empty()) {
        json["metadata"] = RestJson::parse(definition.metadata, nullptr, false);
    }
    if (!definition.ruleSet.empty()) {
        json["ruleSet"] = RestJson::parse(definition.ruleSet, nullptr, false);
    }
    json["schema"] = definition.text;
    return json;
}

RestJson versionJson(const SchemaVersion& version, bool isWide) {
    RestJson json{{"subject", version.subject}, {"version", version.version}, {"id", version.id.value()}};
    json.update(definitionJson(*version.definition, version.guid, isWide));
    if (isWide) {
        json["ts"] = version.writtenMs;
        json["deleted"] = version.isDeleted;
    }
    return json;
}

} // namespace meshbone::catalog
