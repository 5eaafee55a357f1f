// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/reserved_fields.h"

#include "schema/registry/merge_metadata.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

std::set<std::string> reservedFields(const SchemaDefinition& definition) {
    std::set<std::string> names;
    const auto list = metadataProperty(definition.metadata, "confluent:reserved");
    for (std::size_t at = 0; at < list.size();) {
        const auto end = std::min(list.find(',', at), list.size());
        const auto first = list.find_first_not_of(" \t", at);
        if (first < end) {
            const auto last = list.find_last_not_of(" \t", end - 1);
            names.insert(list.substr(first, last - first + 1));
        }
        at = end + 1;
    }
    return names;
}

} // namespace

std::vector<std::string> reservedFieldProblems(const ParsedSchema& schema, const SchemaDefinition& definition,
                                               const SchemaDefinition* latest) {
    std::vector<std::string> problems;
    const auto reserved = reservedFields(definition);
    for (const auto& name : latest ? reservedFields(*latest) : std::set<std::string>()) {
        if (!reserved.contains(name)) {
            problems.push_back(fmt::format("The new schema has reserved field {} removed from its metadata which is "
                                           "present in the old schema's metadata.",
                                           name));
        }
    }
    if (reserved.empty()) {
        return problems;
    }
    for (const auto& field : schema.fields()) {
        if (reserved.contains(field.path)) {
            problems.push_back(
                fmt::format("The new schema has field that conflicts with the reserved field {}.", field.path));
        }
    }
    return problems;
}

} // namespace meshbone::catalog
