// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/node.h"

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

namespace meshbone::catalog::jsonschema {

/// What a schema is to Confluent's registry, which compares only what is of one kind.
enum class ShapeKind : std::uint8_t {
    Deferred, ///< that of another node, not looked at yet
    Empty,
    False,
    Boolean,
    Null,
    String,
    Number,
    Object,
    Array,
    Enum,
    Const,
    Not,
    Conditional,
    Combined,
};

enum class Criterion : std::uint8_t { All, Any, One };

/// A node, or a part of one, as one kind. Owned by a Shapes.
struct Shape {
    ShapeKind kind = ShapeKind::Empty;
    const Node* node = nullptr; ///< whose keywords count
    bool isWhole = false;       ///< the whole node, with its title, default and so on
    bool needsInteger = false;  ///< of a Number
    Criterion criterion = Criterion::All;
    std::vector<const Shape*> parts{}; ///< of a Combined; equal ones once
};

/// Makes and keeps the shapes of a schema's nodes. For one thread, while one comparison lasts.
class Shapes {
public:
    /// References followed.
    const Shape& of(const Node& node);
    /// The shape itself, or that of the node that a Deferred one stands for.
    const Shape& resolved(const Shape& shape) { return shape.kind == ShapeKind::Deferred ? of(*shape.node) : shape; }

private:
    const Shape& add(Shape shape) { return m_shapes.emplace_back(std::move(shape)); }
    std::vector<const Shape*> partsOf(const Node& node);
    void addTyped(const Node& node, std::vector<const Shape*>& parts);
    void addCombined(const Node& node, std::vector<const Shape*>& parts);
    const Shape& combined(const Node& node, Criterion criterion, const std::vector<const Node*>& nodes);

    std::deque<Shape> m_shapes;
    std::unordered_map<const Node*, const Shape*> m_byNode;
};

/// "allOf", "anyOf", "oneOf".
std::string_view criterionName(Criterion criterion);

} // namespace meshbone::catalog::jsonschema
