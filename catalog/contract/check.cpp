// SPDX-License-Identifier: Apache-2.0
#include "contract/logical_type.h"

#include <catalog/contract.h>

#include <fmt/format.h>

#include <map>
#include <set>

namespace meshbone::catalog {
namespace {

class Check {
public:
    Check(const ContractObject& object, const ParsedSchema& schema)
        : m_object(object)
        , m_canRequire(schema.type() !=
                       SchemaType::Protobuf) { // which has a value for every field, whether written or not
        for (SchemaField& field : schema.fields()) {
            const std::string path = field.path;
            m_fields.emplace(path, std::move(field));
        }
    }

    std::vector<ContractFinding> run() {
        for (const ContractProperty& property : m_object.properties) {
            m_promised.insert(property.physicalPath);
            if (!property.physicalPath.ends_with("[]")) { // items are told by their array's field
                look(property);
            }
        }
        for (const auto& [path, field] : m_fields) {
            // What is inside of what isn't promised needs no sentence of its own.
            const std::string parent =
                path.substr(0, path.find_last_of(".[{") == std::string::npos ? 0 : path.find_last_of('.'));
            if (!m_promised.contains(path) && (parent.empty() || isPromisedInside(parent))) {
                add(path, fmt::format("'{}' is in the schema and not in the contract.", path), false, m_object.at);
            }
        }
        return std::move(m_findings);
    }

private:
    /// "legs[]" or "legs{}" as well as "legs".
    [[nodiscard]] bool isPromisedInside(std::string parent) const {
        while (parent.ends_with(']') || parent.ends_with('}')) {
            parent.resize(parent.size() - 2);
        }
        return m_promised.contains(parent);
    }

    void look(const ContractProperty& property) {
        const auto found = m_fields.find(property.physicalPath);
        const std::string& name = property.physicalPath;
        if (found == m_fields.end()) {
            add(name, fmt::format("The contract promises '{}', and the schema doesn't have it.", name), true,
                property.at);
            return;
        }
        const SchemaField& field = found->second;
        const auto type = typeOf(field);
        if (!property.logicalType.empty() && !type.empty() && !keepsType(property.logicalType, type)) {
            add(name,
                fmt::format("The contract says that '{}' is of the type {}, and in the schema it is {}.", name,
                            property.logicalType, field.type),
                true, property.at);
        }
        if (property.isRequired && field.isOptional && m_canRequire) {
            add(name,
                fmt::format("The contract says that '{}' is always there, and the schema lets it be absent or "
                            "null.",
                            name),
                true, property.at);
        }
    }

    [[nodiscard]] std::string_view typeOf(const SchemaField& field) const {
        const auto type = logicalTypeOf(field.type);
        if (!type.empty()) {
            return type;
        }
        const auto inside = m_fields.lower_bound(field.path + ".");
        return inside != m_fields.end() && inside->first.starts_with(field.path + ".") ? "object" : "";
    }

    void add(const std::string& path, std::string sentence, bool isBreaking, FilePlace at) {
        const std::string& name = m_object.name;
        m_findings.push_back({name.empty() ? path : name + "." + path, std::move(sentence), isBreaking, {}, at});
    }

    const ContractObject& m_object;
    const bool m_canRequire;
    std::map<std::string, SchemaField> m_fields;
    std::set<std::string> m_promised;
    std::vector<ContractFinding> m_findings;
};

} // namespace

std::vector<ContractFinding> checkContract(const ContractObject& object, const ParsedSchema& schema) {
    return Check(object, schema).run();
}

} // namespace meshbone::catalog
