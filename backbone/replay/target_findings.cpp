// SPDX-License-Identifier: Apache-2.0
#include "replay/findings.h"
#include "replay/time_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace meshbone::backbone {

namespace {

using Severity = ReplayFinding::Severity;
using Findings = std::vector<ReplayFinding>;

/// Bytes that a record takes beside key, value and headers: the markers and the batch around it, generously.
constexpr std::int64_t kOverheadBytes = 512;

std::optional<std::int64_t> numberOf(const TargetFacts& target, const std::string& name) {
    const auto place = target.config.find(name);
    if (place == target.config.end()) {
        return std::nullopt;
    }
    std::int64_t number = 0;
    const auto& text = place->second;
    const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc{} ? std::optional(number) : std::nullopt;
}

std::string textOf(const TargetFacts& target, const std::string& name) {
    const auto place = target.config.find(name);
    return place != target.config.end() ? place->second : std::string();
}

struct Times {
    TimestampMs firstMs = -1;
    TimestampMs lastMs = -1;
};

Times timesOf(const ReplayPlan& plan) {
    Times times;
    for (const auto& planned : plan.partitions) {
        if (planned.records > 0) {
            times.firstMs =
                times.firstMs < 0 ? planned.firstTimestampMs : std::min(times.firstMs, planned.firstTimestampMs);
            times.lastMs = std::max(times.lastMs, planned.lastTimestampMs);
        }
    }
    return times;
}

/// Events keep their old times, and retention goes by them (defect 5).
void retentionFindings(const ResolvedPlan& resolved, const TargetFacts& target, TimestampMs nowMs, Findings& findings) {
    const auto times = timesOf(resolved.plan);
    const auto& topic = resolved.plan.request.targetTopic;
    if (const auto retentionMs = numberOf(target, "retention.ms"); retentionMs && *retentionMs >= 0) {
        const auto oldestKeptMs = nowMs - *retentionMs;
        if (times.firstMs < oldestKeptMs) {
            const bool all = times.lastMs < oldestKeptMs;
            findings.push_back({all ? Severity::Blocking : Severity::Warning, "target.retention",
                                fmt::format("'{}' keeps events for {} ms, and {} of these events are older: it would "
                                            "delete them again. Set its "
                                            "retention.ms to -1, or choose a target that isn't there yet.",
                                            topic, *retentionMs, all ? "all" : "some")});
        }
    }
    if (const auto bytes = numberOf(target, "retention.bytes"); bytes && *bytes >= 0) {
        const auto most = std::ranges::max_element(resolved.plan.partitions, {}, &PlannedPartition::bytes);
        if (most != resolved.plan.partitions.end() && most->bytes > *bytes) {
            findings.push_back({Severity::Warning, "target.retention_bytes",
                                fmt::format("'{}' keeps {} bytes a partition, fewer than partition {} will be given; "
                                            "the oldest would be deleted.",
                                            topic, *bytes, most->partition.value())});
        }
    }
}

/// A topic may refuse timestamps that are too far from its broker's clock.
void timestampFindings(const ResolvedPlan& resolved, const TargetFacts& target, TimestampMs nowMs, Findings& findings) {
    const auto times = timesOf(resolved.plan);
    const auto& topic = resolved.plan.request.targetTopic;
    if (textOf(target, "message.timestamp.type") == "LogAppendTime") {
        findings.push_back({Severity::Blocking, "target.timestamp_type",
                            fmt::format("'{}' stamps events with its own time, so the events' times would be lost. Set "
                                        "its message.timestamp.type to "
                                        "CreateTime, or choose another target.",
                                        topic)});
        return;
    }
    const auto before = numberOf(target, "message.timestamp.before.max.ms");
    const auto after = numberOf(target, "message.timestamp.after.max.ms");
    const auto either = numberOf(target, "message.timestamp.difference.max.ms");
    const auto beforeMs = before ? before : either;
    const auto afterMs = after ? after : either;
    if (beforeMs && times.firstMs >= 0 && nowMs - times.firstMs > *beforeMs) {
        findings.push_back(
            {Severity::Blocking, "target.timestamp_before",
             fmt::format("'{}' refuses events older than {} ms, and the oldest of these is of {}. Raise its "
                         "message.timestamp.before.max.ms, or choose another target.",
                         topic, *beforeMs, timeText(times.firstMs))});
    }
    if (afterMs && times.lastMs - nowMs > *afterMs) {
        findings.push_back({Severity::Blocking, "target.timestamp_after",
                            fmt::format("'{}' refuses events more than {} ms ahead of its clock, and the youngest of "
                                        "these is of {}. Raise its "
                                        "message.timestamp.after.max.ms, or choose another target.",
                                        topic, *afterMs, timeText(times.lastMs))});
    }
}

void shapeFindings(const ResolvedPlan& resolved, const TargetFacts& target, Findings& findings) {
    const auto& request = resolved.plan.request;
    const auto& topic = request.targetTopic;
    const auto highest = resolved.plan.partitions.empty() ? Partition(0) : resolved.plan.partitions.back().partition;
    if (request.keepPartition && highest.value() >= target.partitions) {
        findings.push_back({Severity::Warning, "target.partitions",
                            fmt::format("'{}' has {} partitions, fewer than the source: events of the partitions from "
                                        "{} on go by their key, and "
                                        "several partitions' events mix there.",
                                        topic, target.partitions, target.partitions)});
    }
    if (textOf(target, "cleanup.policy").find("compact") != std::string::npos) {
        findings.push_back(
            {Severity::Blocking, "target.compacted",
             fmt::format("'{}' keeps only the last event of each key, so the replay could not be proven{}. Choose a "
                         "target whose "
                         "cleanup.policy is delete.",
                         topic, resolved.facts.withoutKey > 0 ? " and events without a key would be refused" : "")});
    }
    const auto largest = static_cast<std::int64_t>(resolved.facts.largestBytes) + kOverheadBytes;
    if (const auto limit = numberOf(target, "max.message.bytes"); limit && largest > *limit) {
        findings.push_back({Severity::Blocking, "target.message_size",
                            fmt::format("'{}' accepts messages of {} bytes, and the largest of these events has {} and "
                                        "needs some more for its marks. "
                                        "Raise its max.message.bytes.",
                                        topic, *limit, resolved.facts.largestBytes)});
    }
    if (target.records > 0) {
        findings.push_back(
            {Severity::Info, "target.not_empty",
             fmt::format("'{}' holds {} events already; the replayed ones come behind them and carry the run's mark.",
                         topic, target.records)});
    }
}

} // namespace

