// SPDX-License-Identifier: Apache-2.0
#include "commands/access_simulated.h"

#include "commands/access_evidence.h"
#include "commands/text_table.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace meshbone::app {

using namespace catalog;

namespace {

constexpr std::size_t kReachShown = 50;

/// "12", "3 to 12", "up to 12": an hour or a day that the period cuts counts as a whole.
std::string countText(const SimulatedEffect& effect) {
    const auto sure = effect.count - effect.unsure;
    return effect.unsure == 0 ? std::to_string(effect.count)
           : sure == 0        ? fmt::format("up to {}", effect.count)
                              : fmt::format("{} to {}", sure, effect.count);
}

Json effectsJson(const std::vector<SimulatedEffect>& effects) {
    Json all = Json::array();
    for (const SimulatedEffect& one : effects) {
        all.push_back({{"principal", one.principal},
                       {"client", one.clientId},
                       {"operation", name(one.operation)},
                       {"resourceType", name(one.resourceKind)},
                       {"resource", one.resource},
                       {"count", one.count},
                       {"atLeast", one.count - one.unsure},
                       {"first", one.firstMs < 0 ? Json() : Json(isoTime(one.firstMs))},
                       {"last", one.lastMs < 0 ? Json() : Json(isoTime(one.lastMs))},
                       {"grade", gradeName(one.grade)},
                       {"before", one.before},
                       {"after", one.after},
                       {"note", one.note}});
    }
    return all;
}

void printEffects(const char* title, const std::vector<SimulatedEffect>& effects) {
    if (effects.empty()) {
        return;
    }
    fmt::print("{}:\n", title);
    TextTable table({"Principal", "Client", "Right", "On", "Requests", "Now", "Then"});
    for (const SimulatedEffect& one : effects) {
        table.add({one.principal, one.clientId, std::string(name(one.operation)), one.resource, countText(one),
                   one.before, one.note.empty() ? one.after : one.after + "; " + one.note});
    }
    table.print();
}

std::vector<std::string> listed(const std::optional<std::set<std::string, std::less<>>>& names) {
    return names ? std::vector<std::string>(names->begin(), names->end()) : std::vector<std::string>{};
}

/// What may be done no more, or newly, whether or not anybody was seen doing it.
void printReach(const char* title, const std::vector<ReachChange>& changes) {
    if (changes.empty()) {
        return;
    }
    fmt::print("{}:\n", title);
    for (std::size_t i = 0; i < std::min(changes.size(), kReachShown); ++i) {
        fmt::print("  {}\n", reachText(changes[i]));
    }
    if (changes.size() > kReachShown) {
        fmt::print("And {} more; --json has them.\n", changes.size() - kReachShown);
    }
}

} // namespace

SimulatedChange simulated(const AccessChange& change, const AccessSurvey& survey,
                          const lineage::AccessEvidence& evidence) {
    const backbone::AclTable& before = survey.actual->table();
    return {simulate(before, change, evidence.tuples, evidence.coverage, survey.context.nowMs),
            reachAfter(before, change, listed(survey.context.topics), listed(survey.context.principals),
                       survey.context.nowMs)};
}

Json reachJson(const std::vector<ReachChange>& changes) {
    Json all = Json::array();
    for (const ReachChange& one : changes) {
        Json operations = Json::array();
        for (const auto operation : one.operations) {
            operations.push_back(name(operation));
        }
        all.push_back({{"principal", one.principal},
                       {"host", one.host},
                       {"resourceType", name(one.resourceKind)},
                       {"resource", one.resource},
                       {"operations", std::move(operations)}});
    }
    return all;
}

Json simulatedJson(const SimulatedChange& simulated) {
    const auto& [seen, reach] = simulated;
    return {{"lost", effectsJson(seen.lost)},
            {"gained", effectsJson(seen.gained)},
            {"perhaps", effectsJson(seen.perhaps)},
            {"unseen", bindingsJson(seen.unseen)},
            {"reach", {{"lost", reachJson(reach.lost)}, {"gained", reachJson(reach.gained)}}}};
}

void printSimulated(const SimulatedChange& simulated) {
    const auto& [seen, reach] = simulated;
    printEffects("Would be lost", seen.lost);
    printEffects("Would be gained", seen.gained);
    printEffects("Would perhaps be lost", seen.perhaps);
    for (const auto& binding : seen.unseen) {
        fmt::print("Nobody was seen to use: {}\n", backbone::describe(binding));
    }
    printReach("Could no more, used or not", reach.lost);
    printReach("Could newly, used or not", reach.gained);
    fmt::print("{} rights would be lost and {} gained, used or not.\n", reach.lost.size(), reach.gained.size());
}

std::string reachText(const ReachChange& change) {
    std::vector<std::string_view> operations;
    std::ranges::transform(change.operations, std::back_inserter(operations),
                           [](backbone::Operation operation) { return name(operation); });
    return fmt::format("{}: {} on {} {}{}", change.principal, fmt::join(operations, ", "), name(change.resourceKind),
                       change.resource, change.host == backbone::kAnyHost ? "" : " from " + change.host);
}

} // namespace meshbone::app
