// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/node.h"

#include <backbone/error.h>
#include <catalog/schema.h>

#include <deque>
#include <memory>
#include <span>
#include <string>

namespace meshbone::catalog::jsonschema {

struct CompileOptions {
    Draft defaultDraft = Draft::Draft7; ///< where `$schema` names none that is known; Confluent's choice
    bool assertsFormat = true;          ///< a `format` that isn't met is a failure, in every draft
};

/// A schema with all that it refers to, resolved. Immutable once made; any thread.
struct Compiled {
    std::deque<Document> documents; ///< the first is the schema itself
    std::deque<Resource> resources;
    std::deque<Node> nodes;
    const Node* root = nullptr;
    CompileOptions options;
    bool hasDynamic = false;      ///< some reference means what the place says from which it is come to
    bool tracksEvaluated = false; ///< some keyword needs to know which members and items others looked at

    [[nodiscard]] std::size_t sizeBytes() const;
};

/// Compiles a schema. Each reference is known by its name (resolved against the schema's id) and by its own id.
/// InvalidArgument with line and column of what is wrong; Exhausted beyond a bound. Nothing is fetched from anywhere.
Result<std::shared_ptr<const Compiled>> compileSchema(std::string text, std::span<const NamedSchema> references,
                                                      const CompileOptions& options = {});

} // namespace meshbone::catalog::jsonschema
