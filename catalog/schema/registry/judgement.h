// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_state.h"

#include <chrono>

namespace meshbone::catalog {

/// What a request's schema is compared with, and how. Ids never change their meaning, so what is the same here has the
/// same verdict.
struct ComparedWith {
    std::string guid;                                 ///< of the schema
    std::vector<std::pair<int, SchemaId>> previous{}; ///< versions, ascending, and their ids
    CompatibilityLevel level = CompatibilityLevel::Backward;
    CompatibilityPolicy policy = CompatibilityPolicy::Strict;
    friend bool operator==(const ComparedWith&, const ComparedWith&) = default;
};

/// What a level says of the schema of one request, which is decided more than once (before its turn at the writer's,
/// and then): compared once, unless what it is compared with changed meanwhile, and for a time that all comparisons
/// share. Of one request; one thread at a time.
class Judgement {
public:
    enum class When : std::uint8_t {
        AtOnce, ///< where it is decided
        Later,  ///< by judge(), so that nobody who decides waits for it, nor who wants the lock of what is decided on
    };
    explicit Judgement(When when = When::AtOnce, std::chrono::milliseconds most = kMaxComparison)
        : m_when(when)
        , m_left(most) {}

    using Previous = std::vector<std::pair<int, ParsedSchemaPtr>>;

    /// The verdict that was reached on just this; null: none was.
    [[nodiscard]] const RegistryResult<SchemaVerdict>* known(const ComparedWith& with) const {
        return m_isJudged && m_with == with ? &m_verdict : nullptr;
    }
    /// Compares, or (Later) leaves it to judge(): 503 then. 42201 where it takes too long.
    RegistryResult<SchemaVerdict> of(ComparedWith with, ParsedSchemaPtr schema, Previous previous);

    [[nodiscard]] bool isPending() const { return m_schema != nullptr; }
    /// Compares what is pending. Then the request is to be decided again.
    void judge();
    /// Nothing is left to judge() from now on.
    void setAtOnce() { m_when = When::AtOnce; }
    /// The last verdict; an empty one where there is none.
    [[nodiscard]] SchemaVerdict verdict() const {
        return m_isJudged ? m_verdict.value_or(SchemaVerdict{}) : SchemaVerdict{};
    }

private:
    [[nodiscard]] bool isToCompare() const { return !m_previous.empty() && m_with.level != CompatibilityLevel::None; }

    When m_when;
    std::chrono::milliseconds m_left; ///< of the time for comparing
    ComparedWith m_with;              ///< what m_verdict or what is pending is about
    bool m_isJudged = false;
    RegistryResult<SchemaVerdict> m_verdict;
    ParsedSchemaPtr m_schema; ///< pending, with what it is compared with; null: nothing is
    Previous m_previous;
};

} // namespace meshbone::catalog
