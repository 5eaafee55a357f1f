// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registry_record.h"

#include "json_depth.h"

#include <backbone/base64.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace meshbone::catalog {

namespace {

using RecordJson = nlohmann::ordered_json;

constexpr const char* kTenant = "default";

/// Text that isn't UTF-8 can't be JSON; what stands for it is readable at least.
std::string dump(const RecordJson& json) {
    return json.dump(-1, ' ', false, RecordJson::error_handler_t::replace);
}

RecordJson keyOf(const char* kind, const RecordJson& subject) {
    return RecordJson{{"keytype", kind}, {"subject", subject}, {"magic", 0}};
}
RecordJson subjectOrNull(const std::string& subject) {
    return subject.empty() ? RecordJson() : RecordJson(subject);
}

/// The MD5 of a GUID's text, as Confluent's values carry it.
std::string md5Of(const std::string& guid) {
    std::string bytes;
    int high = -1;
    for (const char c : guid) {
        if (c == '-') {
            continue;
        }
        const int digit = c <= '9' ? c - '0' : c - 'a' + 10;
        if (high < 0) {
            high = digit;
        } else {
            bytes += static_cast<char>(high * 16 + digit);
            high = -1;
        }
    }
    return toBase64(bytes);
}

RecordJson schemaValue(const SchemaRecord& record) {
    const auto& definition = *record.definition;
    RecordJson value{{"subject", record.subject}, {"version", record.version}, {"id", record.id.value()}};
    value["md5"] = md5Of(schemaGuid(definition));
    if (definition.type != SchemaType::Avro) {
        value["schemaType"] = schemaTypeName(definition.type);
    }
    for (const auto& reference : definition.references) {
        value["references"].push_back(
            RecordJson{{"name", reference.name}, {"subject", reference.subject}, {"version", reference.version}});
    }
    if (!definition.metadata.empty()) {
        value["metadata"] = RecordJson::parse(definition.metadata, nullptr, false);
    }
    if (!definition.ruleSet.empty()) {
        value["ruleSet"] = RecordJson::parse(definition.ruleSet, nullptr, false);
    }
    value["schema"] = definition.text;
    value["deleted"] = record.isDeleted;
    return value;
}

struct Encoder {
    RegistryRecordBytes operator()(const SchemaRecord& record) const {
        const RecordJson key{
            {"keytype", "SCHEMA"}, {"subject", record.subject}, {"version", record.version}, {"magic", 1}};
        return {dump(key), record.definition ? std::optional(dump(schemaValue(record))) : std::nullopt};
    }
    RegistryRecordBytes operator()(const ConfigRecord& record) const {
        return {dump(keyOf("CONFIG", subjectOrNull(record.subject))), record.json};
    }
    RegistryRecordBytes operator()(const ModeRecord& record) const {
        std::optional<Bytes> value;
        if (record.mode) {
            value = dump(RecordJson{{"mode", modeName(*record.mode)}});
        }
        return {dump(keyOf("MODE", subjectOrNull(record.subject))), value};
    }
    RegistryRecordBytes operator()(const DeleteSubjectRecord& record) const {
        std::optional<Bytes> value;
        if (record.version) {
            value = dump(RecordJson{{"subject", record.subject}, {"version", *record.version}});
        }
        return {dump(keyOf("DELETE_SUBJECT", record.subject)), value};
    }
    RegistryRecordBytes operator()(const ClearSubjectRecord& record) const {
        return {dump(keyOf("CLEAR_SUBJECT", record.subject)), dump(RecordJson{{"subject", record.subject}})};
    }
    RegistryRecordBytes operator()(const ContextRecord& record) const {
        const RecordJson key{{"keytype", "CONTEXT"}, {"tenant", kTenant}, {"context", record.context}, {"magic", 0}};
        std::optional<Bytes> value;
        if (!record.isGone) {
            value = dump(RecordJson{{"tenant", kTenant}, {"context", record.context}});
        }
        return {dump(key), value};
    }
    RegistryRecordBytes operator()(const NoopRecord& record) const {
        const RecordJson key{{"keytype", "NOOP"}, {"magic", 0}};
        std::optional<Bytes> value;
        if (!record.highestIds.empty()) {
            value = dump(RecordJson{{"highestIds", record.highestIds}});
        }
        return {dump(key), value};
    }
};

std::string text(const RecordJson& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}
int number(const RecordJson& object, const char* name, int otherwise) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_integer() ? found->get<int>() : otherwise;
}
std::string jsonText(const RecordJson& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_object() ? dump(*found) : std::string();
}

