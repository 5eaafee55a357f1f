// SPDX-License-Identifier: Apache-2.0
#include "schema/json/comparison_limits.h"

#include <algorithm>

namespace meshbone::catalog::jsonschema {

using enum DifferenceType;

void PairComparison::strings() {
    const StringRules& writer = rulesOf(m_writer.node->string);
    const StringRules& reader = rulesOf(m_reader.node->string);
    limit(writer.maxLength, reader.maxLength,
          {"maxLength", MaxLengthAdded, MaxLengthRemoved, MaxLengthIncreased, MaxLengthDecreased});
    limit(writer.minLength, reader.minLength,
          {"minLength", MinLengthAdded, MinLengthRemoved, MinLengthIncreased, MinLengthDecreased});
    const PathStep step{.path = "pattern", .field = {}};
    if (writer.pattern.has_value() != reader.pattern.has_value()) {
        add(reader.pattern ? PatternAdded : PatternRemoved, step, "pattern");
    } else if (writer.patternText != reader.patternText) {
        add(PatternChanged, step, "pattern");
    }
}

void PairComparison::numbers() {
    const NumberRules& writer = rulesOf(m_writer.node->number);
    const NumberRules& reader = rulesOf(m_reader.node->number);
    limit(writer.maximum, reader.maximum,
          {"maximum", MaximumAdded, MaximumRemoved, MaximumIncreased, MaximumDecreased});
    limit(writer.minimum, reader.minimum,
          {"minimum", MinimumAdded, MinimumRemoved, MinimumIncreased, MinimumDecreased});
    limit(writer.exclusiveMaximum, reader.exclusiveMaximum,
          {"exclusiveMaximum", ExclusiveMaximumAdded, ExclusiveMaximumRemoved, ExclusiveMaximumIncreased,
           ExclusiveMaximumDecreased});
    limit(writer.exclusiveMinimum, reader.exclusiveMinimum,
          {"exclusiveMinimum", ExclusiveMinimumAdded, ExclusiveMinimumRemoved, ExclusiveMinimumIncreased,
           ExclusiveMinimumDecreased});
    const PathStep step{.path = "multipleOf", .field = {}};
    if (writer.multipleOf.has_value() != reader.multipleOf.has_value()) {
        add(reader.multipleOf ? MultipleOfAdded : MultipleOfRemoved, step, "multipleOf");
    } else if (writer.multipleOf && *writer.multipleOf != *reader.multipleOf) {
        add(isMultipleOf(*reader.multipleOf, *writer.multipleOf)   ? MultipleOfExpanded
            : isMultipleOf(*writer.multipleOf, *reader.multipleOf) ? MultipleOfReduced
                                                                   : MultipleOfChanged,
            step, "multipleOf");
    }
    if (m_writer.needsInteger != m_reader.needsInteger) {
        add(m_writer.needsInteger ? TypeExtended : TypeNarrowed, {}, "type");
    }
}

void PairComparison::enums() {
    if (m_writer.kind == ShapeKind::Const) {
        if (!equalValues(*m_writer.node->constant, *m_reader.node->constant)) {
            add(EnumArrayChanged, {.path = "const", .field = {}}, "const");
        }
        return;
    }
    const auto hasAll = [](const Node& node, const Node& other) {
        return std::ranges::all_of(other.options, [&](const auto& option) {
            const auto same =
                std::ranges::equal_range(node.options, option.first, {}, [](const auto& o) { return o.first; });
            return std::ranges::any_of(same, [&](const auto& o) { return equalValues(*o.second, *option.second); });
        });
    };
    const bool readerHasAll = hasAll(*m_reader.node, *m_writer.node);
    const bool writerHasAll = hasAll(*m_writer.node, *m_reader.node);
    if (!readerHasAll || !writerHasAll) {
        add(readerHasAll   ? EnumArrayExtended
            : writerHasAll ? EnumArrayNarrowed
                           : EnumArrayChanged,
            {.path = "enum", .field = {}}, "enum");
    }
}

/// What is excluded may only become less: so the two are compared the other way round.
void PairComparison::nots() {
    const Findings& found = within(*m_reader.node->combined->negated, *m_writer.node->combined->negated);
    add(found.isCompatible ? NotTypeNarrowed : NotTypeExtended, {.path = "not", .field = {}}, "not");
}

} // namespace meshbone::catalog::jsonschema
