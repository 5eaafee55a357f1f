// SPDX-License-Identifier: Apache-2.0
#include "replay/findings.h"

#include "replay/selector.h"
#include "replay/time_text.h"

#include <backbone/topic_names.h>
#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

using Severity = ReplayFinding::Severity;
using Findings = std::vector<ReplayFinding>;

std::string events(std::int64_t count) {
    return count == 1 ? "1 event" : fmt::format("{} events", count);
}

void windowFindings(const ResolvedPlan& resolved, Findings& findings) {
    const auto& plan = resolved.plan;
    for (const auto& source : resolved.facts.sources) {
        if (source.cutAtStart) {
            findings.push_back(
                {Severity::Warning, "window.retention",
                 fmt::format(
                     "Partition {} begins at offset {} now: retention has removed what came before, and some of it may "
                     "have belonged to the window.",
                     source.partition.value(), source.logStart.value())});
        }
    }
    if (const auto* offsets = std::get_if<OffsetWindow>(&plan.request.window)) {
        for (const auto& planned : plan.partitions) {
            const auto to = offsets->ranges.at(planned.partition).second;
            if (to > planned.scanTo) {
                findings.push_back(
                    {Severity::Warning, "window.beyond_end",
                     fmt::format("Partition {} ends at offset {} (committed events); the window goes on to {}.",
                                 planned.partition.value(), planned.scanTo.value(), to.value())});
            }
        }
    }
    if (plan.records() > 0) {
        return;
    }
    std::int64_t leftOut = 0;
    for (const auto& planned : plan.partitions) {
        for (const auto& [reason, count] : planned.leftOut) {
            leftOut += count;
        }
    }
    if (leftOut > 0) {
        findings.push_back(
            {Severity::Blocking, "window.all_left_out",
             fmt::format(
                 "All {} of the window are left out; widen the filter or include events that were replayed before.",
                 events(leftOut))});
        return;
    }
    const auto& facts = resolved.facts;
    const auto range = facts.topicFirstMs < 0 ? std::string("Nothing as young as its begin was written to the topic.")
                                              : fmt::format("The events from its begin on range from {} to {}.",
                                                            timeText(facts.topicFirstMs), timeText(facts.topicLastMs));
    findings.push_back({Severity::Blocking, "window.no_events",
                        fmt::format("No event of '{}' lies in this window. {}", plan.request.sourceTopic, range)});
}

void countFindings(const ResolvedPlan& resolved, Findings& findings) {
    std::int64_t outOfOrder = 0;
    std::map<std::string, std::int64_t> leftOut;
    for (const auto& planned : resolved.plan.partitions) {
        outOfOrder += planned.outOfOrder;
        for (const auto& [reason, count] : planned.leftOut) {
            leftOut[reason] += count;
        }
    }
    if (outOfOrder > 0) {
        findings.push_back(
            {Severity::Info, "window.out_of_order",
             fmt::format(
                 "{} of the window carry an earlier time than one before them; they are replayed in the order of the "
                 "log.",
                 events(outOfOrder))});
    }
    if (const auto count = leftOut[std::string(kLeftOutReplayed)]; count > 0) {
        findings.push_back({Severity::Info, "source.replayed",
                            fmt::format("{} were written by an earlier replay and are left out.", events(count))});
    }
    if (const auto count = leftOut[std::string(kLeftOutTimestamp)]; count > 0) {
        findings.push_back(
            {Severity::Warning, "source.timestamp",
             fmt::format("{} have no timestamp after 1970-01-01 and can't be written with it again; they are left out.",
                         events(count))});
    }
}

/// A question about the target that the cluster did not answer.
ReplayFinding unanswered(std::string code, const Error& error) {
    return {Severity::Warning, std::move(code),
            fmt::format("The target could not be checked fully. {}", error.message)};
}

std::vector<std::string> liveGroupsOf(InnerAdmin& admin, const std::string& topic, const Deadline& deadline,
                                      Findings& findings) {
    constexpr std::size_t kChunk = 100;
    constexpr std::size_t kMost = 2000; // groups looked at; past that the finding says so
    std::vector<std::string> live;
    auto groups = admin.groups(deadline.rest());
    if (!groups) {
        findings.push_back(unanswered("target.groups", groups.error()));
        return live;
    }
    std::vector<std::string> names;
    for (const auto& group : *groups) {
        if (group.state != "Empty" && group.state != "Dead") {
            names.push_back(group.group);
        }
    }
    if (names.size() > kMost) {
        findings.push_back({Severity::Warning, "target.groups",
                            fmt::format("Only {} of {} consumer groups were checked for readers of the target.", kMost,
                                        names.size())});
        names.resize(kMost);
    }
    for (std::size_t from = 0; from < names.size(); from += kChunk) {
        const std::vector<std::string> chunk(names.begin() + static_cast<std::ptrdiff_t>(from),
                                             names.begin() +
                                                 static_cast<std::ptrdiff_t>(std::min(from + kChunk, names.size())));
        auto details = admin.describeGroups(chunk, deadline.rest());
        if (!details) {
            findings.push_back(unanswered("target.groups", details.error()));
            return live;
        }
        for (const auto& group : *details) {
            const auto reads = [&](const GroupMember& member) {
                return std::ranges::any_of(member.assignment,
                                           [&](const TopicPartition& at) { return at.topic == topic; });
            };
            if (std::ranges::any_of(group.members, reads)) {
                live.push_back(group.group);
            }
        }
    }
    return live;
}

