// SPDX-License-Identifier: Apache-2.0
// Schemas combined of others: each of one side is paired with one of the other that it is compatible with.
#include "schema/json/comparison.h"
#include "schema/json/matching.h"

#include <algorithm>

namespace meshbone::catalog::jsonschema {

using enum DifferenceType;

namespace {

/// The breaking findings of one pair of parts.
std::size_t breakingIn(const Findings& findings, CompatibilityPolicy policy) {
    return static_cast<std::size_t>(std::ranges::count_if(
        findings.list, [&](const Finding& finding) { return !isTolerated(finding.type, policy); }));
}

} // namespace

/// Whether the rules by which they combine leave it worth comparing the parts.
bool PairComparison::criteria() {
    const Criterion before = m_writer.criterion;
    const Criterion now = m_reader.criterion;
    if (before == now) {
        return true;
    }
    const bool isSingleBefore = m_writer.parts.size() == 1;
    const bool isSingleNow = m_reader.parts.size() == 1;
    const bool isLess = now == Criterion::Any || (now == Criterion::One && isSingleBefore) ||
                        (now == Criterion::All && isSingleBefore && isSingleNow);
    add(isLess ? CombinedTypeExtended : CombinedTypeChanged);
    return isLess;
}

void PairComparison::combinations() {
    if (!criteria()) {
        return;
    }
    const std::size_t before = m_writer.parts.size();
    const std::size_t now = m_reader.parts.size();
    const bool isProduct = m_reader.criterion == Criterion::All;
    if (before != now) {
        add(before < now ? (isProduct ? ProductTypeExtended : SumTypeExtended)
                         : (isProduct ? ProductTypeNarrowed : SumTypeNarrowed));
    }
    pairUp();
}

void PairComparison::pairUp() {
    const auto& writers = m_writer.parts;
    const auto& readers = m_reader.parts;
    std::vector<std::vector<std::size_t>> edges(writers.size());
    for (std::size_t i = 0; i < writers.size(); ++i) {
        for (std::size_t j = 0; j < readers.size() && !m_all.m_stopped; ++j) {
            if (m_all.compare(*writers[i], *readers[j]).isCompatible) {
                edges[i].push_back(j);
            }
        }
    }
    const auto matched = largestMatching(edges, readers.size());
    const std::set<std::size_t> taken(matched.begin(), matched.end());
    const auto stepOf = [&](std::size_t index) {
        return PathStep{.path = std::string(criterionName(m_writer.criterion)) + "/" + std::to_string(index),
                        .field = {}};
    };
    std::size_t size = 0;
    const Finding* closest = nullptr;
    std::size_t closestBreaking = 0;
    std::size_t closestIndex = 0;
    for (std::size_t i = 0; i < writers.size(); ++i) {
        if (matched[i] != kUnmatched) {
            ++size;
            take(m_all.compare(*writers[i], *readers[matched[i]]), stepOf(i));
            continue;
        }
        for (std::size_t j = 0; j < readers.size() && m_all.m_isTelling && !m_all.isOver(); ++j) {
            const Findings& findings = m_all.compare(*writers[i], *readers[j]);
            const std::size_t breaking = breakingIn(findings, m_all.m_policy);
            if (breaking > 0 && !taken.contains(j) && (closest == nullptr || breaking < closestBreaking)) {
                closest = &*std::ranges::find_if(
                    findings.list, [&](const Finding& finding) { return !isTolerated(finding.type, m_all.m_policy); });
                closestBreaking = breaking;
                closestIndex = i;
            }
        }
    }
    if (size < std::min(writers.size(), readers.size())) {
        Finding finding = findingOf(CombinedTypeSubschemasChanged, {}, m_writer.node, m_reader.node);
        if (closest != nullptr) {
            finding.causes.push_back(lifted(*closest, stepOf(closestIndex)));
        }
        add(std::move(finding));
    }
}

} // namespace meshbone::catalog::jsonschema
