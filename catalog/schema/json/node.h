// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/decimal.h"
#include "schema/json/dialect.h"
#include "schema/json/formats.h"
#include "schema/json/pattern.h"
#include "schema/json/value.h"

#include <catalog/schema.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::catalog::jsonschema {

/// A text with what was read from it. Owned by a Compiled.
struct Document {
    std::string name; ///< empty for the schema itself, else that of the reference or metaschema
    std::string text;
    Value root;
    std::vector<std::uint32_t> lines; ///< the byte where each line begins

    /// The line and column of a byte.
    [[nodiscard]] TextPlace placeAt(std::size_t byte) const;
};

struct Node;

/// A part of a document that has a URI of its own. Owned by a Compiled.
struct Resource {
    std::string uri; ///< without fragment; empty for a schema without an id
    Dialect dialect;
    const Document* document = nullptr;
    const Value* value = nullptr;
    const Node* root = nullptr;
    bool isRecursiveAnchor = false;
    std::map<std::string, const Node*> anchors;
    std::map<std::string, const Node*> dynamicAnchors;
};

/// The names of JSON's types as bits. Integer is a kind of number.
enum TypeBit : std::uint8_t {
    kNullBit = 1,
    kBooleanBit = 2,
    kObjectBit = 4,
    kArrayBit = 8,
    kNumberBit = 16,
    kStringBit = 32,
    kIntegerBit = 64,
};

using Count = std::optional<std::uint64_t>;

struct NumberRules {
    std::optional<Decimal> minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf;
};

struct StringRules {
    Count minLength, maxLength;
    std::optional<Pattern> pattern;
    std::string patternText; ///< as the schema spells it
    const Format* format = nullptr;
    std::string formatName; ///< also of a format that isn't looked at
};

struct ArrayRules {
    std::vector<const Node*> prefix;  ///< by position: `prefixItems`, or `items` with an array
    const Node* rest = nullptr;       ///< of the items after those
    const Node* additional = nullptr; ///< `additionalItems` as written, even where it says nothing
    const Node* contains = nullptr;
    Count minContains, maxContains;
    Count minItems, maxItems;
    bool isUnique = false;
    const Node* unevaluated = nullptr;
};

struct PatternRule {
    std::string text;
    Pattern pattern;
    const Node* node = nullptr;
};

struct ObjectRules {
    std::vector<std::pair<std::string, const Node*>> properties; ///< in the order of the text
    const Value* propertiesValue = nullptr;                      ///< `properties`, whose members they are
    std::vector<PatternRule> patterns;
    const Node* additional = nullptr;
    const Node* names = nullptr;
    std::vector<std::string> required;
    Count minProperties, maxProperties;
    std::vector<std::pair<std::string, std::vector<std::string>>> dependentRequired;
    std::vector<std::pair<std::string, const Node*>> dependentSchemas;
    const Node* unevaluated = nullptr;

    [[nodiscard]] const Node* property(std::string_view name) const {
        const auto index = propertiesValue == nullptr ? -1 : propertiesValue->indexOf(name);
        return index < 0 ? nullptr : properties[static_cast<std::size_t>(index)].second;
    }
};

struct Combinators {
    std::vector<const Node*> allOf, anyOf, oneOf;
    const Node* negated = nullptr;
    const Node* condition = nullptr;
    const Node* consequence = nullptr;
    const Node* alternative = nullptr;
};

struct References {
    const Node* plain = nullptr; ///< of `$ref`
    const Node* dynamic =
        nullptr;             ///< of `$dynamicRef` or `$recursiveRef`, where nothing in the dynamic scope overrides it
    std::string dynamicName; ///< the anchor to look for in the dynamic scope; empty: none
    bool isRecursive = false;
};

/// One schema or subschema, ready to use. Owned by a Compiled; nothing changes it after that is made. Groups of rules
/// are null where none of their keywords is there.
struct Node {
    const Value* value = nullptr;
    const Document* document = nullptr;
    const Resource* resource = nullptr;
    const Node* parent = nullptr; ///< where it stands; null for the top of a document
    std::string piece;            ///< its place below the parent, as a JSON pointer: "/properties/x"
    bool isFalse = false;
    bool isReferenceOnly = false; ///< up to draft-07, what stands beside `$ref` doesn't count
    std::uint8_t types = 0;       ///< bits of TypeBit; 0: any
    bool hasOptions = false;
    std::vector<std::pair<std::size_t, const Value*>> options; ///< of `enum`, each with its hash, by hash
    const Value* constant = nullptr;
    std::unique_ptr<NumberRules> number;
    std::unique_ptr<StringRules> string;
    std::unique_ptr<ArrayRules> array;
    std::unique_ptr<ObjectRules> object;
    std::unique_ptr<Combinators> combined;
    std::unique_ptr<References> references;
};

/// A keyword's value, or null. Annotations are read this way.
inline const Value* keywordOf(const Node& node, std::string_view keyword) {
    return node.value->find(keyword);
}
/// A keyword's text, or empty.
std::string_view textOf(const Node& node, std::string_view keyword);
/// Where it stands in its document, as a JSON pointer.
std::string pointerOf(const Node& node);
/// The same after "#", with the document's name before where it isn't the schema itself.
std::string locationOf(const Node& node);
/// The place of a keyword of the node in its text; of the node where it has no such keyword. Unknown (zero) where the
/// document isn't the schema itself: the place would be one of another text.
TextPlace placeOfKeyword(const Node& node, std::string_view keyword);
/// The place of the node.
TextPlace placeOfNode(const Node& node);

} // namespace meshbone::catalog::jsonschema
