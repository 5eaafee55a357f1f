// SPDX-License-Identifier: Apache-2.0
#include "schema/json/keyword_context.h"
#include "schema/json/uri.h"

namespace meshbone::catalog::jsonschema {

namespace {

/// Calls back for each member of an object of schemas; says what is wrong where it is none.
template <class Each>
void eachMember(const KeywordContext& context, const Value& value, Each each) {
    if (!value.isObject()) {
        return context.refuse(
            fmt::format("is an object with a schema for each name, but this is {}.", kindInWords(value.kind)));
    }
    for (std::size_t i = 0; i < value.items.size() && !context.compiler.hasFailed(); ++i) {
        const std::string& name = value.members->names[i];
        each(name, value.items[i], fmt::format("/{}/{}", context.keyword, pointerStep(name)));
    }
}

std::vector<const Node*> schemasOf(const KeywordContext& context, const Value& value) {
    std::vector<const Node*> nodes;
    if (!value.isArray() || value.items.empty()) {
        context.refuse(fmt::format("is an array of at least one schema, but this is {}.",
                                   value.isArray() ? "empty" : kindInWords(value.kind)));
        return nodes;
    }
    for (std::size_t i = 0; i < value.items.size() && !context.compiler.hasFailed(); ++i) {
        nodes.push_back(
            context.compiler.child(context.node, value.items[i], fmt::format("/{}/{}", context.keyword, i)));
    }
    return nodes;
}

std::vector<std::string> namesOf(const KeywordContext& context, const Value& value) {
    std::vector<std::string> names;
    for (const Value& name : value.items) {
        if (!name.isString()) {
            context.refuseItem(
                name, fmt::format("the name of a property is a string, but this is {}.", kindInWords(name.kind)));
        }
        names.push_back(name.text);
    }
    return names;
}

} // namespace

void readDefinitions(const KeywordContext& context, const Value& value) {
    eachMember(context, value, [&](const std::string&, const Value& item, std::string piece) {
        context.compiler.child(context.node, item, std::move(piece));
    });
}

void readPrefixItems(const KeywordContext& context, const Value& value) {
    context.group(context.node.array).prefix = schemasOf(context, value);
}

void readItems(const KeywordContext& context, const Value& value) {
    auto& rules = context.group(context.node.array);
    if (!value.isArray()) {
        rules.rest = context.subschema(value);
    } else if (context.node.resource->dialect.draft == Draft::Draft2020) {
        context.refuse("is one schema in 2020-12; an array of schemas is `prefixItems` there.");
    } else if (!value.items.empty()) {
        rules.prefix = schemasOf(context, value);
    }
}

void readAdditionalItems(const KeywordContext& context, const Value& value) {
    auto& rules = context.group(context.node.array);
    rules.additional = context.subschema(value);
    const Value* items = keywordOf(context.node, "items");
    if (items != nullptr && items->isArray()) { // beside one schema for all items it says nothing
        rules.rest = rules.additional;
    }
}

void readContains(const KeywordContext& context, const Value& value) {
    context.group(context.node.array).contains = context.subschema(value);
}

void readUnevaluated(const KeywordContext& context, const Value& value) {
    context.compiler.needEvaluated();
    const Node* node = context.subschema(value);
    if (context.keyword == "unevaluatedItems") {
        context.group(context.node.array).unevaluated = node;
    } else {
        context.group(context.node.object).unevaluated = node;
    }
}

void readProperties(const KeywordContext& context, const Value& value) {
    auto& rules = context.group(context.node.object);
    rules.propertiesValue = &value;
    eachMember(context, value, [&](const std::string& name, const Value& item, std::string piece) {
        rules.properties.emplace_back(name, context.compiler.child(context.node, item, std::move(piece)));
    });
}

void readPatternProperties(const KeywordContext& context, const Value& value) {
    auto& rules = context.group(context.node.object);
    std::size_t index = 0;
    eachMember(context, value, [&](const std::string& name, const Value& item, std::string piece) {
        auto pattern = context.compiler.pattern(*context.node.document, value.members->places[index++], name);
        if (pattern) {
            const Node* node = context.compiler.child(context.node, item, std::move(piece));
            rules.patterns.push_back({name, std::move(*pattern), node});
        }
    });
}

void readAdditionalProperties(const KeywordContext& context, const Value& value) {
    context.group(context.node.object).additional = context.subschema(value);
}

void readPropertyNames(const KeywordContext& context, const Value& value) {
    context.group(context.node.object).names = context.subschema(value);
}

void readRequired(const KeywordContext& context, const Value& value) {
    if (!value.isArray()) {
        return context.refuse(fmt::format("is an array with the names of properties, but this is {}; it stands beside "
                                          "`properties`, not in one of them.",
                                          kindInWords(value.kind)));
    }
    context.group(context.node.object).required = namesOf(context, value);
}

void readDependencies(const KeywordContext& context, const Value& value) {
    auto& rules = context.group(context.node.object);
    eachMember(context, value, [&](const std::string& name, const Value& item, std::string piece) {
        const bool isNames =
            context.keyword == "dependentRequired" || (context.keyword == "dependencies" && item.isArray());
        if (!isNames) {
            rules.dependentSchemas.emplace_back(name, context.compiler.child(context.node, item, std::move(piece)));
        } else if (!item.isArray()) {
            context.refuseItem(item, fmt::format("an array with the names of properties is expected, but this is {}.",
                                                 kindInWords(item.kind)));
        } else {
            rules.dependentRequired.emplace_back(name, namesOf(context, item));
        }
    });
}

void readCombination(const KeywordContext& context, const Value& value) {
    auto& rules = context.group(context.node.combined);
    (context.keyword == "allOf"   ? rules.allOf
     : context.keyword == "anyOf" ? rules.anyOf
                                  : rules.oneOf) = schemasOf(context, value);
}

void readSingle(const KeywordContext& context, const Value& value) {
    auto& rules = context.group(context.node.combined);
    (context.keyword == "not"    ? rules.negated
     : context.keyword == "if"   ? rules.condition
     : context.keyword == "then" ? rules.consequence
                                 : rules.alternative) = context.subschema(value);
}

} // namespace meshbone::catalog::jsonschema
