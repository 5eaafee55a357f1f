// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_period.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

/// Counts what of one tuple falls into the period, one stretch of its time after the other.
class PeriodCount {
public:
    PeriodCount(const EvidenceTuple& tuple, const EvidencePeriod& period)
        : m_tuple(tuple)
        , m_period(period) {}

    void add(TimestampMs fromMs, TimestampMs toMs, std::int64_t requests, std::int64_t& doubt) {
        const auto from = std::max(fromMs, m_tuple.firstMs), to = std::min(toMs, m_tuple.lastMs);
        if (requests <= 0 || from > to || from > m_period.toMs || to < m_period.fromMs) {
            return;
        }
        m_requests += requests;
        doubt += from < m_period.fromMs || to > m_period.toMs ? requests : 0;
        m_firstMs =
            m_firstMs < 0 ? std::max(from, m_period.fromMs) : std::min(m_firstMs, std::max(from, m_period.fromMs));
        m_lastMs = std::max(m_lastMs, std::min(to, m_period.toMs));
    }
    [[nodiscard]] std::int64_t requests() const { return m_requests; }
    [[nodiscard]] TimestampMs firstMs() const { return m_firstMs; }
    [[nodiscard]] TimestampMs lastMs() const { return m_lastMs; }

private:
    const EvidenceTuple& m_tuple;
    const EvidencePeriod& m_period;
    std::int64_t m_requests = 0;
    TimestampMs m_firstMs = -1, m_lastMs = -1;
};

/// Where the first or the last sight was in the period, one request surely was.
void believeSights(const EvidenceTuple& tuple, const EvidencePeriod& period, std::int64_t kept, PeriodDoubt& own) {
    const auto isIn = [&](TimestampMs atMs) { return atMs >= period.fromMs && atMs <= period.toMs; };
    if (own.cut + own.untimed == kept && (isIn(tuple.firstMs) || isIn(tuple.lastMs))) {
        --(own.cut > 0 ? own.cut : own.untimed);
    }
}

} // namespace

std::vector<std::string> doubtNotes(const PeriodDoubt& doubt) {
    std::vector<std::string> notes;
    if (doubt.cut > 0) {
        notes.push_back(fmt::format("The period cuts hours or days that are only counted as a whole: up to {} of the "
                                    "requests may have been just outside it.",
                                    doubt.cut));
    }
    if (doubt.untimed > 0) {
        notes.push_back(fmt::format("Up to {} of the requests were counted without their hour, longer ago or by an "
                                    "earlier Meshbone, and may have been outside the period.",
                                    doubt.untimed));
    }
    return notes;
}

bool keepWithin(EvidenceTuple& tuple, const EvidencePeriod& period, PeriodDoubt& doubt) {
    if (tuple.firstMs >= period.fromMs && tuple.lastMs <= period.toMs) {
        return true;
    }
    if (tuple.firstMs > period.toMs || tuple.lastMs < period.fromMs) {
        return false;
    }
    PeriodDoubt own;
    PeriodCount kept(tuple, period);
    for (const auto& span : tuple.counts.spans()) {
        kept.add(span.fromMs(), span.toMs(), span.requests, own.cut);
    }
    const auto earlierToMs = tuple.counts.earlierToMs();
    kept.add(tuple.firstMs, earlierToMs < 0 ? tuple.lastMs : earlierToMs, tuple.count - tuple.counts.sum(),
             own.untimed);
    if (kept.requests() == 0) {
        return false;
    }
    believeSights(tuple, period, kept.requests(), own);
    tuple.count = kept.requests();
    tuple.firstMs = kept.firstMs();
    tuple.lastMs = kept.lastMs();
    tuple.counts = {};
    if (tuple.grade == EvidenceGrade::Observed) { // what is inferred was never a count
        tuple.unsure = std::min(tuple.count, tuple.unsure + own.cut + own.untimed);
        doubt.cut += tuple.internal ? 0 : own.cut;
        doubt.untimed += tuple.internal ? 0 : own.untimed;
    }
    return true;
}

PeriodEvidence evidenceWithin(std::span<const EvidenceTuple> evidence, const EvidencePeriod& period) {
    PeriodEvidence within;
    for (const auto& tuple : evidence) {
        if (tuple.firstMs > period.toMs || tuple.lastMs < period.fromMs) {
            continue; // not worth a copy
        }
        auto& kept = within.tuples.emplace_back(tuple);
        if (!keepWithin(kept, period, within.doubt)) {
            within.tuples.pop_back();
        } else {
            kept.counts = {}; // of no use after the cut, and many
        }
    }
    return within;
}

EvidenceCoverage coverageWithin(EvidenceCoverage coverage, const EvidencePeriod& period) {
    auto from = std::max(coverage.fromMs, period.fromMs), to = std::min(coverage.toMs, period.toMs);
    for (const auto& [gapFrom, gapTo] : coverage.gaps) { // nobody watched when the period began, or when it ended
        from = gapFrom < from && from < gapTo ? gapTo : from;
        to = gapFrom < to && to < gapTo ? gapFrom : to;
    }
    if (coverage.fromMs < 0 || from > to) {
        coverage.fromMs = coverage.toMs = -1;
        coverage.gaps.clear();
        return coverage;
    }
    std::erase_if(coverage.gaps, [&](const auto& gap) { return gap.first < from || gap.second > to; });
    coverage.fromMs = from;
    coverage.toMs = to;
    return coverage;
}

} // namespace meshbone::catalog