Findings targetFindings(const ResolvedPlan& resolved, const TargetFacts& target, TimestampMs nowMs) {
    Findings findings;
    const auto& request = resolved.plan.request;
    if (!target.exists) {
        if (request.createTarget) {
            findings.push_back({Severity::Info, "target.create",
                                fmt::format("'{}' isn't there yet and will be made, with as many partitions as '{}', "
                                            "to keep its events for ever "
                                            "(retention.ms=-1).",
                                            request.targetTopic, request.sourceTopic)});
        } else {
            findings.push_back({Severity::Blocking, "target.missing",
                                fmt::format("There is no topic '{}'; make it first, or let the replay make it.",
                                            request.targetTopic)});
        }
        return findings;
    }
    if (target.partitions > 0) {
        shapeFindings(resolved, target, findings);
        timestampFindings(resolved, target, nowMs, findings);
        retentionFindings(resolved, target, nowMs, findings);
    }
    if (!target.liveGroups.empty()) {
        const auto shown = std::min<std::size_t>(target.liveGroups.size(), 5);
        findings.push_back(
            {Severity::Warning, "target.groups",
             fmt::format("'{}' is being read now by {}{}: they will take the replayed events for new ones.",
                         request.targetTopic,
                         fmt::join(target.liveGroups.begin(),
                                   target.liveGroups.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                         target.liveGroups.size() > shown
                             ? fmt::format(" and {} more", target.liveGroups.size() - shown)
                             : "")});
    }
    return findings;
}

} // namespace meshbone::backbone
