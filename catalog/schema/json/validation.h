// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/compiled.h"
#include "schema/json/instance_path.h"

#include <catalog/json_schema.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::catalog::jsonschema {

/// Which members or items of a value were looked at: by index.
using Evaluated = std::vector<bool>;

/// Checks one value with one schema. Lives for one check, on one thread.
class Validation {
public:
    explicit Validation(const Compiled& schema)
        : m_schema(schema) {}

    /// What is wrong with it, in bounded number. Exhausted where its bounds of depth, steps or time are reached.
    Result<std::vector<JsonFailure>> check(const Value& value);

private:
    friend class Quiet;
    friend class Step;

    bool evaluate(const Node& node, const Value& value, Evaluated* seen);
    bool evaluateRules(const Node& node, const Value& value, Evaluated* seen);
    bool evaluateTarget(const Node& target, const Value& value, Evaluated* seen);
    bool evaluateReferences(const Node& node, const Value& value, Evaluated* seen);
    bool evaluateCombined(const Node& node, const Value& value, Evaluated* seen);
    bool evaluateOneOf(const Node& node, const Value& value, Evaluated* seen);
    bool evaluateCondition(const Node& node, const Value& value, Evaluated* seen);
    bool evaluateAny(const Node& node, const Value& value);
    bool evaluateNumber(const Node& node, const Value& value);
    bool evaluateString(const Node& node, const Value& value);
    bool evaluateArray(const Node& node, const Value& value, Evaluated* seen);
    bool evaluateArraySize(const Node& node, const Value& value);
    bool evaluateContains(const Node& node, const Value& value, Evaluated* seen);
    bool evaluateObject(const Node& node, const Value& value, Evaluated* seen);
    bool evaluateObjectSize(const Node& node, const Value& value);
    bool evaluateMember(const Node& node, const Value& object, std::size_t index, Evaluated* seen);
    bool evaluateDependent(const Node& node, const Value& value, Evaluated* seen);
    bool evaluateUnevaluated(const Node& node, const Value& value, Evaluated& seen);

    /// Whether it fits, without a word, its members marked where it does.
    bool fits(const Node& node, const Value& value, Evaluated* seen);
    bool goesOn(bool isGood) const { return !m_stopped && (isGood || m_sink != nullptr); }
    /// Counts a step, and one more for each so many bytes that it looks at.
    bool countStep(std::size_t bytes = 0);
    bool refuse(const Node& node, std::string_view keyword, const std::string& sentence);
    [[nodiscard]] std::string subject() const { return m_path.inWords(); }
    std::string closestOf(const std::vector<const Node*>& nodes, const Value& value);
    [[nodiscard]] const Node& dynamicTarget(const References& references) const;

    struct Known {
        bool isGood = false;
        bool isTold = false; ///< what is wrong was told
    };
    const Compiled& m_schema;
    std::map<std::pair<const Node*, const Value*>, Known> m_known; ///< of what is referred to, once it takes long
    InstancePath m_path;
    std::vector<const Resource*> m_scope; ///< the resources that were entered, the outermost first
    std::vector<JsonFailure>* m_sink = nullptr;
    std::optional<Error> m_stopped;
    int m_depth = 0;
    std::uint64_t m_steps = 0;
    std::uint64_t m_nextLook = 0; ///< at the clock
    std::chrono::steady_clock::time_point m_start;
};

} // namespace meshbone::catalog::jsonschema
