// SPDX-License-Identifier: Apache-2.0
#include "schema/json/comparison_limits.h"

#include <algorithm>

namespace meshbone::catalog::jsonschema {

using enum DifferenceType;

namespace {

/// The schema of all items, where they aren't listed one by one.
const Node* schemaOfAll(const ArrayRules& rules) {
    return rules.prefix.empty() ? rules.rest : nullptr;
}

/// What is said of items beyond those listed.
const Node* furtherItems(const ArrayRules& rules) {
    return rules.additional != nullptr ? rules.additional : rules.prefix.empty() ? nullptr : rules.rest;
}

const Node* schemaOfFurther(const ArrayRules& rules) {
    const Node* further = furtherItems(rules);
    return further != nullptr && further->value->isObject() ? further : nullptr;
}

bool allowsFurther(const ArrayRules& rules) {
    const Node* further = furtherItems(rules);
    return further == nullptr || !further->isFalse;
}

bool saysAnythingOfItems(const Node* unevaluated) {
    return unevaluated == nullptr || (!unevaluated->isFalse && unevaluated->value->items.empty());
}

bool isOpen(const ArrayRules& rules) {
    return allowsFurther(rules) && schemaOfFurther(rules) == nullptr && saysAnythingOfItems(rules.unevaluated);
}

const Node* coverOf(const ArrayRules& rules) {
    if (const Node* further = schemaOfFurther(rules)) {
        return further;
    }
    const bool isByUnevaluated =
        allowsFurther(rules) && !saysAnythingOfItems(rules.unevaluated) && !rules.unevaluated->isFalse;
    return isByUnevaluated ? rules.unevaluated : nullptr;
}

PathStep itemStep(std::size_t index) {
    return {.path = "items/" + std::to_string(index), .field = "[]"};
}

/// How many items `contains` has to find: one, where nothing else is said.
Count leastContained(const Node& node) {
    const ArrayRules& rules = rulesOf(node.array);
    return rules.contains != nullptr && node.resource->dialect.draft >= Draft::Draft2019 ? rules.minContains.value_or(1)
                                                                                         : rules.minContains;
}

} // namespace

void PairComparison::arrays() {
    compareAt(schemaOfAll(rulesOf(m_writer.node->array)), schemaOfAll(rulesOf(m_reader.node->array)),
              {.path = "items", .field = "[]"});
    listedItems();
    additionalItems();
    unevaluated(true);
    arrayLimits();
}

void PairComparison::listedItems() {
    const auto& writer = rulesOf(m_writer.node->array).prefix;
    const auto& reader = rulesOf(m_reader.node->array).prefix;
    for (std::size_t i = 0; i < std::max(writer.size(), reader.size()); ++i) {
        if (i >= reader.size()) {
            itemRemoved(i);
        } else if (i >= writer.size()) {
            itemAdded(i);
        } else {
            take(within(*writer[i], *reader[i]), itemStep(i));
        }
    }
}

void PairComparison::itemRemoved(std::size_t index) {
    const ArrayRules& reader = rulesOf(m_reader.node->array);
    const Node& item = *m_writer.node->array->prefix[index];
    const PathStep step = itemStep(index);
    DifferenceType type = ItemRemovedFromOpenContentModel;
    if (!isOpen(reader)) {
        if (const Node* cover = coverOf(reader)) {
            const Findings& found = within(item, *cover);
            take(found, step);
            type = found.isCompatible ? ItemRemovedIsCoveredByPartiallyOpenContentModel
                                      : ItemRemovedNotCoveredByPartiallyOpenContentModel;
        } else {
            type = isFalse(item) ? ItemWithFalseRemovedFromClosedContentModel : ItemRemovedFromClosedContentModel;
        }
    }
    add(findingOf(type, step, &item, m_reader.node));
}

void PairComparison::itemAdded(std::size_t index) {
    const ArrayRules& writer = rulesOf(m_writer.node->array);
    const Node& item = *m_reader.node->array->prefix[index];
    const PathStep step = itemStep(index);
    DifferenceType type = ItemAddedToClosedContentModel;
    if (isOpen(writer)) {
        type = isEmpty(item) ? ItemWithEmptySchemaAddedToOpenContentModel : ItemAddedToOpenContentModel;
    } else if (const Node* cover = coverOf(writer)) {
        const Findings& found = within(*cover, item);
        take(found, step);
        type = found.isCompatible ? ItemAddedIsCoveredByPartiallyOpenContentModel
                                  : ItemAddedNotCoveredByPartiallyOpenContentModel;
    }
    add(findingOf(type, step, m_writer.node, &item));
}

void PairComparison::additionalItems() {
    const ArrayRules& writer = rulesOf(m_writer.node->array);
    const ArrayRules& reader = rulesOf(m_reader.node->array);
    const PathStep step{.path = "additionalItems", .field = {}};
    const Node* before = schemaOfFurther(writer);
    const Node* now = schemaOfFurther(reader);
    if (allowsFurther(writer) != allowsFurther(reader)) {
        add(allowsFurther(reader) ? AdditionalItemsAdded : AdditionalItemsRemoved, step, "additionalItems");
    } else if ((before == nullptr) != (now == nullptr)) {
        add(before == nullptr ? AdditionalItemsNarrowed : AdditionalItemsExtended, step, "additionalItems");
    } else if (before != nullptr) {
        take(within(*before, *now), {.path = "additionalItems", .field = "[]"});
    }
}

void PairComparison::arrayLimits() {
    const ArrayRules& writer = rulesOf(m_writer.node->array);
    const ArrayRules& reader = rulesOf(m_reader.node->array);
    limit(writer.maxItems, reader.maxItems,
          {"maxItems", MaxItemsAdded, MaxItemsRemoved, MaxItemsIncreased, MaxItemsDecreased});
    limit(writer.minItems, reader.minItems,
          {"minItems", MinItemsAdded, MinItemsRemoved, MinItemsIncreased, MinItemsDecreased});
    if (writer.isUnique != reader.isUnique) {
        add(reader.isUnique ? UniqueItemsAdded : UniqueItemsRemoved, {.path = "uniqueItems", .field = {}},
            "uniqueItems");
    }
    limit(writer.maxContains, reader.maxContains,
          {"maxContains", MaxContainsAdded, MaxContainsRemoved, MaxContainsIncreased, MaxContainsDecreased});
    limit(leastContained(*m_writer.node), leastContained(*m_reader.node),
          {"minContains", MinContainsAdded, MinContainsRemoved, MinContainsIncreased, MinContainsDecreased});
}

} // namespace meshbone::catalog::jsonschema
