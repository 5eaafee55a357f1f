// SPDX-License-Identifier: Apache-2.0
// What is said of arrays and objects.
#include "schema/json/quiet.h"
#include "schema/json/validation.h"

#include <fmt/format.h>

namespace meshbone::catalog::jsonschema {

bool Validation::evaluateArraySize(const Node& node, const Value& value) {
    const ArrayRules& rules = *node.array;
    const std::size_t size = value.items.size();
    bool isGood = true;
    if (rules.minItems && size < *rules.minItems) {
        isGood = refuse(node, "minItems",
                        fmt::format("{} has {} items, but at least {} are needed.", subject(), size, *rules.minItems));
    }
    if (rules.maxItems && size > *rules.maxItems) {
        isGood = refuse(node, "maxItems",
                        fmt::format("{} has {} items, but at most {} are allowed.", subject(), size, *rules.maxItems));
    }
    std::size_t first = 0;
    std::size_t second = 0;
    if (rules.isUnique && countStep(value.size) && findTwins(value.items, first, second)) {
        isGood = refuse(node, "uniqueItems",
                        fmt::format("{} has the same item twice, at {} and {}.", subject(), first, second));
    }
    return isGood;
}

bool Validation::evaluateArray(const Node& node, const Value& value, Evaluated* seen) {
    const ArrayRules& rules = *node.array;
    bool isGood = evaluateArraySize(node, value);
    for (std::size_t i = 0; i < value.items.size() && goesOn(isGood); ++i) {
        const Node* item = i < rules.prefix.size() ? rules.prefix[i] : rules.rest;
        if (item == nullptr) {
            break;
        }
        m_path.enter(i);
        isGood = evaluate(*item, value.items[i], nullptr) && isGood;
        m_path.leave();
        if (seen != nullptr) {
            (*seen)[i] = true;
        }
    }
    if (rules.contains != nullptr && goesOn(isGood)) {
        isGood = evaluateContains(node, value, seen) && isGood;
    }
    return isGood;
}

bool Validation::evaluateContains(const Node& node, const Value& value, Evaluated* seen) {
    const ArrayRules& rules = *node.array;
    // From 2020-12 on what `contains` finds counts as looked at.
    Evaluated* marks = node.resource->dialect.draft == Draft::Draft2020 ? seen : nullptr;
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < value.items.size() && !m_stopped; ++i) {
        m_path.enter(i);
        if (fits(*rules.contains, value.items[i], nullptr)) {
            ++found;
            if (marks != nullptr) {
                (*marks)[i] = true;
            }
        }
        m_path.leave();
    }
    bool isGood = true;
    if (const auto least = rules.minContains.value_or(1); found < least) {
        isGood = refuse(node, rules.minContains ? "minContains" : "contains",
                        fmt::format("{} has {} items of the kind that `contains` asks for, but needs at least {}.",
                                    subject(), found, least));
    }
    if (rules.maxContains && found > *rules.maxContains) {
        isGood = refuse(node, "maxContains",
                        fmt::format("{} has {} items of the kind that `contains` asks for, but may have {} at most.",
                                    subject(), found, *rules.maxContains));
    }
    return isGood;
}

bool Validation::evaluateObjectSize(const Node& node, const Value& value) {
    const ObjectRules& rules = *node.object;
    const std::size_t size = value.items.size();
    bool isGood = true;
    for (const std::string& name : rules.required) {
        if (!countStep()) {
            return false;
        }
        if (value.indexOf(name) < 0) {
            isGood = refuse(node, "required", fmt::format("{} lacks `{}`, which is required.", subject(), name));
        }
        if (!goesOn(isGood)) {
            return false;
        }
    }
    if (rules.minProperties && size < *rules.minProperties) {
        isGood = refuse(
            node, "minProperties",
            fmt::format("{} has {} members, but at least {} are needed.", subject(), size, *rules.minProperties));
    }
    if (rules.maxProperties && size > *rules.maxProperties) {
        isGood = refuse(
            node, "maxProperties",
            fmt::format("{} has {} members, but at most {} are allowed.", subject(), size, *rules.maxProperties));
    }
    return isGood;
}

bool Validation::evaluateObject(const Node& node, const Value& value, Evaluated* seen) {
    bool isGood = evaluateObjectSize(node, value);
    for (std::size_t i = 0; i < value.items.size() && goesOn(isGood); ++i) {
        m_path.enter(value.members->names[i]);
        isGood = evaluateMember(node, value, i, seen) && isGood;
        m_path.leave();
    }
    if (goesOn(isGood)) {
        isGood = evaluateDependent(node, value, seen) && isGood;
    }
    return isGood;
}

bool Validation::evaluateMember(const Node& node, const Value& object, std::size_t index, Evaluated* seen) {
    const ObjectRules& rules = *node.object;
    const std::string& name = object.members->names[index];
    const Value& value = object.items[index];
    bool isGood = true;
    bool isKnown = false;
    if (const Node* property = rules.property(name)) {
        isKnown = true;
        isGood = evaluate(*property, value, nullptr);
    }
    for (const PatternRule& rule : rules.patterns) {
        if (countStep(name.size()) && rule.pattern.isIn(name)) {
            isKnown = true;
            isGood = evaluate(*rule.node, value, nullptr) && isGood;
        }
    }
    if (!isKnown && rules.additional != nullptr) {
        isKnown = true;
        if (rules.additional->isFalse) {
            isGood = refuse(node, "additionalProperties",
                            fmt::format("{} isn't a property of the schema, and it has no others.", subject()));
        } else {
            isGood = evaluate(*rules.additional, value, nullptr);
        }
    }
    if (rules.names != nullptr) {
        Value asValue;
        asValue.kind = ValueKind::String;
        asValue.text = name;
        if (!fits(*rules.names, asValue, nullptr)) {
            isGood = refuse(node, "propertyNames", fmt::format("{} has a name that isn't allowed.", subject()));
        }
    }
    if (isKnown && seen != nullptr) {
        (*seen)[index] = true;
    }
    return isGood;
}

bool Validation::evaluateDependent(const Node& node, const Value& value, Evaluated* seen) {
    const ObjectRules& rules = *node.object;
    bool isGood = true;
    for (const auto& [name, others] : rules.dependentRequired) {
        for (const std::string& other : others) {
            if (value.indexOf(name) >= 0 && value.indexOf(other) < 0) {
                isGood = refuse(node, "dependentRequired",
                                fmt::format("{} has `{}` and therefore needs `{}` too.", subject(), name, other));
            }
        }
    }
    for (const auto& [name, schema] : rules.dependentSchemas) {
        if (goesOn(isGood) && value.indexOf(name) >= 0) {
            isGood = evaluate(*schema, value, seen) && isGood;
        }
    }
    return isGood;
}

} // namespace meshbone::catalog::jsonschema
