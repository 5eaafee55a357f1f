// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/text_table.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <memory>

namespace meshbone::app {

namespace {

struct GroupsOptions : CommonOptions {
    std::string group;
};

Status list(const GroupsOptions& options, backbone::Admin& admin) {
    auto groups = admin.groups(options.call());
    if (!groups) {
        return std::unexpected(groups.error());
    }
    std::ranges::sort(*groups, {}, &backbone::GroupSummary::group);
    Json json = Json::array();
    TextTable table({"Group", "State", "Type"});
    for (const auto& group : *groups) {
        json.push_back({{"group", group.group}, {"state", group.state}, {"type", group.type}});
        table.add({group.group, group.state, group.type});
    }
    options.json ? printJson(json) : table.print();
    return {};
}

std::string memberOf(const backbone::GroupDetail& detail, const TopicPartition& at) {
    for (const auto& member : detail.members) {
        if (std::ranges::find(member.assignment, at) != member.assignment.end()) {
            return member.clientId;
        }
    }
    return "-";
}

Status describe(const GroupsOptions& options, backbone::Admin& admin) {
    const auto details = admin.describeGroups({options.group}, options.call());
    if (!details) {
        return std::unexpected(details.error());
    }
    if (details->empty() || details->front().state == "Dead") {
        return fail(ErrorCode::NotFound, "There is no group '" + options.group + "'.");
    }
    const auto& detail = details->front();
    const auto committed = admin.groupOffsets(options.group, options.call());
    if (!committed) {
        return std::unexpected(committed.error());
    }
    std::vector<backbone::OffsetQuery> queries;
    for (const auto& offset : *committed) {
        queries.push_back({offset.at, backbone::OffsetQuery::Kind::Latest, -1});
    }
    const auto ends = admin.offsets(queries, options.call());
    if (!ends) {
        return std::unexpected(ends.error());
    }
    Json json{{"group", detail.group},
              {"state", detail.state},
              {"protocol", detail.protocol},
              {"members", Json::array()},
              {"offsets", Json::array()}};
    for (const auto& member : detail.members) {
        json["members"].push_back(
            {{"memberId", member.memberId}, {"clientId", member.clientId}, {"host", member.host}});
    }
    TextTable table({"Topic", "Partition", "Committed", "End", "Lag", "Member"});
    for (const auto& offset : *committed) {
        const auto end = std::ranges::find(*ends, offset.at, &backbone::OffsetAnswer::at);
        const auto latest = end == ends->end() ? offset.committed : end->offset;
        const auto lag = latest - offset.committed;
        json["offsets"].push_back({{"topic", offset.at.topic},
                                   {"partition", offset.at.partition.value()},
                                   {"committed", offset.committed.value()},
                                   {"end", latest.value()},
                                   {"lag", lag}});
        table.add({offset.at.topic, std::to_string(offset.at.partition.value()),
                   std::to_string(offset.committed.value()), std::to_string(latest.value()), std::to_string(lag),
                   memberOf(detail, offset.at)});
    }
    if (options.json) {
        printJson(json);
    } else {
        fmt::print("{}: {}, {} member(s), assignor {}\n", detail.group, detail.state, detail.members.size(),
                   detail.protocol.empty() ? "-" : detail.protocol);
        table.print();
    }
    return {};
}

Status remove(const GroupsOptions& options, backbone::Admin& admin) {
    if (const auto done = admin.deleteGroup(options.group, options.call()); !done) {
        return done;
    }
    options.json ? printJson(Json{{"deleted", options.group}}) : fmt::print("Deleted group {}.\n", options.group);
    return {};
}

using GroupsWork = Status (*)(const GroupsOptions&, backbone::Admin&);

void addOne(CLI::App& groups, const std::shared_ptr<GroupsOptions>& options, int& status, const char* name,
            const char* about, GroupsWork work) {
    auto* command = groups.add_subcommand(name, about);
    addCommonOptions(*command, *options);
    if (std::string_view(name) != "list") {
        command->add_option("group", options->group, "Consumer group")->required();
    }
    command->callback([options, &status, work] {
        status = withAdmin(*options, [&](backbone::Admin& admin) { return work(*options, admin); });
    });
}

} // namespace

void addGroups(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<GroupsOptions>();
    auto* groups = meshctl.add_subcommand("groups", "List, describe and delete consumer groups");
    groups->require_subcommand(1);
    addOne(*groups, options, status, "list", "List the groups", &list);
    addOne(*groups, options, status, "describe", "Members, committed offsets and lag of a group", &describe);
    addOne(*groups, options, status, "delete", "Delete an empty group and its offsets", &remove);
}

} // namespace meshbone::app