/// What the cluster says of the target; findings for what it doesn't say.
TargetFacts askTarget(const ReplayRequest& request, InnerAdmin& admin, const Deadline& deadline, Findings& findings) {
    TargetFacts target;
    auto partitions = admin.partitions(request.targetTopic, deadline.rest());
    if (!partitions) {
        if (partitions.error().code != ErrorCode::NotFound) {
            findings.push_back({Severity::Blocking, "target.unknown", partitions.error().message});
            target.exists = true; // unknown is not missing: nothing must be created
        }
        return target;
    }
    target.exists = true;
    target.partitions = static_cast<std::int32_t>(partitions->size());
    for (const auto& partition : *partitions) {
        target.records += partition.highWatermark - partition.logStart;
    }
    if (auto config = admin.topicConfig(request.targetTopic, deadline.rest())) {
        for (const auto& entry : *config) {
            target.config[entry.name] = entry.value.value_or("");
        }
    } else {
        findings.push_back(unanswered("target.config", config.error()));
    }
    target.liveGroups = liveGroupsOf(admin, request.targetTopic, deadline, findings);
    return target;
}

} // namespace

Findings requestFindings(const ReplayRequest& request) {
    Findings findings;
    if (request.targetTopic == request.sourceTopic) {
        findings.push_back({Severity::Blocking, "target.same",
                            fmt::format("'{}' can't be replayed into itself: its readers would see every event twice, "
                                        "and the replay could feed on "
                                        "its own output. Choose another target.",
                                        request.sourceTopic)});
    }
    if (!isTopicName(request.targetTopic)) {
        findings.push_back({Severity::Blocking, "target.name",
                            fmt::format("'{}' is no topic name: use up to {} letters, digits, '.', '_' and '-'.",
                                        request.targetTopic, kTopicNameMaxBytes)});
    } else if (isHousekeepingTopicName(request.targetTopic)) {
        findings.push_back({Severity::Blocking, "target.internal",
                            fmt::format("'{}' is an internal topic; choose another target.", request.targetTopic)});
    }
    if (const auto* time = std::get_if<TimeWindow>(&request.window); time != nullptr && time->fromMs >= time->toMs) {
        findings.push_back({Severity::Blocking, "window.empty",
                            fmt::format("The window is empty: it ends ({}) before or when it begins ({}).",
                                        timeText(time->toMs), timeText(time->fromMs))});
    }
    if (const auto* offsets = std::get_if<OffsetWindow>(&request.window)) {
        const auto empty = [](const auto& range) { return range.second.first >= range.second.second; };
        if (std::ranges::all_of(offsets->ranges, empty)) {
            findings.push_back(
                {Severity::Blocking, "window.empty", "The window is empty: no partition has an offset in it."});
        }
    }
    return findings;
}

Findings findingsOf(const ResolvedPlan& resolved, InnerAdmin& admin, const Deadline& deadline) {
    auto findings = requestFindings(resolved.plan.request);
    const auto blocked = [&] {
        return std::ranges::any_of(findings,
                                   [](const auto& finding) { return finding.severity == Severity::Blocking; });
    };
    if (blocked()) {
        return findings;
    }
    windowFindings(resolved, findings);
    countFindings(resolved, findings);
    const auto target = askTarget(resolved.plan.request, admin, deadline, findings);
    auto about = targetFindings(resolved, target, nowMs());
    findings.insert(findings.end(), std::make_move_iterator(about.begin()), std::make_move_iterator(about.end()));
    if (!target.exists && resolved.plan.request.createTarget) {
        auto shape = admin.describeTopic(resolved.plan.request.sourceTopic, deadline.rest());
        NewTopic wanted{resolved.plan.request.targetTopic, shape ? shape->summary.partitions : 1, -1, {}};
        if (auto ok = admin.validateTopic(wanted, deadline.rest()); !ok && ok.error().code != ErrorCode::Unsupported) {
            findings.push_back({Severity::Blocking, "target.create", ok.error().message});
        }
    }
    if (!blocked() && resolved.plan.records() > 0) {
        findings.insert(findings.begin(),
                        {Severity::Ok, "plan.exact",
                         fmt::format("Exactly {} will be replayed; every event of the scanned range was looked at.",
                                     events(resolved.plan.records()))});
    }
    return findings;
}

} // namespace meshbone::backbone
