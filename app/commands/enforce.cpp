// SPDX-License-Identifier: Apache-2.0
// meshctl enforce: makes a backbone's ACLs agree with the grants of its ledger, beside a cluster. (A desktop, and
// `meshctl serve`, do so themselves.)
#include "commands/backbone_rule.h"
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/open_catalog.h"
#include "commands/stop_signals.h"

#include "acl_rules.h"

#include <catalog/enforcer.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <memory>

namespace meshbone::app {

namespace {

constexpr std::chrono::milliseconds kLookEvery{100};

struct EnforceOptions : CommonOptions {
    bool once = false;
};

std::string_view modeName(catalog::EnforcerMode mode) {
    switch (mode) {
    case catalog::EnforcerMode::Idle:
        return "agreed";
    case catalog::EnforcerMode::Working:
        return "working";
    case catalog::EnforcerMode::Waiting:
        return "waiting";
    }
    return "waiting";
}

void say(const catalog::EnforcerStatus& status, bool json) {
    if (json) {
        Json flapping = Json::array();
        for (const auto& binding : status.flapping) {
            flapping.push_back(backbone::describe(binding));
        }
        fmt::print("{}\n", Json{{"state", modeName(status.mode)},
                                {"reason", status.reason},
                                {"ledgerOffset", status.ledgerOffset},
                                {"flapping", std::move(flapping)}}
                               .dump());
    } else if (status.mode == catalog::EnforcerMode::Waiting) {
        fmt::print("Waiting. {}\n", status.reason);
    } else {
        fmt::print("The ACLs agree with the ledger up to entry {}.\n", status.ledgerOffset);
    }
    std::fflush(stdout);
}

/// What the enforcer says; where the backbone rules nothing, that nothing is enforced, though nothing was to be done.
catalog::EnforcerStatus saidOf(const catalog::Enforcer& enforcer, const BackboneRule& rule) {
    auto status = enforcer.status();
    if (!rule.isEnforced && status.mode == catalog::EnforcerMode::Idle) {
        status.mode = catalog::EnforcerMode::Waiting;
        status.reason = rule.why;
    }
    return status;
}

/// Says what changes until a signal comes; with --once until everything was looked at once. 1: it doesn't agree.
int follow(const EnforceOptions& options, const std::function<catalog::EnforcerStatus()>& look,
           const StopSignals& signals) {
    catalog::EnforcerStatus said;
    while (!signals.waitFor(kLookEvery)) {
        const auto status = look();
        const bool isNews =
            status.mode != said.mode || status.reason != said.reason || status.ledgerOffset != said.ledgerOffset;
        if (isNews && status.mode != catalog::EnforcerMode::Working) {
            say(status, options.json);
            said = status;
        }
        if (options.once && said.mode != catalog::EnforcerMode::Working) {
            return said.mode == catalog::EnforcerMode::Idle ? 0 : 1;
        }
    }
    return 0;
}

/// Without an authorizer the enforcer runs as well: it tells the ledger that nothing is enforced.
int enforce(const EnforceOptions& options) {
    const StopSignals signals; // before any thread is made
    int agreed = 0;
    const int opened = withMesh(options, Projection::AnyOne, [&](const OpenMesh& mesh) -> Status {
        catalog::EnforcerOptions enforcing;
        enforcing.principal = "User:" + mesh.backbone.profile().user;
        enforcing.callTimeout = std::min(enforcing.callTimeout, options.call().timeout);
        enforcing.rules = [&](const CallOptions& call) { return aclRulesOf(mesh.backbone, call); };
        const auto rule = ruleOf(mesh.backbone.access(), options.call());
        if (!rule.isEnforced && !options.once) {
            say({catalog::EnforcerMode::Waiting, rule.why, -1, -1, {}}, options.json);
        }
        const auto enforcer = catalog::Enforcer::start(mesh.catalog, mesh.backbone.access(), std::move(enforcing));
        agreed = follow(
            options, [&] { return saidOf(*enforcer, rule); }, signals);
        agreed = rule.isEnforced ? agreed : kNotEnforced;
        return {};
    });
    return opened == 0 ? agreed : opened;
}

} // namespace

void addEnforce(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<EnforceOptions>();
    auto* command = meshctl.add_subcommand(
        "enforce", "Make the backbone's ACLs agree with the grants of the ledger, and keep them so until stopped");
    addCommonOptions(*command, *options);
    command->add_flag(
        "--once", options->once,
        "Stop when everything was looked at; status 1 where it doesn't agree, 3 where nothing enforces it");
    command->callback([options, &status] { status = enforce(*options); });
}

} // namespace meshbone::app
