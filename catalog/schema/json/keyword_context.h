// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/compiler.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace meshbone::catalog::jsonschema {

/// One keyword of one node while it is read.
struct KeywordContext {
    Compiler& compiler;
    Node& node;
    std::string_view keyword;
    std::size_t at; ///< the byte where the keyword stands

    /// Something is wrong with the whole: "`keyword` …".
    void refuse(const std::string& sentence) const {
        compiler.refuse(*node.document, at, fmt::format("`{}` {}", keyword, sentence));
    }
    /// Something is wrong with one value in it.
    void refuseItem(const Value& item, const std::string& sentence) const {
        compiler.refuse(*node.document, item.at, fmt::format("`{}`: {}", keyword, sentence));
    }
    /// The group of rules, made where it isn't there yet.
    template <class Rules>
    Rules& group(std::unique_ptr<Rules>& rules) const {
        if (!rules) {
            rules = std::make_unique<Rules>();
        }
        return *rules;
    }
    /// The value of the keyword as a subschema.
    [[nodiscard]] const Node* subschema(const Value& value) const {
        return compiler.child(node, value, "/" + std::string(keyword));
    }
};

// The keywords whose values have schemas in them.
void readDefinitions(const KeywordContext& context, const Value& value);
void readPrefixItems(const KeywordContext& context, const Value& value);
void readItems(const KeywordContext& context, const Value& value);
void readAdditionalItems(const KeywordContext& context, const Value& value);
void readContains(const KeywordContext& context, const Value& value);
void readUnevaluated(const KeywordContext& context, const Value& value);
void readProperties(const KeywordContext& context, const Value& value);
void readPatternProperties(const KeywordContext& context, const Value& value);
void readAdditionalProperties(const KeywordContext& context, const Value& value);
void readPropertyNames(const KeywordContext& context, const Value& value);
void readRequired(const KeywordContext& context, const Value& value);
void readDependencies(const KeywordContext& context, const Value& value);
void readCombination(const KeywordContext& context, const Value& value);
void readSingle(const KeywordContext& context, const Value& value);

} // namespace meshbone::catalog::jsonschema
