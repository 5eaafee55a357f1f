// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/compiled.h"
#include "schema/json/finding.h"
#include "schema/json/shape.h"

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace meshbone::catalog::jsonschema {

/// Compares the shapes of two schemas. Each pair of shapes is compared once; a pair that comes up within itself is
/// taken for compatible until that turns out wrong, and then all is done again: so the verdict is that of the largest
/// set of pairs that are compatible as long as the others are. A pair that comes up deep within others is taken for
/// compatible too, and compared by itself afterwards: recursion stays within the stack, whatever refers to what. Where
/// something turned out wrong nothing is told until the verdict stands, and all is done once more then for the
/// findings. Lives for one comparison, on one thread.
class Comparison {
public:
    Comparison(CompatibilityPolicy policy, ComparisonEnd end)
        : m_policy(policy)
        , m_end(end) {}

    Result<Findings> run(const Node& writer, const Node& reader);

private:
    friend class PairComparison;
    using Pair = std::pair<const Shape*, const Shape*>;

    const Findings& compare(const Shape& writer, const Shape& reader);
    const Findings& later(const Pair& pair);
    /// Compares all once.
    Findings round(const Shape& writer, const Shape& reader);
    /// Keeps what was found of the refuted ones; true if of one of which nothing was known.
    bool rememberRefuted();
    /// What was taken for compatible in this round and isn't; true if that is new.
    bool refute();
    bool countStep();
    /// The time is over, or it was stopped otherwise: for what takes long within one step.
    bool isOver();

    CompatibilityPolicy m_policy;
    ComparisonEnd m_end;
    Shapes m_shapes;                 ///< of both: below a `not` they change sides
    std::map<Pair, Findings> m_done; ///< in this round
    std::set<Pair> m_open;           ///< being compared
    /// Taken for compatible in an earlier round, and weren't; once it is told, what was found, for where they are too
    /// deep.
    std::map<Pair, Findings> m_refuted;
    std::set<Pair> m_assumed;     ///< taken for compatible in this round
    std::vector<Pair> m_deferred; ///< of those, the ones that were too deep to be compared where they came up
    bool m_isTelling = true;      ///< findings are kept, not only whether there are any
    std::optional<Error> m_stopped;
    std::size_t m_steps = 0;
    int m_depth = 0;
};

/// What one pair is compared by: collects its findings. Lives for one pair.
class PairComparison {
public:
    PairComparison(Comparison& all, const Shape& writer, const Shape& reader)
        : m_all(all)
        , m_writer(writer)
        , m_reader(reader) {}

    Findings run();

private:
    /// A count or limit of both schemas, and the types of what can have happened to it.
    struct LimitTypes {
        std::string_view keyword;
        DifferenceType added, removed, increased, decreased;
    };

    bool combinedOnOneSide();
    bool ofOneKind();
    void whole();
    void strings();
    void numbers();
    void objects();
    void required();
    void properties();
    void propertyRemoved(const std::string& name, const Node& property, const PathStep& step);
    void propertyAdded(const std::string& name, const Node& property, const PathStep& step);
    void dependencies();
    void dependentSchemas();
    void additionalProperties();
    void unevaluated(bool isOfItems);
    void objectLimits();
    void arrays();
    void listedItems();
    void itemRemoved(std::size_t index);
    void itemAdded(std::size_t index);
    void additionalItems();
    void arrayLimits();
    void enums();
    void nots();
    void combinations();
    bool criteria();
    void pairUp();

    void add(DifferenceType type, const PathStep& step = {}, std::string_view keyword = {}, std::string name = {});
    void add(Finding finding);
    /// The findings of a pair within this one.
    const Findings& within(const Node& writer, const Node& reader);
    void take(const Findings& findings, const PathStep& step);
    void compareAt(const Node* writer, const Node* reader, const PathStep& step);
    template <class Limit>
    void limit(const std::optional<Limit>& writer, const std::optional<Limit>& reader, const LimitTypes& types);
    [[nodiscard]] bool isEmpty(const Node& node);
    [[nodiscard]] bool isFalse(const Node& node);

    Comparison& m_all;
    const Shape& m_writer;
    const Shape& m_reader;
    Findings m_findings;
    std::size_t m_breaking = 0;
};

} // namespace meshbone::catalog::jsonschema
