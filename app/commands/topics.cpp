// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/text_table.h"
#include "settings.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <memory>

namespace meshbone::app {

namespace {

struct TopicsOptions : CommonOptions {
    std::string topic;
    std::int32_t partitions = 1;
    std::vector<std::string> configs;
    std::vector<std::string> unset;
    bool internal = false;
    bool yes = false;
};

/// What is on disk, where the cluster tells; why not stands on standard error, so that the rest is still shown.
struct Sizes {
    backbone::LogDirs dirs;
    std::map<std::string, std::int64_t> topics;
    [[nodiscard]] std::optional<std::int64_t> of(const TopicPartition& at) const { return dirs.sizeOf(at); }
    [[nodiscard]] std::optional<std::int64_t> ofTopic(const std::string& topic) const {
        const auto found = topics.find(topic);
        return found != topics.end() ? std::optional(found->second) : std::nullopt;
    }
};

Sizes readSizes(backbone::Admin& admin, const std::vector<TopicPartition>& partitions, const TopicsOptions& options) {
    auto dirs = admin.logDirs(partitions, options.call());
    if (!dirs) {
        fmt::print(stderr, "meshctl: {}\n", dirs.error().message);
        return {};
    }
    auto topics = dirs->sizesByTopic();
    return {std::move(*dirs), std::move(topics)};
}

Json jsonSize(const std::optional<std::int64_t>& sizeBytes) {
    return sizeBytes ? Json(*sizeBytes) : Json();
}

std::string sizeText(const std::optional<std::int64_t>& sizeBytes) {
    return sizeBytes ? std::to_string(*sizeBytes) : "-";
}

Status list(const TopicsOptions& options, backbone::Admin& admin) {
    auto topics = admin.topics(options.call());
    if (!topics) {
        return std::unexpected(topics.error());
    }
    if (!options.internal) {
        std::erase_if(*topics, &backbone::TopicSummary::internal);
    }
    std::ranges::sort(*topics, {}, &backbone::TopicSummary::name);
    const auto sizes = readSizes(admin, {}, options);
    Json json = Json::array();
    TextTable table({"Topic", "Partitions", "Replicas", "Bytes on disk", "Id"});
    for (const auto& topic : *topics) {
        json.push_back({{"name", topic.name},
                        {"partitions", topic.partitions},
                        {"replicationFactor", topic.replicationFactor},
                        {"id", topic.id.toString()},
                        {"sizeBytes", jsonSize(sizes.ofTopic(topic.name))},
                        {"internal", topic.internal}});
        table.add({topic.name, std::to_string(topic.partitions), std::to_string(topic.replicationFactor),
                   sizeText(sizes.ofTopic(topic.name)), topic.id.toString()});
    }
    options.json ? printJson(json) : table.print();
    return {};
}

Status describe(const TopicsOptions& options, backbone::Admin& admin) {
    const auto partitions = admin.partitions(options.topic, options.call());
    if (!partitions) {
        return std::unexpected(partitions.error());
    }
    const auto configs = admin.topicConfig(options.topic, options.call());
    if (!configs) {
        return std::unexpected(configs.error());
    }
    Json json{{"topic", options.topic}, {"partitions", Json::array()}, {"configs", Json::object()}};
    std::vector<TopicPartition> asked;
    std::ranges::transform(*partitions, std::back_inserter(asked), [&](const auto& p) {
        return TopicPartition{options.topic, p.partition};
    });
    const auto sizes = readSizes(admin, asked, options);
    TextTable table({"Partition", "Leader", "Epoch", "Log start", "End", "Records", "Bytes on disk"});
    for (const auto& p : *partitions) {
        json["partitions"].push_back({{"partition", p.partition.value()},
                                      {"leader", p.leader},
                                      {"leaderEpoch", p.leaderEpoch.value()},
                                      {"logStart", p.logStart.value()},
                                      {"highWatermark", p.highWatermark.value()},
                                      {"sizeBytes", jsonSize(sizes.of({options.topic, p.partition}))}});
        table.add({std::to_string(p.partition.value()), std::to_string(p.leader), std::to_string(p.leaderEpoch.value()),
                   std::to_string(p.logStart.value()), std::to_string(p.highWatermark.value()),
                   std::to_string(p.highWatermark - p.logStart), sizeText(sizes.of({options.topic, p.partition}))});
    }
    TextTable settings({"Setting", "Value", "Source"});
    for (const auto& entry : *configs) {
        json["configs"][entry.name] = entry.value ? Json(*entry.value) : Json();
        settings.add({entry.name, entry.value.value_or(""),
                      entry.source == backbone::ConfigSource::Topic ? "topic" : "default"});
    }
    if (options.json) {
        printJson(json);
    } else {
        table.print();
        fmt::print("\n");
        settings.print();
    }
    return {};
}

Status create(const TopicsOptions& options, backbone::Admin& admin) {
    const auto configs = parseSettings(options.configs);
    if (!configs) {
        return std::unexpected(configs.error());
    }
    backbone::NewTopic topic;
    topic.name = options.topic;
    topic.partitions = options.partitions;
    topic.configs = *configs;
    if (const auto done = admin.createTopic(topic, options.call()); !done) {
        return done;
    }
    options.json ? printJson(Json{{"created", options.topic}})
                 : fmt::print("Created {} with {} partition(s).\n", options.topic, options.partitions);
    return {};
}

Status remove(const TopicsOptions& options, backbone::Admin& admin) {
    if (!options.yes) {
        return fail(ErrorCode::InvalidArgument,
                    "Deleting " + options.topic + " deletes its records for good; say --yes to do it.");
    }
    if (const auto done = admin.deleteTopic(options.topic, options.call()); !done) {
        return done;
    }
    options.json ? printJson(Json{{"deleted", options.topic}}) : fmt::print("Deleted {}.\n", options.topic);
    return {};
}

Status configure(const TopicsOptions& options, backbone::Admin& admin) {
    const auto configs = parseSettings(options.configs);
    if (!configs) {
        return std::unexpected(configs.error());
    }
    std::map<std::string, std::optional<std::string>> changes;
    for (const auto& [name, value] : *configs) {
        changes[name] = value;
    }
    for (const auto& name : options.unset) {
        changes[name] = std::nullopt;
    }
    if (changes.empty()) {
        return fail(ErrorCode::InvalidArgument, "Nothing to change: give --set NAME=VALUE or --unset NAME.");
    }
    if (const auto done = admin.alterTopicConfig(options.topic, changes, options.call()); !done) {
        return done;
    }
    options.json ? printJson(Json{{"configured", options.topic}, {"changes", changes.size()}})
                 : fmt::print("Changed {} setting(s) of {}.\n", changes.size(), options.topic);
    return {};
}

Status addPartitions(const TopicsOptions& options, backbone::Admin& admin) {
    if (const auto done = admin.addPartitions(options.topic, options.partitions, options.call()); !done) {
        return done;
    }
    options.json ? printJson(Json{{"topic", options.topic}, {"partitions", options.partitions}})
                 : fmt::print("{} has {} partitions now.\n", options.topic, options.partitions);
    return {};
}

using TopicsWork = Status (*)(const TopicsOptions&, backbone::Admin&);

CLI::App* addOne(CLI::App& topics, const std::shared_ptr<TopicsOptions>& options, int& status, const char* name,
                 const char* about, TopicsWork work) {
    auto* command = topics.add_subcommand(name, about);
    addCommonOptions(*command, *options);
    if (std::string_view(name) != "list") {
        command->add_option("topic", options->topic, "Topic")->required();
    }
    command->callback([options, &status, work] {
        status = withAdmin(*options, [&](backbone::Admin& admin) { return work(*options, admin); });
    });
    return command;
}

} // namespace

void addTopics(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<TopicsOptions>();
    auto* topics = meshctl.add_subcommand("topics", "List, describe, create, configure and delete topics");
    topics->require_subcommand(1);
    addOne(*topics, options, status, "list", "List the topics", &list)
        ->add_flag("--internal", options->internal, "Internal topics too");
    addOne(*topics, options, status, "describe", "Partitions and configuration of a topic", &describe);
    auto* created = addOne(*topics, options, status, "create", "Create a topic", &create);
    created->add_option("--partitions", options->partitions, "Number of partitions")->capture_default_str();
    created->add_option("--set", options->configs, "A setting, NAME=VALUE; may be repeated");
    auto* configured = addOne(*topics, options, status, "configure", "Change a topic's settings", &configure);
    configured->add_option("--set", options->configs, "A setting, NAME=VALUE; may be repeated");
    configured->add_option("--unset", options->unset, "Back to the default; may be repeated");
    addOne(*topics, options, status, "add-partitions", "Give a topic more partitions", &addPartitions)
        ->add_option("--total", options->partitions, "How many it shall have")
        ->required();
    addOne(*topics, options, status, "delete", "Delete a topic and its records", &remove)
        ->add_flag("--yes", options->yes, "Yes, delete its records for good");
}

} // namespace meshbone::app
