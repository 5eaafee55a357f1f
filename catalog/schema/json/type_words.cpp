// SPDX-License-Identifier: Apache-2.0
#include "schema/json/fields.h"

#include <algorithm>
#include <array>

namespace meshbone::catalog::jsonschema {

namespace {

constexpr int kMostWordDepth = 8; ///< of types in types, and of references to references

constexpr std::array<std::pair<std::uint8_t, std::string_view>, 7> kTypeNames{{
    {kStringBit, "string"},
    {kIntegerBit, "integer"},
    {kNumberBit, "number"},
    {kBooleanBit, "boolean"},
    {kObjectBit, "object"},
    {kArrayBit, "array"},
    {kNullBit, "null"},
}};

std::string wordsOf(const Node& node, int depth);

void addWord(std::vector<std::string>& words, std::string word) {
    if (!word.empty() && std::ranges::find(words, word) == words.end()) {
        words.push_back(std::move(word));
    }
}

std::string joined(std::vector<std::string> words) {
    // What may be left out comes last: "string or null".
    std::ranges::stable_partition(words, [](const std::string& word) { return word != "null"; });
    std::string out;
    for (const std::string& word : words) {
        out += (out.empty() ? "" : " or ") + word;
    }
    return out;
}

/// What it is called: by its title, or by the name of its definition.
std::string nameOf(const Node& node) {
    if (const auto title = textOf(node, "title"); !title.empty()) {
        return std::string(title);
    }
    for (const std::string_view home : {"/definitions/", "/$defs/"}) {
        if (node.piece.starts_with(home)) {
            return node.piece.substr(home.size());
        }
    }
    return {};
}

std::string objectWords(const Node& node, int depth) {
    if (std::string name = nameOf(node); !name.empty()) {
        return name;
    }
    const bool isMap = node.object && node.object->properties.empty() && node.object->additional != nullptr &&
                       !node.object->additional->isFalse && !node.object->additional->value->isBoolean();
    return isMap ? "map of " + wordsOf(*node.object->additional, depth + 1) : "object";
}

std::string arrayWords(const Node& node, int depth) {
    if (node.array && node.array->prefix.empty() && node.array->rest != nullptr &&
        node.array->rest->value->isObject()) {
        return "array of " + wordsOf(*node.array->rest, depth + 1);
    }
    return "array";
}

std::uint8_t impliedTypes(const Node& node) {
    if (node.types != 0) {
        return node.types;
    }
    if (node.object && !node.object->properties.empty()) {
        return kObjectBit;
    }
    return node.array && (node.array->rest != nullptr || !node.array->prefix.empty()) ? kArrayBit : 0;
}

std::string wordsOf(const Node& node, int depth) {
    if (depth > kMostWordDepth) {
        return "any";
    }
    if (node.hasOptions || node.constant != nullptr) {
        return node.hasOptions ? "enum" : "constant";
    }
    std::vector<std::string> words;
    const std::uint8_t types = impliedTypes(node);
    for (const auto& [bit, name] : kTypeNames) {
        if ((types & bit) == 0) {
            continue;
        }
        const bool hasFormat = bit == kStringBit && node.string && !node.string->formatName.empty();
        addWord(words, bit == kObjectBit  ? objectWords(node, depth)
                       : bit == kArrayBit ? arrayWords(node, depth)
                       : hasFormat        ? node.string->formatName
                                          : std::string(name));
    }
    if (words.empty() && node.references && node.references->plain != nullptr) {
        addWord(words, wordsOf(*node.references->plain, depth + 1));
    }
    if (words.empty() && node.combined) {
        const Combinators& rules = *node.combined;
        for (const auto* all : {&rules.oneOf, &rules.anyOf, &rules.allOf}) {
            for (const Node* each : *all) {
                addWord(words, wordsOf(*each, depth + 1));
            }
        }
        std::erase(words, "any");
    }
    return words.empty() ? "any" : joined(std::move(words));
}

} // namespace

std::string typeInWords(const Node& node) {
    return wordsOf(node, 0);
}

} // namespace meshbone::catalog::jsonschema
