// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_drift.h>

#include <backbone/iso_time.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace meshbone::catalog {
namespace {

using namespace backbone;
using enum DriftKind;

constexpr std::array<std::string_view, kDriftKinds> kNames{"missing",   "ended-but-present", "changed",  "wider",
                                                           "unmanaged", "orphaned",          "shadowed", "redundant",
                                                           "conflict",  "hot-pattern",       "flapping"};

std::string wanting(const std::vector<std::string>& grants) {
    return fmt::format("{} {}", grants.size() == 1 ? "grant" : "grants", fmt::join(grants, ", "));
}

std::string shadowed(const DriftFinding& finding) {
    if (finding.other) {
        return fmt::format("It allows nothing: {} denies it.", describe(*finding.other));
    }
    const auto sleeping = finding.binding.host.find('/') != std::string::npos
                              ? " From a later version of Apache Kafka on ranges of addresses match (KIP-1276): remove "
                                "it before you upgrade."
                              : "";
    return fmt::format("No request can meet it. {}{}", whyNeverMatches(finding.binding), sleeping);
}

std::string flapping(const DriftFinding& finding) {
    const auto last = finding.sinceMs < 0 ? std::string() : fmt::format(", here last on {}", isoTime(finding.sinceMs));
    const auto did =
        finding.grants.empty()
            ? fmt::format("It was removed here, and somebody else put it back {} times{}.", finding.returns, last)
            : fmt::format("Agreed by {}; somebody else took it away, and it was put back {} times{}.",
                          wanting(finding.grants), finding.returns, last);
    const auto who = finding.changers.empty()
                         ? std::string("super users alone may change ACLs")
                         : fmt::format("besides super users {} may change ACLs", fmt::join(finding.changers, ", "));
    return fmt::format(
        "{} Find the other writer (MirrorMaker 2, Cluster Linking and Strimzi do this): {}. Until then it "
        "is left alone; {} it here to try again.",
        did, who, finding.grants.empty() ? "revoke" : "re-apply");
}

std::string patternWords(const DriftFinding& finding) {
    const auto& binding = finding.binding;
    return fmt::format("{} {} '{}'", binding.pattern == PatternType::Prefixed ? "the prefix of" : "the",
                       binding.resourceKind == ResourceKind::TransactionalId ? "transactional id"
                       : binding.resourceKind == ResourceKind::Group         ? "group"
                                                                             : "resource",
                       binding.resource);
}

} // namespace

std::string_view driftName(DriftKind kind) {
    return kNames.at(static_cast<std::size_t>(kind));
}

std::string meaningOf(const DriftFinding& finding) {
    switch (finding.kind) {
    case Missing:
        return fmt::format("Agreed by {}, but not there: whoever relies on it is refused.", wanting(finding.grants));
    case EndedButPresent:
        return "It is ours, no grant wants it any more, and it is still there: access goes on that has ended.";
    case Changed:
        return fmt::format("It stands where {} should, which {} agreed to: somebody changed one field.",
                           describe(*finding.other), wanting(finding.grants));
    case Wider:
        return fmt::format("Nobody agreed to it, and it allows more than {} of {}.", describe(*finding.other),
                           wanting(finding.grants));
    case Unmanaged:
        return "It is there and nobody agreed to it here: another tool or person made it.";
    case Orphaned:
        return fmt::format("Its principal or its topic is gone. It would hold for the next {} of that name.",
                           finding.binding.resourceKind == ResourceKind::Topic ? "topic or principal" : "principal");
    case Shadowed:
        return shadowed(finding);
    case Redundant:
        return fmt::format("{} allows the same and more, so it changes nothing while that is there.",
                           describe(*finding.other));
    case Conflict:
        return fmt::format("{} principals may use {}: {}. If they run at once, they take each other's work.",
                           finding.principals.size(), patternWords(finding), fmt::join(finding.principals, ", "));
    case HotPattern:
        return fmt::format("{} principals have bindings on one pattern, '{}'. Apache Kafka looks at all of them for "
                           "each topic and becomes slow from {} on.",
                           finding.principals.size(), finding.binding.resource, kHotPatternFrom);
    case Flapping:
        return flapping(finding);
    }
    return {};
}

std::vector<DriftFix> fixesOf(const DriftFinding& finding, const DriftContext& context) {
    using enum DriftFix;
    constexpr TimestampMs kDayMs = 24LL * 60 * 60 * 1'000;
    switch (finding.kind) {
    case Missing:
        return {Reapply};
    case EndedButPresent:
        return {Revoke};
    case Changed:
        return {Reapply, Adopt, IgnoreUntil};
    case Wider:
        return {Narrow, Adopt, IgnoreUntil};
    case Unmanaged:
        return {Adopt, IgnoreUntil};
    case Orphaned:
        if (!finding.isOwn) {
            return {Adopt, IgnoreUntil};
        }
        return context.nowMs - finding.sinceMs >= context.orphanedDays * kDayMs ? std::vector{Revoke, IgnoreUntil}
                                                                                : std::vector{IgnoreUntil};
    case Redundant: // without its cover it would be missed
        if (!finding.isOtherOwn) {
            return {IgnoreUntil};
        }
        return finding.isOwn ? std::vector{Revoke, IgnoreUntil} : std::vector{Adopt, IgnoreUntil};
    case Shadowed:
    case Conflict:
    case HotPattern:
        return {IgnoreUntil};
    case Flapping: // done again only when a person says so
        if (!finding.grants.empty()) {
            return {Reapply};
        }
        return finding.isOwn ? std::vector{Revoke} : std::vector{IgnoreUntil, Adopt, Revoke};
    }
    return {};
}

} // namespace meshbone::catalog
