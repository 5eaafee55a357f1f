// SPDX-License-Identifier: Apache-2.0
// Objects: open models (others allowed), closed ones, and those whose other properties have a schema.
#include "schema/json/comparison_limits.h"

#include <algorithm>
#include <set>

namespace meshbone::catalog::jsonschema {

using enum DifferenceType;

namespace {

bool isRequired(const ObjectRules& rules, const std::string& name) {
    return std::ranges::find(rules.required, name) != rules.required.end();
}

/// The schema of properties that aren't named; null where there is none, or where it is true or false.
const Node* schemaOfOthers(const ObjectRules& rules) {
    return rules.additional != nullptr && rules.additional->value->isObject() ? rules.additional : nullptr;
}

bool allowsOthers(const ObjectRules& rules) {
    return rules.additional == nullptr || !rules.additional->isFalse;
}

bool saysAnything(const Node* unevaluated) {
    return unevaluated == nullptr || (!unevaluated->isFalse && unevaluated->value->items.empty());
}

bool isOpen(const ObjectRules& rules) {
    return rules.patterns.empty() && schemaOfOthers(rules) == nullptr && allowsOthers(rules) &&
           saysAnything(rules.unevaluated);
}

/// What a partly open model says of a property that it doesn't name; null where it is closed to it.
const Node* coverOf(const ObjectRules& rules, const std::string& name) {
    for (const PatternRule& rule : rules.patterns) {
        if (rule.pattern.isIn(name)) {
            return rule.node;
        }
    }
    if (const Node* others = schemaOfOthers(rules)) {
        return others;
    }
    const bool isByUnevaluated = allowsOthers(rules) && !saysAnything(rules.unevaluated) && !rules.unevaluated->isFalse;
    return isByUnevaluated ? rules.unevaluated : nullptr;
}

bool hasDefault(const Node& node) {
    return keywordOf(node, "default") != nullptr;
}

PathStep propertyStep(const std::string& name) {
    return {.path = "properties/" + name, .field = name};
}

} // namespace

void PairComparison::objects() {
    required();
    properties();
    dependencies();
    dependentSchemas();
    additionalProperties();
    unevaluated(false);
    objectLimits();
}

void PairComparison::required() {
    const ObjectRules& writer = rulesOf(m_writer.node->object);
    const ObjectRules& reader = rulesOf(m_reader.node->object);
    const std::set<std::string_view> writers(writer.required.begin(), writer.required.end());
    const std::set<std::string_view> readers(reader.required.begin(), reader.required.end());
    for (const auto& [name, property] : writer.properties) {
        const Node* other = reader.property(name);
        const bool isNow = readers.contains(name);
        if (other != nullptr && writers.contains(name) != isNow) {
            add(!isNow               ? RequiredAttributeRemoved
                : hasDefault(*other) ? RequiredAttributeWithDefaultAdded
                                     : RequiredAttributeAdded,
                {.path = "required/" + name, .field = name}, "required");
        }
    }
}

void PairComparison::properties() {
    const ObjectRules& writer = rulesOf(m_writer.node->object);
    const ObjectRules& reader = rulesOf(m_reader.node->object);
    for (const auto& [name, property] : writer.properties) {
        if (m_all.isOver()) {
            return;
        }
        if (const Node* other = reader.property(name)) {
            take(within(*property, *other), propertyStep(name));
        } else {
            propertyRemoved(name, *property, propertyStep(name));
        }
    }
    for (const auto& [name, property] : reader.properties) {
        if (writer.property(name) == nullptr && !m_all.isOver()) {
            propertyAdded(name, *property, propertyStep(name));
        }
    }
}

void PairComparison::propertyRemoved(const std::string& name, const Node& property, const PathStep& step) {
    const ObjectRules& reader = rulesOf(m_reader.node->object);
    Finding finding = findingOf({}, step, &property, m_reader.node);
    if (isOpen(reader)) {
        finding.type = PropertyRemovedFromOpenContentModel;
    } else if (const Node* cover = coverOf(reader, name)) {
        const Findings& found = within(property, *cover);
        take(found, step);
        finding.type = found.isCompatible ? PropertyRemovedIsCoveredByPartiallyOpenContentModel
                                          : PropertyRemovedNotCoveredByPartiallyOpenContentModel;
    } else {
        finding.type =
            isFalse(property) ? PropertyWithFalseRemovedFromClosedContentModel : PropertyRemovedFromClosedContentModel;
    }
    add(std::move(finding));
}

void PairComparison::propertyAdded(const std::string& name, const Node& property, const PathStep& step) {
    const ObjectRules& writer = rulesOf(m_writer.node->object);
    const bool isNeeded = isRequired(rulesOf(m_reader.node->object), name);
    Finding finding = findingOf({}, step, m_writer.node, &property);
    if (isOpen(writer)) {
        finding.type = isEmpty(property)      ? PropertyWithEmptySchemaAddedToOpenContentModel
                       : !isNeeded            ? OptionalPropertyAddedToOpenContentModel
                       : hasDefault(property) ? RequiredPropertyWithDefaultAddedToOpenContentModel
                                              : RequiredPropertyAddedToOpenContentModel;
        return add(std::move(finding));
    }
    if (const Node* cover = coverOf(writer, name)) {
        const Findings& found = within(*cover, property);
        take(found, step);
        Finding covered = finding;
        covered.type = found.isCompatible ? PropertyAddedIsCoveredByPartiallyOpenContentModel
                                          : PropertyAddedNotCoveredByPartiallyOpenContentModel;
        add(std::move(covered));
    }
    finding.type = !isNeeded              ? OptionalPropertyAddedToUnopenContentModel
                   : hasDefault(property) ? RequiredPropertyWithDefaultAddedToUnopenContentModel
                                          : RequiredPropertyAddedToUnopenContentModel;
    add(std::move(finding));
}

void PairComparison::dependencies() {
    const auto setsOf = [](const ObjectRules& rules) {
        std::map<std::string, std::set<std::string>> sets;
        for (const auto& [name, others] : rules.dependentRequired) {
            sets[name].insert(others.begin(), others.end());
        }
        return sets;
    };
    const auto writers = setsOf(rulesOf(m_writer.node->object));
    const auto readers = setsOf(rulesOf(m_reader.node->object));
    const auto tell = [&](DifferenceType type, const std::string& name) {
        add(type, {.path = "dependencies/" + name, .field = {}}, "dependencies", name);
    };
    for (const auto& [name, others] : writers) {
        const auto found = readers.find(name);
        if (found == readers.end()) {
            tell(DependencyArrayRemoved, name);
        } else if (found->second != others) {
            tell(std::ranges::includes(found->second, others)   ? DependencyArrayExtended
                 : std::ranges::includes(others, found->second) ? DependencyArrayNarrowed
                                                                : DependencyArrayChanged,
                 name);
        }
    }
    for (const auto& [name, others] : readers) {
        if (!writers.contains(name)) {
            tell(DependencyArrayAdded, name);
        }
    }
}

void PairComparison::dependentSchemas() {
    const auto& writers = rulesOf(m_writer.node->object).dependentSchemas;
    const auto& readers = rulesOf(m_reader.node->object).dependentSchemas;
    const auto schemaFor = [](const auto& all, const std::string& name) {
        const auto found = std::ranges::find(all, name, [](const auto& each) { return each.first; });
        return found == all.end() ? nullptr : found->second;
    };
    for (const auto& [name, schema] : writers) {
        const PathStep step{.path = "dependencies/" + name, .field = {}};
        if (const Node* other = schemaFor(readers, name)) {
            take(within(*schema, *other), step);
        } else {
            add(DependencySchemaRemoved, step, "dependencies", name);
        }
    }
    for (const auto& [name, schema] : readers) {
        if (schemaFor(writers, name) == nullptr) {
            add(DependencySchemaAdded, {.path = "dependencies/" + name, .field = {}}, "dependencies", name);
        }
    }
}

void PairComparison::additionalProperties() {
    const ObjectRules& writer = rulesOf(m_writer.node->object);
    const ObjectRules& reader = rulesOf(m_reader.node->object);
    const PathStep step{.path = "additionalProperties", .field = {}};
    const Node* before = schemaOfOthers(writer);
    const Node* now = schemaOfOthers(reader);
    if (allowsOthers(writer) != allowsOthers(reader)) {
        add(allowsOthers(reader) ? AdditionalPropertiesAdded : AdditionalPropertiesRemoved, step,
            "additionalProperties");
    } else if ((before == nullptr) != (now == nullptr)) {
        add(before == nullptr ? AdditionalPropertiesNarrowed : AdditionalPropertiesExtended, step,
            "additionalProperties");
    } else if (before != nullptr) {
        take(within(*before, *now), {.path = "additionalProperties", .field = "{}"});
    }
}

/// `unevaluatedProperties` or `unevaluatedItems`.
void PairComparison::unevaluated(bool isOfItems) {
    const Node* before =
        isOfItems ? rulesOf(m_writer.node->array).unevaluated : rulesOf(m_writer.node->object).unevaluated;
    const Node* now =
        isOfItems ? rulesOf(m_reader.node->array).unevaluated : rulesOf(m_reader.node->object).unevaluated;
    const std::string keyword = isOfItems ? "unevaluatedItems" : "unevaluatedProperties";
    const PathStep step{.path = keyword, .field = {}};
    // From the narrowest: nothing, a schema, anything.
    const auto widthOf = [&](const Node* node) {
        return node == nullptr || isEmpty(*node) ? 2 : isFalse(*node) ? 0 : 1;
    };
    const int from = widthOf(before);
    const int to = widthOf(now);
    if (from == to) {
        if (from == 1) {
            take(within(*before, *now), {.path = keyword, .field = isOfItems ? "[]" : "{}"});
        }
        return;
    }
    const DifferenceType type = from == 0 ? UnevaluatedPropertiesAdded
                                : to == 0 ? UnevaluatedPropertiesRemoved
                                : to == 1 ? UnevaluatedPropertiesNarrowed
                                          : UnevaluatedPropertiesExtended;
    constexpr int kToItems = static_cast<int>(UnevaluatedItemsAdded) - static_cast<int>(UnevaluatedPropertiesAdded);
    add(isOfItems ? static_cast<DifferenceType>(static_cast<int>(type) + kToItems) : type, step,
        isOfItems ? "unevaluatedItems" : "unevaluatedProperties");
}

void PairComparison::objectLimits() {
    const ObjectRules& writer = rulesOf(m_writer.node->object);
    const ObjectRules& reader = rulesOf(m_reader.node->object);
    limit(writer.maxProperties, reader.maxProperties,
          {"maxProperties", MaxPropertiesAdded, MaxPropertiesRemoved, MaxPropertiesIncreased, MaxPropertiesDecreased});
    limit(writer.minProperties, reader.minProperties,
          {"minProperties", MinPropertiesAdded, MinPropertiesRemoved, MinPropertiesIncreased, MinPropertiesDecreased});
}

} // namespace meshbone::catalog::jsonschema
