// SPDX-License-Identifier: Apache-2.0
// What is said of any value, of numbers and of strings.
#include "schema/json/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <compare>

namespace meshbone::catalog::jsonschema {

namespace {

constexpr std::array<std::pair<std::uint8_t, std::string_view>, 7> kTypeWords{{
    {kObjectBit, "an object"},
    {kArrayBit, "an array"},
    {kStringBit, "a string"},
    {kNumberBit, "a number"},
    {kIntegerBit, "a whole number"},
    {kBooleanBit, "true or false"},
    {kNullBit, "null"},
}};

std::string typesInWords(std::uint8_t types) {
    std::string out;
    for (const auto& [bit, words] : kTypeWords) {
        if ((types & bit) != 0 && !(bit == kIntegerBit && (types & kNumberBit) != 0)) {
            out += (out.empty() ? "" : " or ") + std::string(words);
        }
    }
    return out;
}

bool isOfType(const Node& node, const Value& value) {
    switch (value.kind) {
    case ValueKind::Null:
        return (node.types & kNullBit) != 0;
    case ValueKind::Boolean:
        return (node.types & kBooleanBit) != 0;
    case ValueKind::String:
        return (node.types & kStringBit) != 0;
    case ValueKind::Array:
        return (node.types & kArrayBit) != 0;
    case ValueKind::Object:
        return (node.types & kObjectBit) != 0;
    case ValueKind::Number:
        break;
    }
    if ((node.types & kNumberBit) != 0 || (node.types & kIntegerBit) == 0) {
        return (node.types & kNumberBit) != 0;
    }
    // In draft-04 an integer is what is written as one; from draft-06 on 1.0 is one too.
    return node.resource->dialect.draft == Draft::Draft4 ? value.text.find_first_of(".eE") == std::string::npos
                                                         : decimalOf(value.text).isWhole();
}

bool isOption(const Node& node, const Value& value) {
    const auto all =
        std::ranges::equal_range(node.options, hashValue(value), {}, [](const auto& o) { return o.first; });
    return std::ranges::any_of(all, [&](const auto& option) { return equalValues(*option.second, value); });
}

std::string optionsInWords(const Node& node) {
    constexpr std::size_t kMostTold = 8;
    std::string out;
    const Value& options = *keywordOf(node, "enum");
    for (std::size_t i = 0; i < options.items.size() && i < kMostTold; ++i) {
        out += (i == 0 ? "" : ", ") + shortJson(options.items[i]);
    }
    return options.items.size() > kMostTold ? out + fmt::format(" and {} more", options.items.size() - kMostTold) : out;
}

std::size_t charactersOf(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

} // namespace

bool Validation::evaluateAny(const Node& node, const Value& value) {
    if (node.types != 0 && !isOfType(node, value)) {
        return refuse(
            node, "type",
            fmt::format("{} is {}, but {} is expected.", subject(), shortJson(value), typesInWords(node.types)));
    }
    bool isGood = true;
    if ((node.hasOptions || node.constant != nullptr) && !countStep(value.size)) {
        return false;
    }
    if (node.hasOptions && !isOption(node, value)) {
        isGood = refuse(node, "enum",
                        fmt::format("{} is {}, but only these are allowed: {}.", subject(), shortJson(value),
                                    optionsInWords(node)));
    }
    if (node.constant != nullptr && !equalValues(*node.constant, value)) {
        isGood = refuse(
            node, "const",
            fmt::format("{} is {}, but only {} is allowed.", subject(), shortJson(value), shortJson(*node.constant)));
    }
    return isGood;
}

bool Validation::evaluateNumber(const Node& node, const Value& value) {
    const NumberRules& rules = *node.number;
    const Decimal number = decimalOf(value.text);
    bool isGood = true;
    const auto no = [&](std::string_view keyword, std::string_view words, std::string_view limitKeyword) {
        const Value* limit = keywordOf(node, limitKeyword);
        isGood = refuse(node, keyword,
                        fmt::format("{} is {}, but {} {}.", subject(), shortJson(value), words,
                                    limit == nullptr ? "" : shortJson(*limit)));
    };
    // In draft-04 the limit stands in `minimum` even where it is exclusive.
    const bool isOld = node.resource->dialect.draft == Draft::Draft4;
    if (rules.minimum && std::is_lt(compareDecimals(number, *rules.minimum))) {
        no("minimum", "it may not be less than", "minimum");
    }
    if (rules.maximum && std::is_gt(compareDecimals(number, *rules.maximum))) {
        no("maximum", "it may not be more than", "maximum");
    }
    if (rules.exclusiveMinimum && std::is_lteq(compareDecimals(number, *rules.exclusiveMinimum))) {
        no("exclusiveMinimum", "it has to be more than", isOld ? "minimum" : "exclusiveMinimum");
    }
    if (rules.exclusiveMaximum && std::is_gteq(compareDecimals(number, *rules.exclusiveMaximum))) {
        no("exclusiveMaximum", "it has to be less than", isOld ? "maximum" : "exclusiveMaximum");
    }
    if (rules.multipleOf && !isMultipleOf(number, *rules.multipleOf)) {
        no("multipleOf", "it has to be a multiple of", "multipleOf");
    }
    return isGood;
}

bool Validation::evaluateString(const Node& node, const Value& value) {
    const StringRules& rules = *node.string;
    bool isGood = countStep(value.size);
    if (rules.minLength || rules.maxLength) {
        const std::size_t length = charactersOf(value.text);
        if (rules.minLength && length < *rules.minLength) {
            isGood = refuse(
                node, "minLength",
                fmt::format("{} has {} characters, but at least {} are needed.", subject(), length, *rules.minLength));
        }
        if (rules.maxLength && length > *rules.maxLength) {
            isGood = refuse(
                node, "maxLength",
                fmt::format("{} has {} characters, but at most {} are allowed.", subject(), length, *rules.maxLength));
        }
    }
    if (rules.pattern && !rules.pattern->isIn(value.text)) {
        isGood =
            refuse(node, "pattern",
                   fmt::format("{} is {}, which doesn't match {}.", subject(), shortJson(value), rules.patternText));
    }
    if (rules.format != nullptr && !rules.format->isMet(value.text)) {
        isGood = refuse(node, "format",
                        fmt::format("{} is {}, but {} is expected.", subject(), shortJson(value), rules.format->words));
    }
    return isGood;
}

} // namespace meshbone::catalog::jsonschema
