// SPDX-License-Identifier: Apache-2.0
// meshctl access explain, who, what: may they, who may, what may they.
#include "commands/access_look.h"
#include "commands/access_options.h"
#include "commands/command.h"
#include "commands/text_table.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <memory>

namespace meshbone::app {

using namespace catalog;
using backbone::Operation;
using backbone::ResourceKind;

namespace {

struct ExplainOptions : CommonOptions {
    ClientAction action;
    std::string operation, kind = "topic", resource, principal, host;
};
using AccessExplainWork = Status (*)(const ExplainOptions& options, const AccessSurvey& survey);

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '-' ? '_' : c;
    });
    return text;
}

Json checkJson(const AccessCheck& check) {
    return {{"api", check.api},
            {"operation", name(check.operation)},
            {"resourceType", name(check.resourceKind)},
            {"resource", check.resource},
            {"allowed", check.allowed},
            {"by", check.by ? bindingJson(*check.by) : Json()},
            {"grants", check.grants},
            {"policies", check.policies},
            {"suspended", check.suspended},
            {"refusedCode", check.refusedCode},
            {"why", check.why}};
}

Status explainAction(const ExplainOptions& options, const AccessSurvey& survey) {
    const Explanation explanation = explain(survey.facts(), options.action);
    if (explanation.checks.empty()) {
        return fail(ErrorCode::InvalidArgument,
                    "Nothing is asked: name what it reads or writes, with --read TOPIC or --write TOPIC.");
    }
    if (options.json) {
        Json checks = Json::array();
        for (const AccessCheck& check : explanation.checks) {
            checks.push_back(checkJson(check));
        }
        printJson({{"allowed", explanation.allowed},
                   {"verdict", explanation.verdict},
                   {"checks", std::move(checks)},
                   {"unknown", survey.unknown}});
        return {};
    }
    fmt::print("{}\n", explanation.verdict);
    TextTable table({"Asked by", "Right", "On", "", "Why", "Grants"});
    for (const AccessCheck& check : explanation.checks) {
        table.add({std::string(check.api), std::string(name(check.operation)),
                   fmt::format("{} {}", name(check.resourceKind), check.resource), check.allowed ? "yes" : "no",
                   check.why, fmt::format("{}", fmt::join(check.grants, ", "))});
    }
    table.print();
    printUnknown(survey.unknown);
    return {};
}

std::string byWords(const WhoMay& row) {
    std::string text;
    for (const backbone::AclBinding* binding : row.by) {
        (text += text.empty() ? "" : "; ") += backbone::describe(*binding);
    }
    if (row.shutOutBy != nullptr) {
        text += fmt::format("; but shut out by {}", backbone::describe(*row.shutOutBy));
    }
    return text;
}

Json whoJson(const WhoMay& row) {
    Json by = Json::array();
    for (const backbone::AclBinding* binding : row.by) {
        by.push_back(bindingJson(*binding));
    }
    return {{"principal", row.principal},
            {"host", row.host},
            {"by", std::move(by)},
            {"exceptPrincipals", row.exceptPrincipals},
            {"exceptHosts", row.exceptHosts},
            {"shutOutBy", row.shutOutBy == nullptr ? Json() : bindingJson(*row.shutOutBy)}};
}

Status who(const ExplainOptions& options, const AccessSurvey& survey) {
    const auto operation = backbone::operationNamed(upper(options.operation));
    const auto kind = backbone::resourceKindNamed(upper(options.kind));
    if (!operation || !kind) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("'{}' isn't {}.", operation ? options.kind : options.operation,
                                operation ? "a kind such as topic or group" : "an operation such as read or write"));
    }
    const WhoMayAnswer answer = whoMay(survey.actual->table(), *operation, *kind, options.resource);
    if (options.json) {
        Json rows = Json::array();
        for (const WhoMay& row : answer.rows) {
            rows.push_back(whoJson(row));
        }
        printJson(
            {{"who", std::move(rows)}, {"everybodyBySetting", answer.everybodyBySetting}, {"note", kSuperUsersUnseen}});
        return {};
    }
    TextTable table({"Principal", "From", "Except", "By"});
    for (const WhoMay& row : answer.rows) {
        table.add({std::string(row.principal), std::string(row.host),
                   fmt::format("{}", fmt::join(row.exceptPrincipals, ", ")), byWords(row)});
    }
    table.print();
    fmt::print("{}{}\n",
               answer.everybodyBySetting ? "No binding covers it, and the broker then allows everybody. " : "",
               kSuperUsersUnseen);
    return {};
}

Status what(const ExplainOptions& options, const AccessSurvey& survey) {
    if (!survey.context.topics) {
        return fail(ErrorCode::Unavailable, fmt::format("{}", fmt::join(survey.unknown, " ")));
    }
    const std::vector<std::string> topics(survey.context.topics->begin(), survey.context.topics->end());
    Json json = Json::array();
    TextTable table({"Topic", "May", "By"});
    for (const Operation operation : {Operation::Read, Operation::Write}) {
        for (const ReachedTopic& reached :
             topicsOf(survey.facts(), options.principal, options.host, operation, topics)) {
            json.push_back({{"topic", reached.topic},
                            {"operation", name(operation)},
                            {"by", reached.by == nullptr ? Json() : bindingJson(*reached.by)}});
            table.add(
                {std::string(reached.topic), std::string(name(operation)),
                 reached.by == nullptr ? "super user, or the broker's setting" : backbone::describe(*reached.by)});
        }
    }
    options.json ? printJson(json) : table.print();
    return {};
}

CLI::App* addOne(CLI::App& access, const std::shared_ptr<ExplainOptions>& options, int& status, const char* name,
                 const char* about, AccessExplainWork work) {
    auto* command = access.add_subcommand(name, about);
    addCommonOptions(*command, *options);
    command->callback([options, &status, work] {
        status = withMesh(*options, Projection::AnyOne, [&](const OpenMesh& mesh) -> Status {
            const auto survey = lookAtAccess(*options, mesh);
            return survey ? work(*options, *survey) : std::unexpected(survey.error());
        });
    });
    return command;
}

} // namespace

void addExplaining(CLI::App& access, int& status) {
    const auto options = std::make_shared<ExplainOptions>();
    ClientAction& action = options->action;
    auto* explaining =
        addOne(access, options, status, "explain",
               "May a principal do this, and why: every right that is asked for on the way", &explainAction);
    explaining->add_option("--principal", action.principal, "Who: 'User:name'")->required();
    explaining->add_option("--host", action.host, "From which address; none: from one that no binding names");
    explaining->add_option("--read", action.reads, "A topic that it reads; may be repeated")->allow_extra_args(false);
    explaining->add_option("--write", action.writes, "A topic that it writes; may be repeated")
        ->allow_extra_args(false);
    explaining->add_option("--group", action.group, "Its consumer group");
    explaining->add_option("--transactional-id", action.transactionalId, "Its transactional id");
    auto* asking =
        addOne(access, options, status, "who", "Who may do this: through names, prefixes and wildcards", &who);
    asking->add_option("operation", options->operation, "read, write, describe, …")->required();
    asking->add_option("name", options->resource, "Of what: a topic's name, or a group's with --kind group")
        ->required();
    asking->add_option("--kind", options->kind, "topic, group, transactional-id or cluster")->capture_default_str();
    auto* reaching = addOne(access, options, status, "what", "Which topics a principal may read and write", &what);
    reaching->add_option("principal", options->principal, "Who: 'User:name'")->required();
    reaching->add_option("--host", options->host, "From which address; none: from one that no binding names");
}

} // namespace meshbone::app
