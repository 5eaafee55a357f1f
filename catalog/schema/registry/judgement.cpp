// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/judgement.h"

#include "schema/registry/registry_rules.h"

namespace meshbone::catalog {

namespace {

constexpr auto kTooLong =
    "The schema takes too long to compare with the versions of its subject. Simplify it, its combinations (oneOf, "
    "anyOf, allOf) and unions first, or set a level that compares it with fewer versions.";
constexpr auto kNotYet = "The subject changed while the schema was compared with its versions; try again.";

} // namespace

RegistryResult<SchemaVerdict> Judgement::of(ComparedWith with, ParsedSchemaPtr schema, Previous previous) {
    m_with = std::move(with);
    m_schema = std::move(schema);
    m_previous = std::move(previous);
    m_isJudged = false;
    if (m_when == When::Later && isToCompare()) {
        return refuse(503, kNotYet);
    }
    judge();
    return m_verdict;
}

void Judgement::judge() {
    const auto begin = std::chrono::steady_clock::now();
    const auto end = begin + m_left;
    m_verdict = compareWith(*m_schema, m_previous, m_with.level, m_with.policy, end);
    const auto now = std::chrono::steady_clock::now();
    if (now >= end && isToCompare()) {
        m_verdict = refuse(42201, kTooLong);
    }
    m_left = std::max(std::chrono::milliseconds(0),
                      m_left - std::chrono::duration_cast<std::chrono::milliseconds>(now - begin));
    m_isJudged = true;
    m_schema = nullptr;
    m_previous.clear();
}

} // namespace meshbone::catalog
