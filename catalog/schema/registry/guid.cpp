// SPDX-License-Identifier: Apache-2.0
#include "schema/uuid_text.h"

#include <catalog/registry.h>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

namespace meshbone::catalog {

namespace {

using Json = nlohmann::json; // sorts names, as Confluent's metadata does

void addText(std::string& bytes, const Json& object, const char* name) {
    if (const auto found = object.find(name); found != object.end() && found->is_string()) {
        bytes += found->get_ref<const std::string&>();
    }
}

void addSet(std::string& bytes, const Json& values) {
    std::set<std::string> sorted;
    for (const auto& value : values) {
        if (value.is_string()) {
            sorted.insert(value.get<std::string>());
        }
    }
    for (const auto& value : sorted) {
        bytes += value;
    }
}

void addPairs(std::string& bytes, const Json& pairs) {
    for (const auto& [name, value] : pairs.items()) {
        if (value.is_string()) {
            bytes += name;
            bytes += value.get_ref<const std::string&>();
        }
    }
}

Json member(const Json& object, const char* name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found == object.end() ? Json() : *found;
}

void addMetadata(std::string& bytes, const std::string& text) {
    const auto metadata = Json::parse(text, nullptr, false);
    bytes += '\1'; // to tell it from none
    const auto byPath = member(metadata, "tags");
    for (const auto& [path, tags] : byPath.items()) {
        bytes += path;
        addSet(bytes, tags);
    }
    addPairs(bytes, member(metadata, "properties"));
    addSet(bytes, member(metadata, "sensitive"));
}

void addRules(std::string& bytes, const std::string& text) {
    const auto rules = Json::parse(text, nullptr, false);
    bytes += '\1';
    for (const char* list : {"migrationRules", "domainRules", "encodingRules"}) {
        for (const auto& rule : member(rules, list)) {
            for (const char* name : {"name", "doc", "kind", "mode", "type"}) {
                addText(bytes, rule, name);
            }
            addSet(bytes, member(rule, "tags"));
            addPairs(bytes, member(rule, "params"));
            for (const char* name : {"expr", "onSuccess", "onFailure"}) {
                addText(bytes, rule, name);
            }
            if (member(rule, "disabled") == true) {
                bytes += '\1';
            }
        }
    }
}

void addReference(std::string& bytes, const SchemaReference& reference) {
    bytes += reference.name;
    bytes += reference.subject;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>((static_cast<unsigned>(reference.version) >> shift) & 0xFFU);
    }
}

/// Looked up once: EVP_md5() has OpenSSL look for it at each use, which takes longer than the digest of a schema.
const EVP_MD* md5() {
    static const EVP_MD* const kFetched = ::EVP_MD_fetch(nullptr, "MD5", nullptr);
    return kFetched ? kFetched : ::EVP_md5();
}

} // namespace

std::string schemaGuid(const SchemaDefinition& definition) {
    auto bytes = definition.text;
    for (const auto& reference : definition.references) {
        addReference(bytes, reference);
    }
    if (!definition.metadata.empty()) {
        addMetadata(bytes, definition.metadata);
    }
    if (!definition.ruleSet.empty()) {
        addRules(bytes, definition.ruleSet);
    }
    std::string digest(16, '\0');
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, md5(), nullptr);
    return uuidText(digest);
}

} // namespace meshbone::catalog
