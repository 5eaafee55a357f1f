// SPDX-License-Identifier: Apache-2.0
#include "schema/json/shape.h"

#include <algorithm>
#include <array>
#include <set>

namespace meshbone::catalog::jsonschema {

namespace {

bool hasOwnRules(const Node& node) {
    return node.types != 0 || node.hasOptions || node.constant != nullptr || node.number || node.string || node.array ||
           node.object || node.combined;
}

/// The node that references lead to, where nothing stands beside them; null where they go round in circles.
const Node* behindReferences(const Node& node) {
    std::set<const Node*> passed;
    const Node* at = &node;
    while (at->references && !hasOwnRules(*at)) {
        if (!passed.insert(at).second) {
            return nullptr;
        }
        at = at->references->plain != nullptr ? at->references->plain : at->references->dynamic;
    }
    return at;
}

/// The kinds that have a type of their own, in the order in which they are listed.
struct TypeKind {
    std::uint8_t bits;
    ShapeKind kind;
};
constexpr std::array<TypeKind, 6> kTypeKinds{{
    {kStringBit, ShapeKind::String},
    {kNumberBit | kIntegerBit, ShapeKind::Number},
    {kBooleanBit, ShapeKind::Boolean},
    {kObjectBit, ShapeKind::Object},
    {kArrayBit, ShapeKind::Array},
    {kNullBit, ShapeKind::Null},
}};

bool hasRulesFor(const Node& node, ShapeKind kind) {
    return (kind == ShapeKind::String && node.string) || (kind == ShapeKind::Number && node.number) ||
           (kind == ShapeKind::Object && node.object) || (kind == ShapeKind::Array && node.array);
}

} // namespace

std::string_view criterionName(Criterion criterion) {
    return criterion == Criterion::All ? "allOf" : criterion == Criterion::Any ? "anyOf" : "oneOf";
}

const Shape& Shapes::of(const Node& node) {
    if (const auto known = m_byNode.find(&node); known != m_byNode.end()) {
        return *known->second;
    }
    const Node* target = behindReferences(node);
    Shape shape{.kind = ShapeKind::Empty, .node = target == nullptr ? &node : target, .isWhole = true};
    if (target != nullptr && target != &node) {
        const Shape& found = of(*target); // of its own rules: no further than one step
        m_byNode.emplace(&node, &found);
        return found;
    }
    const auto parts = target == nullptr ? std::vector<const Shape*>() : partsOf(node);
    if (node.isFalse) {
        shape.kind = ShapeKind::False;
    } else if (parts.size() == 1 && parts.front()->kind != ShapeKind::Deferred) {
        shape = *parts.front();
        shape.isWhole = true;
    } else if (!parts.empty()) {
        shape.kind = ShapeKind::Combined;
        shape.parts = parts;
    }
    const Shape& added = add(std::move(shape));
    m_byNode.emplace(&node, &added);
    return added;
}

void Shapes::addTyped(const Node& node, std::vector<const Shape*>& parts) {
    std::vector<const Shape*> typed;
    for (const auto& [bits, kind] : kTypeKinds) {
        if ((node.types & bits) != 0) {
            const bool isInteger = kind == ShapeKind::Number && (node.types & kNumberBit) == 0;
            typed.push_back(&add({.kind = kind, .node = &node, .needsInteger = isInteger}));
        } else if (hasRulesFor(node, kind)) {
            parts.push_back(&add({.kind = kind, .node = &node})); // rules without the type, for what is of it
        }
    }
    if (typed.size() == 1) {
        parts.insert(parts.begin(), typed.front());
    } else if (!typed.empty()) {
        parts.insert(parts.begin(),
                     &add({.kind = ShapeKind::Combined, .node = &node, .criterion = Criterion::Any, .parts = typed}));
    }
}

const Shape& Shapes::combined(const Node& node, Criterion criterion, const std::vector<const Node*>& nodes) {
    Shape shape{.kind = ShapeKind::Combined, .node = &node, .criterion = criterion};
    std::unordered_multimap<std::size_t, const Node*> seen;
    for (const Node* each : nodes) {
        const std::size_t hash = hashValue(*each->value);
        const auto [begin, end] = seen.equal_range(hash);
        if (!std::any_of(begin, end,
                         [&](const auto& other) { return equalValues(*other.second->value, *each->value); })) {
            seen.emplace(hash, each);
            shape.parts.push_back(&add({.kind = ShapeKind::Deferred, .node = each}));
        }
    }
    return add(std::move(shape));
}

void Shapes::addCombined(const Node& node, std::vector<const Shape*>& parts) {
    const Combinators& rules = *node.combined;
    if (!rules.allOf.empty()) {
        parts.push_back(&combined(node, Criterion::All, rules.allOf));
    }
    if (!rules.anyOf.empty()) {
        parts.push_back(&combined(node, Criterion::Any, rules.anyOf));
    }
    if (!rules.oneOf.empty()) {
        parts.push_back(&combined(node, Criterion::One, rules.oneOf));
    }
    if (rules.negated != nullptr) {
        parts.push_back(&add({.kind = ShapeKind::Not, .node = &node}));
    }
    if (rules.condition != nullptr || rules.consequence != nullptr || rules.alternative != nullptr) {
        parts.push_back(&add({.kind = ShapeKind::Conditional, .node = &node}));
    }
}

std::vector<const Shape*> Shapes::partsOf(const Node& node) {
    std::vector<const Shape*> parts;
    addTyped(node, parts);
    if (node.hasOptions) {
        parts.push_back(&add({.kind = ShapeKind::Enum, .node = &node}));
    }
    if (node.constant != nullptr) {
        parts.push_back(&add({.kind = ShapeKind::Const, .node = &node}));
    }
    if (node.combined) {
        addCombined(node, parts);
    }
    if (node.references) {
        for (const Node* target : {node.references->plain, node.references->dynamic}) {
            if (target != nullptr) {
                parts.push_back(&add({.kind = ShapeKind::Deferred, .node = target}));
            }
        }
    }
    return parts;
}

} // namespace meshbone::catalog::jsonschema
