// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/json_schema.h>

#include <QtGlobal>

#include <string>

namespace meshbone::test {

/// A schema that has to be right.
inline catalog::ParsedSchemaPtr schemaOf(const std::string& text,
                                         std::span<const catalog::NamedSchema> references = {}) {
    auto schema = catalog::parseJsonSchema(text, references);
    if (!schema) {
        qFatal("%s: %s", text.c_str(), schema.error().message.c_str());
    }
    return *schema;
}

/// What a schema that isn't right is refused with; empty where it is right.
inline std::string refusalOf(const std::string& text, std::span<const catalog::NamedSchema> references = {}) {
    const auto schema = catalog::parseJsonSchema(text, references);
    return schema ? std::string() : schema.error().message;
}

/// The first thing that is wrong with a payload, or empty.
inline std::string failureOf(const std::string& schema, const std::string& payload) {
    const auto failures = catalog::JsonValidator::of(schemaOf(schema))->failures(payload);
    return failures.empty() ? std::string() : failures.front().message;
}

} // namespace meshbone::test
