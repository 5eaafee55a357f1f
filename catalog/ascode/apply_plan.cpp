// SPDX-License-Identifier: Apache-2.0
#include "product/decide.h"

#include <catalog/access_file_plan.h>
#include <catalog/access_plan.h>

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

namespace meshbone::catalog {
namespace {

bool changesWithTime(const Command& command) {
    return std::holds_alternative<SubmitRequest>(command) || std::holds_alternative<AmendRequest>(command) ||
           std::holds_alternative<ApproveRequest>(command) || std::holds_alternative<ReopenRequest>(command);
}

/// Would a step still do what the plan says? Of what is asked for only whether it is granted: its times move on.
Status checkStillSo(const Rehearsed& planned, const Rehearsed& now) {
    if (now.refused) {
        return std::unexpected(*now.refused);
    }
    const bool isSame = changesWithTime(planned.submission.command) ? planned.isGranted == now.isGranted
                                                                    : planned.changes == now.changes;
    return isSame ? Status{}
                  : fail(ErrorCode::Conflict, fmt::format("'{}' has changed since the plan was made; look at it again.",
                                                          subjectOf(planned.submission.command)));
}

class UnitWork {
public:
    UnitWork(const FilePlanUnit& unit, Catalog& catalog, const CallOptions& options)
        : m_unit(unit)
        , m_catalog(catalog)
        , m_options(options) {
        m_applied.title = unit.title;
    }

    AppliedUnit apply(TimestampMs nowMs) {
        if (m_unit.hasProblems()) {
            m_applied.error = Error{ErrorCode::InvalidArgument, "It has problems, which the plan names.", 0};
            return std::move(m_applied);
        }
        auto steps = decided(nowMs);
        if (!steps) {
            m_applied.error = steps.error();
            return std::move(m_applied);
        }
        for (const Rehearsed& step : *steps) {
            if (auto done = submit(step); !done) {
                m_applied.error = done.error();
                takeBack();
                break;
            }
        }
        return std::move(m_applied);
    }

private:
    /// All steps on the state of now.
    Result<std::vector<Rehearsed>> decided(TimestampMs nowMs) const {
        std::vector<Submission> submissions;
        for (const Rehearsed& step : m_unit.steps) {
            submissions.push_back({step.submission.command, step.submission.why, {}});
        }
        auto now = m_catalog.rehearse(submissions, nowMs);
        for (std::size_t i = 0; i < now.size(); ++i) {
            if (auto so = checkStillSo(m_unit.steps[i], now[i]); !so) {
                return std::unexpected(so.error());
            }
        }
        return now;
    }

    /// Guarded by the revision that was decided upon, or that an earlier entry of ours has given the thing meanwhile.
    Status submit(const Rehearsed& step) {
        Submission submission = step.submission;
        const auto key = std::pair(kindOf(submission.command), subjectOf(submission.command));
        if (const auto ours = m_revisions.find(key); ours != m_revisions.end()) {
            submission.expectedRevision = ours->second;
        }
        const auto entry = m_catalog.submit(submission, m_options);
        if (!entry) {
            if (entry.error().code == ErrorCode::Timeout) {
                m_applied.left.push_back(
                    fmt::format("It isn't known whether '{}' of '{}' came into the ledger; look at "
                                "the plan again.",
                                actOf(submission.command), subjectOf(submission.command)));
            }
            return std::unexpected(entry.error());
        }
        m_revisions[key] = revisionOfEntry(entry->number);
        m_applied.entries.push_back(entry->number);
        return {};
    }

    void takeBack() {
        for (const std::int64_t number : std::views::reverse(m_applied.entries)) {
            if (auto done = undo(number); done) {
                m_applied.takenBack.push_back(number);
            } else {
                m_applied.left.push_back(fmt::format("Entry {} stays: {}", number, done.error().message));
            }
        }
    }

    Status undo(std::int64_t number) const {
        const auto undo = m_catalog.undoOf(number);
        if (!undo) {
            return std::unexpected(undo.error());
        }
        for (const Submission& submission : undo->submissions) {
            // Whoever stops the work doesn't want it half done: so without their stop.
            if (const auto entry = m_catalog.submit(submission, {m_options.timeout, {}}); !entry) {
                return std::unexpected(entry.error());
            }
        }
        return {};
    }

    const FilePlanUnit& m_unit;
    Catalog& m_catalog;
    const CallOptions& m_options;
    AppliedUnit m_applied;
    std::map<std::pair<std::optional<Kind>, std::string>, std::int64_t> m_revisions; ///< of what is ours, by thing
};

Status checkDeletions(const FilePlan& plan, std::optional<std::size_t> given) {
    const std::string many = plan.manyDeletions();
    if (many.empty() || given == plan.deletions) {
        return {};
    }
    return fail(ErrorCode::InvalidArgument,
                given ? fmt::format("This removes {} things, not {}. Look at the plan again.", plan.deletions, *given)
                      : fmt::format("This removes {}, more than a tenth. Give the count of all that it removes to "
                                    "confirm it.",
                                    many));
}

} // namespace

std::string FilePlan::manyDeletions() const {
    std::string many;
    for (const FileKindCount& one : kinds) {
        if (needsCount(one.deletions, one.managed)) {
            const auto plural = one.kind == "policy" ? std::string("policies") : one.kind + "s";
            many += fmt::format("{}{} of {} {}", many.empty() ? "" : ", ", one.deletions, one.managed, plural);
        }
    }
    return many;
}

bool FileApplied::isComplete() const {
    return std::ranges::none_of(units, [](const AppliedUnit& unit) { return unit.error.has_value(); });
}

Result<FileApplied> applyFilePlan(const FilePlan& plan, Catalog& catalog, std::optional<std::size_t> deletions,
                                  TimestampMs nowMs, const CallOptions& options) {
    if (auto counted = checkDeletions(plan, deletions); !counted) {
        return std::unexpected(counted.error());
    }
    FileApplied applied;
    bool isGround = true; ///< what others build upon is there
    for (const FilePlanUnit& unit : plan.units) {
        if (!isGround) {
            applied.units.push_back({unit.title,
                                     Error{ErrorCode::Cancelled, "Not begun, since principals and policies failed.", 0},
                                     {},
                                     {},
                                     {}});
            continue;
        }
        applied.units.push_back(UnitWork(unit, catalog, options).apply(nowMs));
        isGround = !unit.isShared || !applied.units.back().error;
    }
    return applied;
}

} // namespace meshbone::catalog
