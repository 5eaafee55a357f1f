// SPDX-License-Identifier: Apache-2.0
#include "schema/json/validation.h"

#include "schema/json/quiet.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog::jsonschema {

namespace {

constexpr int kMostDepth = 1500; ///< of schemas being evaluated in one another
constexpr std::uint64_t kMostSteps = 20'000'000;
constexpr std::uint64_t kStepsBeforeMemory = 2'000; ///< fewer are faster without
constexpr std::size_t kMostKnown = 100'000;
constexpr std::uint64_t kStepsPerLook = 512; ///< at the clock
constexpr std::size_t kBytesPerStep = 64;
constexpr std::chrono::seconds kMostTime{2};

bool needsEvaluated(const Node& node) {
    return (node.array && node.array->unevaluated != nullptr) || (node.object && node.object->unevaluated != nullptr);
}

} // namespace

void mergeEvaluated(Evaluated* into, const Evaluated& from) {
    for (std::size_t i = 0; into != nullptr && i < from.size(); ++i) {
        (*into)[i] = (*into)[i] || from[i];
    }
}

Result<std::vector<JsonFailure>> Validation::check(const Value& value) {
    std::vector<JsonFailure> failures;
    m_sink = &failures;
    m_start = std::chrono::steady_clock::now();
    const bool isValid = evaluate(*m_schema.root, value, nullptr);
    if (m_stopped) {
        return std::unexpected(std::move(*m_stopped));
    }
    if (!isValid && failures.empty()) {
        refuse(*m_schema.root, "", "The value isn't valid.");
    }
    return failures;
}

bool Validation::countStep(std::size_t bytes) {
    if (m_stopped) {
        return false;
    }
    m_steps += 1 + bytes / kBytesPerStep;
    bool isTooLong = m_steps > kMostSteps;
    if (m_steps >= m_nextLook) {
        m_nextLook = m_steps + kStepsPerLook;
        isTooLong = isTooLong || std::chrono::steady_clock::now() - m_start > kMostTime;
    }
    if (isTooLong) {
        m_stopped =
            Error{ErrorCode::Exhausted, "Checking with the schema takes too long; its combinations or its references "
                                        "to itself are to be simplified."};
    }
    return !m_stopped;
}

bool Validation::refuse(const Node& node, std::string_view keyword, const std::string& sentence) {
    if (m_sink != nullptr && m_sink->size() < kMaxJsonFailures && !m_stopped) {
        std::string schemaPath = locationOf(node);
        schemaPath += keyword.empty() ? "" : "/" + std::string(keyword);
        std::string message = sentence;
        if (message.starts_with("the ")) {
            message[0] = 'T';
        }
        m_sink->push_back({m_path.asPointer(), m_path.asField(), schemaPath, std::string(keyword), message});
    }
    return false;
}

bool Validation::evaluate(const Node& node, const Value& value, Evaluated* seen) {
    if (!countStep()) {
        return false;
    }
    if (m_depth >= kMostDepth) {
        m_stopped =
            Error{ErrorCode::Exhausted, fmt::format("Checking goes deeper than {} schemas in one another: the schema "
                                                    "refers to itself without end, or the payload is nested too "
                                                    "deep.",
                                                    kMostDepth)};
        return false;
    }
    if (node.isFalse) {
        return refuse(node, "", fmt::format("{} isn't allowed.", subject()));
    }
    ++m_depth;
    const bool isEntered = m_scope.empty() || m_scope.back() != node.resource;
    if (isEntered) {
        m_scope.push_back(node.resource);
    }
    bool isGood = false;
    if (m_schema.tracksEvaluated && (seen != nullptr || needsEvaluated(node)) && !value.items.empty()) {
        Evaluated mine(value.items.size());
        isGood = evaluateRules(node, value, &mine);
        isGood = isGood && evaluateUnevaluated(node, value, mine);
        if (isGood) {
            mergeEvaluated(seen, mine);
        }
    } else {
        isGood = evaluateRules(node, value, nullptr);
    }
    if (isEntered) {
        m_scope.pop_back();
    }
    --m_depth;
    return isGood && !m_stopped;
}

