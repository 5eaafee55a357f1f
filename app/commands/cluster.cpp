// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/text_table.h"

#include <backbone/capabilities.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <memory>

namespace meshbone::app {

namespace {

std::string addressOf(const backbone::NodeInfo& node) {
    return fmt::format("{}:{}", node.host, node.port);
}

Json jsonOf(const backbone::Capabilities& found) {
    Json json{
        {"clusterId", found.clusterId}, {"principal", found.principal.empty() ? Json(nullptr) : Json(found.principal)},
        {"who", found.whoSentence},     {"rights", nullptr},
        {"brokers", Json::array()},     {"features", Json::array()}};
    if (found.rights) {
        json["rights"] = Json::array();
        for (const auto right : *found.rights) {
            json["rights"].push_back(name(right));
        }
    }
    for (const auto& broker : found.brokers) {
        json["brokers"].push_back({{"id", broker.node.id},
                                   {"address", addressOf(broker.node)},
                                   {"answered", broker.answered},
                                   {"sentence", broker.sentence}});
    }
    for (const auto& feature : found.features) {
        json["features"].push_back({{"feature", featureName(feature.feature)},
                                    {"offered", feature.offered},
                                    {"available", feature.available},
                                    {"sentence", feature.sentence}});
    }
    return json;
}

std::string rightsOf(const backbone::Capabilities& found) {
    if (!found.rights) {
        return "not told";
    }
    std::string names;
    for (const auto right : *found.rights) {
        names += (names.empty() ? "" : ", ") + std::string(name(right));
    }
    return names.empty() ? "none" : names;
}

void print(const backbone::Capabilities& found) {
    fmt::print("Cluster {}\n{}\nIts rights on the cluster: {}.\n\n", found.clusterId, found.whoSentence,
               rightsOf(found));
    TextTable table({"What", "Works", "Why"});
    for (const auto& broker : found.brokers) {
        table.add({fmt::format("broker {} at {}", broker.node.id, addressOf(broker.node)),
                   broker.answered ? "yes" : "no", broker.sentence});
    }
    for (const auto& feature : found.features) {
        table.add({std::string(featureTitle(feature.feature)), feature.available ? "yes" : "no", feature.sentence});
    }
    table.print();
}

int test(const CommonOptions& options) {
    const auto profile = options.profile();
    if (!profile) {
        return reportError(profile.error(), options.json);
    }
    const auto found = backbone::probeCapabilities(*profile, options.call());
    if (!found) {
        return reportError(found.error(), options.json);
    }
    options.json ? printJson(jsonOf(*found)) : print(*found);
    return std::ranges::all_of(found->brokers, &backbone::BrokerCheck::answered) ? 0 : 1;
}

} // namespace

void addCluster(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<CommonOptions>();
    auto* cluster = meshctl.add_subcommand("cluster", "What a backbone is and can do");
    cluster->require_subcommand(1);
    auto* command = cluster->add_subcommand(
        "test", "Which brokers answer, as whom, and what the cluster offers; status 1 when a broker doesn't answer");
    addCommonOptions(*command, *options);
    command->callback([options, &status] { status = test(*options); });
}

} // namespace meshbone::app
