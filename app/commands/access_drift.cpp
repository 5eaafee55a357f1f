// SPDX-License-Identifier: Apache-2.0
// meshctl access drift: where the backbone differs from what is agreed.
#include "commands/access_findings.h"
#include "commands/access_look.h"
#include "commands/access_parts.h"
#include "commands/command.h"
#include "commands/text_table.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <span>

namespace meshbone::app {

using namespace catalog;

std::string findingId(const DriftFinding& finding) {
    std::uint32_t hash = 2'166'136'261U; // FNV-1a
    for (const char c : std::string(driftName(finding.kind)) + ' ' + backbone::describe(finding.binding)) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
    }
    return fmt::format("{:08x}", hash);
}

std::string actsText(const DriftFinding& finding, const AccessSurvey& survey) {
    std::string all;
    for (const MendAct act : actsOn(finding, survey)) {
        (all += all.empty() ? "" : ", ") += nameOfAct(act);
    }
    return all;
}

namespace {

Json findingJson(const DriftFinding& finding, const AccessSurvey& survey) {
    Json acts = Json::array();
    for (const MendAct act : actsOn(finding, survey)) {
        acts.push_back(nameOfAct(act));
    }
    return {{"id", findingId(finding)},
            {"kind", driftName(finding.kind)},
            {"meaning", meaningOf(finding)},
            {"binding", bindingJson(finding.binding)},
            {"other", finding.other ? bindingJson(*finding.other) : Json()},
            {"isOwn", finding.isOwn},
            {"grants", finding.grants},
            {"principals", finding.principals},
            {"returns", finding.returns},
            {"lastChangedHere", finding.kind == DriftKind::Flapping ? timeJson(finding.sinceMs) : Json()},
            {"mayChangeAcls", finding.changers},
            {"acts", std::move(acts)}};
}

/// What is about a pattern names all who are on it, as far as they fit a line.
std::string whoseFinding(const DriftFinding& finding) {
    constexpr std::size_t kNamed = 3;
    if (finding.principals.empty()) {
        return finding.binding.principal;
    }
    const std::size_t named = std::min(kNamed, finding.principals.size());
    const std::span<const std::string> shown(finding.principals.data(), named);
    return finding.principals.size() > named
               ? fmt::format("{} and {} more", fmt::join(shown, ", "), finding.principals.size() - named)
               : fmt::format("{}", fmt::join(shown, ", "));
}

/// What is about a pattern has no right: who is on it, and what that means, says all.
std::string bindingText(const DriftFinding& finding) {
    return finding.principals.empty()
               ? backbone::describe(finding.binding)
               : fmt::format("{} {}", name(finding.binding.resourceKind), finding.binding.resource);
}

Status drift(const CommonOptions& options, const OpenMesh& mesh) {
    const auto survey = lookAtAccess(options, mesh);
    const auto found = survey ? driftOf(*survey) : std::unexpected(survey.error());
    if (!found) {
        return std::unexpected(found.error());
    }
    Json json = Json::array();
    TextTable table({"Finding", "Kind", "Principal", "Binding", "What it means", "What may be done"});
    for (const DriftFinding& finding : *found) {
        json.push_back(findingJson(finding, *survey));
        table.add({findingId(finding), std::string(driftName(finding.kind)), whoseFinding(finding),
                   bindingText(finding), meaningOf(finding), actsText(finding, *survey)});
    }
    if (options.json) {
        printJson({{"findings", std::move(json)}, {"unknown", survey->unknown}});
        return {};
    }
    table.print();
    fmt::print("{}\n", found->empty() ? "What is there is what is agreed." : "");
    printUnknown(survey->unknown);
    return {};
}

} // namespace

void addDrift(CLI::App& access, int& status) {
    const auto options = std::make_shared<CommonOptions>();
    auto* command =
        access.add_subcommand("drift", "Where the backbone differs from what is agreed, and what may be done about it");
    addCommonOptions(*command, *options);
    command->callback([options, &status] {
        status = withMesh(*options, Projection::AnyOne, [&](const OpenMesh& mesh) { return drift(*options, mesh); });
    });
}

} // namespace meshbone::app
