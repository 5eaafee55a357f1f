// SPDX-License-Identifier: Apache-2.0
#include "commands/access_evidence.h"

#include "commands/access_options.h"
#include "commands/open_lineage.h"
#include "commands/scratch_folder.h"
#include "commands/text_table.h"

#include <catalog/access_period.h>
#include <lineage/authorizer_log.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace meshbone::app {

using namespace catalog;

namespace {

constexpr TimestampMs kSeenDayMs = 86'400'000;
constexpr std::size_t kShownGaps = 5;

/// A day alone, as a period's end, is in it to its last moment.
Result<std::optional<TimestampMs>> endOf(const std::string& text) {
    constexpr std::size_t kDayOnly = std::string_view("2027-03-01").size();
    const bool isDay = text.size() == kDayOnly && text.find('-') != std::string::npos;
    auto end = timeOf("--to", text);
    if (end && *end && isDay) {
        **end += kSeenDayMs - 1;
    }
    return end;
}

/// Without an end where none is asked for: what has been seen since the survey would cut an hour.
Result<EvidencePeriod> periodOf(const SeenOptions& options, TimestampMs nowMs) {
    EvidencePeriod period;
    if (options.from.empty() && options.to.empty()) {
        period.fromMs = nowMs - options.days * kSeenDayMs;
        return period;
    }
    const auto from = timeOf("--from", options.from);
    const auto to = endOf(options.to);
    if (!from || !to) {
        return std::unexpected(!from ? from.error() : to.error());
    }
    period = {from->value_or(period.fromMs), to->value_or(period.toMs)};
    return period.fromMs <= period.toMs
               ? Result<EvidencePeriod>(period)
               : fail(ErrorCode::InvalidArgument, fmt::format("The period ends before it begins: it is from {} to {}.",
                                                              isoTime(period.fromMs), isoTime(period.toMs)));
}

Result<lineage::AccessEvidence> readLogs(const SeenOptions& options, const EvidencePeriod& period) {
    auto zone = lineage::LogZone::named(options.logZone);
    if (!zone) {
        return std::unexpected(zone.error());
    }
    const std::vector<std::filesystem::path> files(options.logs.begin(), options.logs.end());
    auto log = lineage::readAuthorizerLog(files, {period.fromMs, period.toMs, std::move(*zone), {}});
    if (!log) {
        return std::unexpected(log.error());
    }
    return std::move(log->evidence);
}

Result<lineage::AccessEvidence> lineageEvidence(const OpenMesh& mesh, const AccessSurvey& survey,
                                                const EvidencePeriod& period, const CallOptions& call) {
    const ScratchFolder scratch;
    const auto lineage = lookAtLineage(mesh.backbone, scratch.path(), call);
    if (!lineage) {
        return std::unexpected(lineage.error());
    }
    // The survey outlives the query.
    return (*lineage)->accessEvidence(
        {period.fromMs, period.toMs, {std::shared_ptr<const void>(), &survey.actual->table()}}, call);
}

} // namespace

void addSeenOptions(CLI::App& command, SeenOptions& options) {
    auto* days = command.add_option("--days", options.days, "How far back what was seen counts")
                     ->capture_default_str()
                     ->check(CLI::Range(1, 3'650));
    command.add_option("--from", options.from, "Instead: what was seen from this time on, in UTC, such as 2027-03-01")
        ->excludes(days);
    command.add_option("--to", options.to, "And up to this one; a day alone counts to its end; none: until now")
        ->excludes(days);
    command.add_option(
        "--authorizer-log", options.logs,
        "By what a cluster's authorizer decided: files of kafka-authorizer.log, of every broker, rotated "
        "ones too");
    command
        .add_option("--log-zone,--log-utc-offset", options.logZone,
                    "Of the log's times: an offset such as +02:00, Z for UTC, or a zone such as Europe/Berlin, which "
                    "follows its summer time")
        ->capture_default_str();
}

Result<lineage::AccessEvidence> seenBy(const SeenOptions& options, const OpenMesh& mesh, const AccessSurvey& survey,
                                       const CallOptions& call) {
    const auto period = periodOf(options, survey.context.nowMs);
    if (!period) {
        return std::unexpected(period.error());
    }
    return options.logs.empty() ? lineageEvidence(mesh, survey, *period, call)
                                : readLogs(options, {period->fromMs, std::min(period->toMs, survey.context.nowMs)});
}

Status withEvidence(const CommonOptions& options, const SeenOptions& seen, const OpenMesh& mesh, const SeenWork& work) {
    const auto survey = lookAtAccess(options, mesh);
    if (!survey) {
        return std::unexpected(survey.error());
    }
    const auto evidence = seenBy(seen, mesh, *survey, options.call());
    return evidence ? work(mesh, *survey, *evidence) : std::unexpected(evidence.error());
}

std::string_view gradeName(EvidenceGrade grade) {
    return grade == EvidenceGrade::Observed ? "observed" : grade == EvidenceGrade::Inferred ? "inferred" : "none";
}

void addEvidenceJson(Json& json, const lineage::AccessEvidence& evidence) {
    const EvidenceCoverage& coverage = evidence.coverage;
    Json gaps = Json::array();
    for (const auto& [from, to] : coverage.gaps) {
        gaps.push_back({{"from", isoTime(from)}, {"to", isoTime(to)}});
    }
    json["grade"] = gradeName(evidence.grade);
    json["coverage"] = {{"from", coverage.fromMs < 0 ? Json() : Json(isoTime(coverage.fromMs))},
                        {"to", coverage.toMs < 0 ? Json() : Json(isoTime(coverage.toMs))},
                        {"observers", coverage.observers},
                        {"gaps", std::move(gaps)}};
    json["showsAllowed"] = evidence.showsAllowed;
    json["notes"] = evidence.notes;
}

void printEvidence(const lineage::AccessEvidence& evidence) {
    const EvidenceCoverage& coverage = evidence.coverage;
    if (coverage.observers.empty()) {
        fmt::print("Evidence: none. Nobody watched, so what isn't listed is not known to be unused.\n");
    } else {
        fmt::print("Evidence: {}, from {} to {}, by {}; {} gaps.\n", gradeName(evidence.grade),
                   isoTime(coverage.fromMs), isoTime(coverage.toMs), fmt::join(coverage.observers, ", "),
                   coverage.gaps.size());
    }
    for (std::size_t i = 0; i < std::min(coverage.gaps.size(), kShownGaps); ++i) {
        fmt::print("  Nobody watched from {} to {}.\n", isoTime(coverage.gaps[i].first),
                   isoTime(coverage.gaps[i].second));
    }
    if (coverage.gaps.size() > kShownGaps) {
        fmt::print("  And {} more gaps; --json has them.\n", coverage.gaps.size() - kShownGaps);
    }
    if (evidence.unattributed > 0) {
        fmt::print("Mind: {} requests were too many to be told apart by client; nothing speaks for them.\n",
                   evidence.unattributed);
    }
    printUnknown(evidence.notes);
}

} // namespace meshbone::app