bool Validation::evaluateRules(const Node& node, const Value& value, Evaluated* seen) {
    bool isGood = evaluateAny(node, value);
    if (goesOn(isGood) && node.references) {
        isGood = evaluateReferences(node, value, seen) && isGood;
    }
    if (goesOn(isGood) && node.number && value.isNumber()) {
        isGood = evaluateNumber(node, value) && isGood;
    }
    if (goesOn(isGood) && node.string && value.isString()) {
        isGood = evaluateString(node, value) && isGood;
    }
    if (goesOn(isGood) && node.array && value.isArray()) {
        isGood = evaluateArray(node, value, seen) && isGood;
    }
    if (goesOn(isGood) && node.object && value.isObject()) {
        isGood = evaluateObject(node, value, seen) && isGood;
    }
    if (goesOn(isGood) && node.combined) {
        isGood = evaluateCombined(node, value, seen) && isGood;
    }
    return isGood;
}

const Node& Validation::dynamicTarget(const References& references) const {
    for (const Resource* resource : m_scope) {
        if (references.isRecursive && resource->isRecursiveAnchor) {
            return *resource->root;
        }
        const auto found = references.dynamicName.empty() ? resource->dynamicAnchors.end()
                                                          : resource->dynamicAnchors.find(references.dynamicName);
        if (found != resource->dynamicAnchors.end()) {
            return *found->second;
        }
    }
    return *references.dynamic;
}

/// Schemas that refer to one another more than once are gone through once for each value, not once for each way there,
/// of which there can be exponentially many.
bool Validation::evaluateTarget(const Node& target, const Value& value, Evaluated* seen) {
    if (m_steps < kStepsBeforeMemory || seen != nullptr || m_schema.hasDynamic) {
        return evaluate(target, value, seen);
    }
    const std::pair key{&target, &value};
    if (const auto known = m_known.find(key); known != m_known.end()) {
        if (known->second.isGood || known->second.isTold || m_sink == nullptr) {
            return countStep() && known->second.isGood;
        }
    }
    const bool isGood = evaluate(target, value, seen);
    if (!m_stopped && m_known.size() < kMostKnown) {
        m_known[key] = {isGood, m_sink != nullptr};
    }
    return isGood;
}

bool Validation::evaluateReferences(const Node& node, const Value& value, Evaluated* seen) {
    const References& references = *node.references;
    bool isGood = references.plain == nullptr || evaluateTarget(*references.plain, value, seen);
    if (references.dynamic != nullptr && goesOn(isGood)) {
        isGood = evaluate(dynamicTarget(references), value, seen) && isGood;
    }
    return isGood;
}

bool Validation::fits(const Node& node, const Value& value, Evaluated* seen) {
    const Quiet quiet(m_sink);
    return evaluate(node, value, seen);
}

bool Validation::evaluateUnevaluated(const Node& node, const Value& value, Evaluated& seen) {
    const bool isArray = value.isArray();
    const Node* rest = isArray ? (node.array ? node.array->unevaluated : nullptr)
                               : (node.object && value.isObject() ? node.object->unevaluated : nullptr);
    bool isGood = true;
    for (std::size_t i = 0; rest != nullptr && i < seen.size() && goesOn(isGood); ++i) {
        if (seen[i]) {
            continue;
        }
        if (isArray) {
            m_path.enter(i);
        } else {
            m_path.enter(value.members->names[i]);
        }
        if (rest->isFalse) {
            isGood = refuse(node, isArray ? "unevaluatedItems" : "unevaluatedProperties",
                            fmt::format("{} isn't allowed: the schema has no rule for it.", subject()));
        } else {
            isGood = evaluate(*rest, value.items[i], nullptr) && isGood;
        }
        m_path.leave();
        seen[i] = true;
    }
    return isGood;
}

} // namespace meshbone::catalog::jsonschema
