// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace meshbone::ui {

/// A place of a schema, in the tree of its places: a field, or what stands between fields.
struct FieldNode {
    enum class Kind : std::uint8_t {
        Field,
        Item,   ///< of an array
        Value,  ///< of a map
        Branch, ///< of a union of several types that have fields
    };
    Kind kind = Kind::Field;
    std::string name; ///< of a field within its parent; of a branch its type
    int field = -1;   ///< index in FieldTree::fields; -1: it is none
    int parent = -1;  ///< -1: at the top
    int row = 0;      ///< among its parent's children
    std::vector<int> children;
    std::string defaultText;  ///< what stands for it where it is absent, as JSON; empty: nothing
    bool isRecursive = false; ///< it is of a type that it stands in: what is inside it is above it already
    friend bool operator==(const FieldNode&, const FieldNode&) = default;
};

/// The fields of a schema as a tree: records and messages, arrays, maps and unions with what is inside them. Immutable
/// once made.
struct FieldTree {
    std::vector<catalog::SchemaField> fields; ///< without those that are listed twice
    std::vector<FieldNode> nodes;
    std::vector<int> top;
    std::map<std::string, int> byPath; ///< the field's node
};
using FieldTreePtr = std::shared_ptr<const FieldTree>;

/// Every field of ParsedSchema::fields() stands in it once. Some milliseconds for large schemas: for a job.
FieldTreePtr fieldTree(const catalog::ParsedSchema& schema);

} // namespace meshbone::ui
