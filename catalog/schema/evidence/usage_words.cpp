// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_usage.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

using Looked = VersionUsage::Looked;

constexpr std::size_t kNamedTopics = 5;

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string eventWords(const VersionUsage& usage) {
    const auto id = usage.version.id.value();
    if (usage.looked == Looked::Nothing) {
        return usage.topic.empty() ? std::string("Its subject carries no topic's name, and no events were looked at.")
                                   : fmt::format("Events of {} weren't looked at.", usage.topic);
    }
    if (usage.topic.empty()) {
        return fmt::format("No event that was looked at names its id {}; its subject carries no topic's name, so "
                           "others may.",
                           id);
    }
    const auto events = counted(usage.lookedAt, "event", "events");
    return usage.looked == Looked::Part
               ? fmt::format("None of the {} of {} that were looked at names its id {}; there are more.", events,
                             usage.topic, id)
           : usage.lookedAt == 0 ? fmt::format("{} holds no events.", usage.topic)
                                 : fmt::format("None of the {} of {} names its id {}.", events, usage.topic, id);
}

std::string topicNames(const std::vector<const ScannedTopic*>& topics) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(topics.size(), kNamedTopics); ++i) {
        names.push_back(topics[i]->topic);
    }
    return fmt::format("{}{}", fmt::join(names, ", "),
                       topics.size() > kNamedTopics ? fmt::format(" and {} more", topics.size() - kNamedTopics) : "");
}

} // namespace

std::string scanWords(const std::vector<ScannedTopic>& topics, const std::function<std::string(TimestampMs)>& time) {
    if (topics.empty()) {
        return "No events were looked at.";
    }
    std::int64_t records = 0;
    TimestampMs fromMs = -1, toMs = -1;
    std::vector<const ScannedTopic*> parts, problems;
    for (const auto& one : topics) {
        records += one.records;
        fromMs = fromMs < 0 || (one.fromMs >= 0 && one.fromMs < fromMs) ? one.fromMs : fromMs;
        toMs = std::max(toMs, one.toMs);
        if (!one.problem.empty()) {
            problems.push_back(&one);
        } else if (one.isPart) {
            parts.push_back(&one);
        }
    }
    auto words = fmt::format("{} of {} {} looked at", counted(records, "event", "events"),
                             counted(std::ssize(topics), "topic", "topics"), records == 1 ? "was" : "were");
    words += fromMs < 0 ? "." : fmt::format(", {} to {}.", time(fromMs), time(toMs));
    if (!parts.empty()) {
        words += fmt::format(" A part only of {}.", topicNames(parts));
    }
    if (!problems.empty()) {
        words += fmt::format(" {} couldn't be read: {}", topicNames(problems), problems.front()->problem);
    }
    return words;
}

std::string unusedWords(const VersionUsage& usage, const UsageCoverage& coverage) {
    auto words = eventWords(usage);
    words += " It isn't the latest, no schema refers to it";
    if (coverage.areContractsRead) {
        words += ", no contract is about it";
    }
    return words + (coverage.isAskedTold ? ", and nobody is known to have asked the registry for it." : ".");
}

std::string coverageWords(const UsageCoverage& coverage, const std::function<std::string(TimestampMs)>& time) {
    auto words = scanWords(coverage.seen == nullptr ? std::vector<ScannedTopic>() : coverage.seen->topics, time);
    words += !coverage.isAskedTold ? " This registry doesn't tell who asked it."
             : coverage.askedSinceMs < 0
                 ? std::string(" The registry tells who asked it, not since when.")
                 : fmt::format(" Who asked the registry is known since {}.", time(coverage.askedSinceMs));
    return coverage.areContractsRead ? words : words + " Contracts weren't looked at.";
}

} // namespace meshbone::catalog
