// SPDX-License-Identifier: Apache-2.0
// Schemas of which all, any, one or none has to fit.
#include "schema/json/quiet.h"
#include "schema/json/validation.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog::jsonschema {

bool Validation::evaluateCombined(const Node& node, const Value& value, Evaluated* seen) {
    const Combinators& rules = *node.combined;
    bool isGood = true;
    for (const Node* each : rules.allOf) {
        if (goesOn(isGood)) {
            isGood = evaluate(*each, value, seen) && isGood;
        }
    }
    if (!rules.anyOf.empty() && goesOn(isGood)) {
        bool isAny = false;
        for (const Node* each : rules.anyOf) {
            // All have to be tried where somebody asks what they looked at.
            if ((!isAny || seen != nullptr) && fits(*each, value, seen)) {
                isAny = true;
            }
        }
        if (!isAny && !m_stopped) {
            isGood = refuse(node, "anyOf",
                            fmt::format("{} fits none of the {} schemas in `anyOf`.{}", subject(), rules.anyOf.size(),
                                        closestOf(rules.anyOf, value)));
        }
    }
    if (!rules.oneOf.empty() && goesOn(isGood)) {
        isGood = evaluateOneOf(node, value, seen) && isGood;
    }
    if (rules.negated != nullptr && goesOn(isGood) && fits(*rules.negated, value, nullptr)) {
        isGood = refuse(node, "not", fmt::format("{} is {}, which `not` excludes.", subject(), shortJson(value)));
    }
    if (rules.condition != nullptr && goesOn(isGood)) {
        isGood = evaluateCondition(node, value, seen) && isGood;
    }
    return isGood;
}

bool Validation::evaluateOneOf(const Node& node, const Value& value, Evaluated* seen) {
    const auto& schemas = node.combined->oneOf;
    std::vector<std::size_t> fitting;
    Evaluated marks(seen == nullptr ? 0 : seen->size());
    for (std::size_t i = 0; i < schemas.size() && fitting.size() < 2; ++i) {
        if (fits(*schemas[i], value, seen == nullptr ? nullptr : &marks)) {
            fitting.push_back(i);
        }
    }
    if (m_stopped) {
        return false;
    }
    if (fitting.empty()) {
        return refuse(node, "oneOf",
                      fmt::format("{} fits none of the {} schemas in `oneOf`.{}", subject(), schemas.size(),
                                  closestOf(schemas, value)));
    }
    if (fitting.size() > 1) {
        return refuse(node, "oneOf",
                      fmt::format("{} fits more than one of the schemas in `oneOf`, those at {} and {}.", subject(),
                                  fitting[0], fitting[1]));
    }
    mergeEvaluated(seen, marks);
    return true;
}

bool Validation::evaluateCondition(const Node& node, const Value& value, Evaluated* seen) {
    const Combinators& rules = *node.combined;
    const Node* next = fits(*rules.condition, value, seen) ? rules.consequence : rules.alternative;
    return !m_stopped && (next == nullptr || evaluate(*next, value, seen));
}

/// What the schema that comes closest has against the value: the one that gets furthest into it.
std::string Validation::closestOf(const std::vector<const Node*>& nodes, const Value& value) {
    if (m_sink == nullptr || m_stopped) {
        return {};
    }
    const JsonFailure* best = nullptr;
    std::vector<std::vector<JsonFailure>> tried(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Quiet quiet(m_sink, &tried[i]);
        evaluate(*nodes[i], value, nullptr);
        const auto deeper = [](const JsonFailure& a, const JsonFailure& b) { return a.path.size() < b.path.size(); };
        const auto deepest = std::ranges::max_element(tried[i], deeper);
        if (deepest == tried[i].end()) {
            continue;
        }
        // A schema that wants another type altogether isn't close.
        const bool isCloser =
            best == nullptr || best->path.size() < deepest->path.size() ||
            (best->path.size() == deepest->path.size() && best->keyword == "type" && deepest->keyword != "type");
        best = isCloser ? &*deepest : best;
    }
    return best == nullptr ? std::string() : fmt::format(" What comes closest says: {}", best->message);
}

} // namespace meshbone::catalog::jsonschema
