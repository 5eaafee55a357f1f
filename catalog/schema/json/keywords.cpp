// SPDX-License-Identifier: Apache-2.0
// The keywords: what each one's value has to be, and what becomes of it.
#include "schema/json/keyword_context.h"

#include <algorithm>
#include <array>

namespace meshbone::catalog::jsonschema {

namespace {

constexpr std::array<std::pair<std::string_view, std::uint8_t>, 7> kTypes{{
    {"null", kNullBit},
    {"boolean", kBooleanBit},
    {"object", kObjectBit},
    {"array", kArrayBit},
    {"number", kNumberBit},
    {"string", kStringBit},
    {"integer", kIntegerBit},
}};

std::uint8_t typeOf(const KeywordContext& context, const Value& name) {
    for (const auto& [word, bit] : kTypes) {
        if (name.isString() && name.text == word) {
            return bit;
        }
    }
    context.refuseItem(name,
                       fmt::format("{} is no type; the types are null, boolean, object, array, number, string and "
                                   "integer.",
                                   shortJson(name)));
    return 0;
}

void readType(const KeywordContext& context, const Value& value) {
    if (!value.isArray()) {
        context.node.types = typeOf(context, value);
        return;
    }
    if (value.items.empty()) {
        return context.refuse("needs at least one type, but the array is empty.");
    }
    for (const Value& name : value.items) {
        context.node.types |= typeOf(context, name);
    }
}

void readEnum(const KeywordContext& context, const Value& value) {
    if (!value.isArray()) {
        return context.refuse(fmt::format("is an array of what is allowed, but this is {}.", kindInWords(value.kind)));
    }
    context.node.hasOptions = true;
    for (const Value& option : value.items) {
        context.node.options.emplace_back(hashValue(option), &option);
    }
    std::ranges::stable_sort(context.node.options, {}, [](const auto& option) { return option.first; });
}

void readConst(const KeywordContext& context, const Value& value) {
    context.node.constant = &value;
}

void readFormat(const KeywordContext& context, const Value& value) {
    if (!value.isString()) {
        return context.refuse(fmt::format("is the name of a format, but this is {}.", kindInWords(value.kind)));
    }
    auto& rules = context.group(context.node.string);
    rules.formatName = value.text;
    if (context.compiler.options().assertsFormat || context.node.resource->dialect.assertsFormat) {
        rules.format = formatNamed(value.text);
    }
}

void readPattern(const KeywordContext& context, const Value& value) {
    if (!value.isString()) {
        return context.refuse(
            fmt::format("is a regular expression in a string, but this is {}.", kindInWords(value.kind)));
    }
    auto& rules = context.group(context.node.string);
    rules.patternText = value.text;
    rules.pattern = context.compiler.pattern(*context.node.document, value.at, value.text);
}

/// A draft-04 schema says by a boolean that its limit is itself out of bounds.
bool isLimitExcluded(const KeywordContext& context, std::string_view keyword) {
    const Value* excluded =
        context.node.resource->dialect.draft == Draft::Draft4 ? keywordOf(context.node, keyword) : nullptr;
    return excluded != nullptr && excluded->isBoolean() && excluded->truth;
}

void readNumberLimit(const KeywordContext& context, const Value& value) {
    const bool isExclusive = context.keyword.starts_with("exclusive");
    if (isExclusive && context.node.resource->dialect.draft == Draft::Draft4) {
        if (!value.isBoolean()) {
            context.refuse(fmt::format("is true or false in draft-04, but this is {}.", kindInWords(value.kind)));
        }
        return; // read with the limit itself
    }
    if (!value.isNumber()) {
        return context.refuse(fmt::format("is a number, but this is {}.", kindInWords(value.kind)));
    }
    auto& rules = context.group(context.node.number);
    const Decimal limit = decimalOf(value.text);
    if (context.keyword == "minimum") {
        (isLimitExcluded(context, "exclusiveMinimum") ? rules.exclusiveMinimum : rules.minimum) = limit;
    } else if (context.keyword == "maximum") {
        (isLimitExcluded(context, "exclusiveMaximum") ? rules.exclusiveMaximum : rules.maximum) = limit;
    } else if (context.keyword == "exclusiveMinimum") {
        rules.exclusiveMinimum = limit;
    } else {
        rules.exclusiveMaximum = limit;
    }
}

void readMultipleOf(const KeywordContext& context, const Value& value) {
    const Decimal step = value.isNumber() ? decimalOf(value.text) : Decimal();
    if (step.isZero() || step.isNegative) {
        return context.refuse(fmt::format("is a number above zero, but this is {}.", shortJson(value)));
    }
    context.group(context.node.number).multipleOf = step;
}

/// The keywords whose value is a count, and where it goes.
Count* countFor(const KeywordContext& context) {
    const std::string_view word = context.keyword;
    if (word.ends_with("Length")) {
        auto& rules = context.group(context.node.string);
        return word.starts_with("min") ? &rules.minLength : &rules.maxLength;
    }
    if (word.ends_with("Properties")) {
        auto& rules = context.group(context.node.object);
        return word.starts_with("min") ? &rules.minProperties : &rules.maxProperties;
    }
    auto& rules = context.group(context.node.array);
    if (word.ends_with("Contains")) {
        return word.starts_with("min") ? &rules.minContains : &rules.maxContains;
    }
    return word.starts_with("min") ? &rules.minItems : &rules.maxItems;
}

void readCount(const KeywordContext& context, const Value& value) {
    const auto count = value.isNumber() ? countOf(decimalOf(value.text)) : std::nullopt;
    if (!count) {
        return context.refuse(fmt::format("is a whole number from 0 up, but this is {}.", shortJson(value)));
    }
    *countFor(context) = count;
}

void readUniqueItems(const KeywordContext& context, const Value& value) {
    if (!value.isBoolean()) {
        return context.refuse(fmt::format("is true or false, but this is {}.", kindInWords(value.kind)));
    }
    context.group(context.node.array).isUnique = value.truth;
}

void readAnnotationText(const KeywordContext& context, const Value& value) {
    if (!value.isString()) {
        context.refuse(fmt::format("is a string, but this is {}.", kindInWords(value.kind)));
    }
}

void readReference(const KeywordContext& context, const Value& value) {
    if (!value.isString()) {
        return context.refuse(fmt::format("is a URI reference in a string, but this is {}.", kindInWords(value.kind)));
    }
    context.group(context.node.references);
    using Kind = Compiler::ReferenceKind;
    context.compiler.refer(context.node,
                           context.keyword == "$ref"            ? Kind::Plain
                           : context.keyword == "$recursiveRef" ? Kind::Recursive
                                                                : Kind::Dynamic,
                           value);
}

/// A keyword of our table: since and until which draft, in which vocabulary, and who reads it.
struct Keyword {
    std::string_view name;
    Draft since;
    Draft until;
    Vocabulary vocabulary;
    void (*read)(const KeywordContext&, const Value&);
};

using enum Draft;
using enum Vocabulary;
constexpr std::array kKeywords{
    Keyword{"$ref", Draft4, Draft2020, Core, readReference},
    Keyword{"$recursiveRef", Draft2019, Draft2019, Core, readReference},
    Keyword{"$dynamicRef", Draft2020, Draft2020, Core, readReference},
    Keyword{"definitions", Draft4, Draft2020, Core, readDefinitions},
    Keyword{"$defs", Draft2019, Draft2020, Core, readDefinitions},
    Keyword{"type", Draft4, Draft2020, Validation, readType},
    Keyword{"enum", Draft4, Draft2020, Validation, readEnum},
    Keyword{"const", Draft6, Draft2020, Validation, readConst},
    Keyword{"minimum", Draft4, Draft2020, Validation, readNumberLimit},
    Keyword{"maximum", Draft4, Draft2020, Validation, readNumberLimit},
    Keyword{"exclusiveMinimum", Draft4, Draft2020, Validation, readNumberLimit},
    Keyword{"exclusiveMaximum", Draft4, Draft2020, Validation, readNumberLimit},
    Keyword{"multipleOf", Draft4, Draft2020, Validation, readMultipleOf},
    Keyword{"minLength", Draft4, Draft2020, Validation, readCount},
    Keyword{"maxLength", Draft4, Draft2020, Validation, readCount},
    Keyword{"pattern", Draft4, Draft2020, Validation, readPattern},
    Keyword{"format", Draft4, Draft2020, Vocabulary::Format, readFormat},
    Keyword{"prefixItems", Draft2020, Draft2020, Applicator, readPrefixItems},
    Keyword{"items", Draft4, Draft2020, Applicator, readItems},
    Keyword{"additionalItems", Draft4, Draft2019, Applicator, readAdditionalItems},
    Keyword{"contains", Draft6, Draft2020, Applicator, readContains},
    Keyword{"minContains", Draft2019, Draft2020, Validation, readCount},
    Keyword{"maxContains", Draft2019, Draft2020, Validation, readCount},
    Keyword{"minItems", Draft4, Draft2020, Validation, readCount},
    Keyword{"maxItems", Draft4, Draft2020, Validation, readCount},
    Keyword{"uniqueItems", Draft4, Draft2020, Validation, readUniqueItems},
    Keyword{"unevaluatedItems", Draft2019, Draft2020, Unevaluated, readUnevaluated},
    Keyword{"properties", Draft4, Draft2020, Applicator, readProperties},
    Keyword{"patternProperties", Draft4, Draft2020, Applicator, readPatternProperties},
    Keyword{"additionalProperties", Draft4, Draft2020, Applicator, readAdditionalProperties},
    Keyword{"propertyNames", Draft6, Draft2020, Applicator, readPropertyNames},
    Keyword{"required", Draft4, Draft2020, Validation, readRequired},
    Keyword{"minProperties", Draft4, Draft2020, Validation, readCount},
    Keyword{"maxProperties", Draft4, Draft2020, Validation, readCount},
    Keyword{"dependencies", Draft4, Draft2020, Applicator, readDependencies},
    Keyword{"dependentRequired", Draft2019, Draft2020, Validation, readDependencies},
    Keyword{"dependentSchemas", Draft2019, Draft2020, Applicator, readDependencies},
    Keyword{"unevaluatedProperties", Draft2019, Draft2020, Unevaluated, readUnevaluated},
    Keyword{"allOf", Draft4, Draft2020, Applicator, readCombination},
    Keyword{"anyOf", Draft4, Draft2020, Applicator, readCombination},
    Keyword{"oneOf", Draft4, Draft2020, Applicator, readCombination},
    Keyword{"not", Draft4, Draft2020, Applicator, readSingle},
    Keyword{"if", Draft7, Draft2020, Applicator, readSingle},
    Keyword{"then", Draft7, Draft2020, Applicator, readSingle},
    Keyword{"else", Draft7, Draft2020, Applicator, readSingle},
    Keyword{"title", Draft4, Draft2020, Annotation, readAnnotationText},
    Keyword{"description", Draft4, Draft2020, Annotation, readAnnotationText},
};

const Keyword* keywordNamed(std::string_view name) {
    const auto found = std::ranges::find(kKeywords, name, &Keyword::name);
    return found == kKeywords.end() ? nullptr : &*found;
}

} // namespace

void readKeywords(Compiler& compiler, Node& node) {
    const Members& members = *node.value->members;
    const Dialect& dialect = node.resource->dialect;
    for (std::size_t i = 0; i < members.names.size() && !compiler.hasFailed(); ++i) {
        const Keyword* keyword = keywordNamed(members.names[i]);
        if (keyword == nullptr || dialect.draft < keyword->since || dialect.draft > keyword->until ||
            !dialect.has(keyword->vocabulary)) {
            continue;
        }
        if (node.isReferenceOnly && keyword->name != "$ref" && keyword->name != "definitions") {
            continue;
        }
        keyword->read(KeywordContext{compiler, node, keyword->name, members.places[i]}, node.value->items[i]);
    }
}

} // namespace meshbone::catalog::jsonschema