Result<RegistryRecord> schemaRecord(const RecordJson& key, const RecordJson* value) {
    SchemaRecord record;
    record.subject = text(key, "subject");
    record.version = number(key, "version", 0);
    if (record.subject.empty() || record.version < 1) {
        return fail(ErrorCode::Corrupt, "The record's key names no subject and version.");
    }
    if (!value) {
        return record;
    }
    SchemaDefinition definition;
    const auto typeName = text(*value, "schemaType");
    const auto type = typeName.empty() ? std::optional(SchemaType::Avro) : schemaTypeFromName(typeName);
    record.id = SchemaId(number(*value, "id", -1));
    definition.text = text(*value, "schema");
    if (!type || record.id.value() < 0 || definition.text.empty()) {
        return fail(ErrorCode::Corrupt, "The record's value has no schema, no id, or a type that isn't known.");
    }
    definition.type = *type;
    if (const auto references = value->find("references"); references != value->end() && references->is_array()) {
        for (const auto& one : *references) {
            if (one.is_object()) {
                definition.references.push_back({text(one, "name"), text(one, "subject"), number(one, "version", 0)});
            }
        }
    }
    definition.metadata = jsonText(*value, "metadata");
    definition.ruleSet = jsonText(*value, "ruleSet");
    const auto deleted = value->find("deleted");
    record.isDeleted = deleted != value->end() && deleted->is_boolean() && deleted->get<bool>();
    record.definition = std::make_shared<const SchemaDefinition>(std::move(definition));
    return record;
}

Result<RegistryRecord> modeRecord(const RecordJson& key, const RecordJson* value) {
    ModeRecord record{text(key, "subject"), std::nullopt};
    if (value) {
        record.mode = modeFromName(text(*value, "mode"));
        if (!record.mode) {
            return fail(ErrorCode::Corrupt, "The record's value names no mode that is known.");
        }
    }
    return record;
}

Result<RegistryRecord> noopRecord(const RecordJson* value) {
    NoopRecord record;
    const auto ids = value ? value->find("highestIds") : RecordJson::const_iterator();
    if (value && ids != value->end() && ids->is_object()) {
        for (const auto& [context, id] : ids->items()) {
            if (id.is_number_integer()) {
                record.highestIds[context] = id.get<int>();
            }
        }
    }
    return record;
}

} // namespace

RegistryRecordBytes encodeRegistryRecord(const RegistryRecord& record) {
    return std::visit(Encoder{}, record);
}

Result<RegistryRecord> decodeRegistryRecord(std::string_view keyBytes, const std::optional<Bytes>& valueBytes) {
    if (!isShallowJson(keyBytes, kMaxJsonLevels) || (valueBytes && !isShallowJson(*valueBytes, kMaxJsonLevels))) {
        return fail(ErrorCode::Corrupt, fmt::format("The record nests deeper than {} levels.", kMaxJsonLevels));
    }
    const auto key = RecordJson::parse(keyBytes, nullptr, false);
    if (!key.is_object()) {
        return fail(ErrorCode::Corrupt, "The record's key is no JSON object.");
    }
    const auto kind = text(key, "keytype");
    RecordJson parsed;
    if (valueBytes) {
        parsed = RecordJson::parse(*valueBytes, nullptr, false);
        if (!parsed.is_object() && kind != "NOOP") {
            return fail(ErrorCode::Corrupt, "The record's value is no JSON object.");
        }
    }
    const RecordJson* value = valueBytes && parsed.is_object() ? &parsed : nullptr;
    if (kind == "SCHEMA") {
        return schemaRecord(key, value);
    }
    if (kind == "CONFIG") {
        return ConfigRecord{text(key, "subject"), value ? std::optional(dump(*value)) : std::nullopt};
    }
    if (kind == "MODE") {
        return modeRecord(key, value);
    }
    if (kind == "DELETE_SUBJECT") {
        DeleteSubjectRecord record{text(key, "subject"), std::nullopt};
        if (value) {
            record.version = number(*value, "version", 0);
        }
        return record;
    }
    if (kind == "CLEAR_SUBJECT") {
        return ClearSubjectRecord{text(key, "subject")};
    }
    if (kind == "CONTEXT") {
        return ContextRecord{text(key, "context"), !value};
    }
    if (kind == "NOOP") {
        return noopRecord(value);
    }
    return fail(ErrorCode::Unsupported, fmt::format("Records of the kind '{}' aren't known.", kind.substr(0, 40)));
}

} // namespace meshbone::catalog
