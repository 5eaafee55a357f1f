// SPDX-License-Identifier: Apache-2.0
// meshctl schema violations, watch: events that aren't as the schemas of their topics say.
#include "commands/json_output.h"
#include "commands/schema_parts.h"
#include "commands/stop_signals.h"
#include "commands/text_table.h"

#include "schema_marks.h"

#include <backbone/backbone.h>
#include <catalog/schema_watch.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <ranges>

namespace meshbone::app {

namespace {

using namespace catalog;

constexpr std::chrono::milliseconds kLookForMarks{200};

std::string placeWord(const SchemaViolation& one) {
    return one.offset == kNoOffset ? fmt::format("{}, refused", one.at.partition.value())
                                   : fmt::format("{} / {}", one.at.partition.value(), one.offset.value());
}

/// Of the registry's own broker; of a cluster, what was found by watching it from this machine.
Result<std::vector<TopicViolations>> marksOf(const SchemaOptions& options) {
    const bool isCluster = !options.profileName.empty() || !options.bootstrap.empty();
    if (!isCluster || !options.registry.url.empty()) {
        const auto registry = openRegistry(options.registry, options);
        auto told = registry ? (*registry)->violations(options.call()) : std::unexpected(registry.error());
        if (told || !options.registry.url.empty()) {
            return told;
        }
    }
    const auto profile = options.profile();
    return profile ? readMarks(options.folderOf(*profile)) : std::unexpected(profile.error());
}

void printTopic(const TopicViolations& topic) {
    fmt::print("{}: {} events aren't as the schema says, {} of them were refused; the last {}\n", topic.topic,
               topic.records, topic.refused, isoTime(topic.lastMs));
    TextTable causes({"Events", "What is wrong"});
    for (const auto& [cause, records] : topic.causes) {
        causes.add({std::to_string(records), cause});
    }
    causes.print();
    TextTable newest({"Time", "Partition / offset", "Subject", "Id", "Field", "Written by", "What is wrong"});
    for (const auto& one : topic.newest) {
        newest.add({isoTime(one.timeMs), placeWord(one), one.subject,
                    one.schema.value() < 0 ? std::string() : std::to_string(one.schema.value()), one.field,
                    one.principal.empty() ? std::string("not known") : fmt::format("{}, {}", one.principal, one.client),
                    one.why});
    }
    newest.print();
}

Status violations(const SchemaOptions& options) {
    auto topics = marksOf(options);
    if (!topics) {
        return std::unexpected(topics.error());
    }
    std::erase_if(*topics,
                  [&](const TopicViolations& one) { return !options.topic.empty() && one.topic != options.topic; });
    if (options.json) {
        printJson(Json::parse(violationsToJson(*topics)));
        return {};
    }
    for (const auto& topic : *topics) {
        printTopic(topic);
    }
    if (topics->empty()) {
        fmt::print("No events against their schemas are known.\n");
    }
    return {};
}

/// Prints what was marked since the last look, the first one first.
class NewMarks {
public:
    explicit NewMarks(const ViolationBook& book) {
        for (const auto& topic : book.all()) {
            m_told[topic.topic] = topic.records;
        }
    }
    void print(const ViolationBook& book, bool asJson) {
        for (auto topic : book.all()) {
            auto& told = m_told[topic.topic];
            const auto isNew = static_cast<std::size_t>(std::max<std::int64_t>(topic.records - told, 0));
            told = topic.records;
            topic.newest.resize(std::min(isNew, topic.newest.size()));
            for (const auto& one : std::views::reverse(topic.newest)) {
                asJson ? printOne(topic, one)
                       : fmt::print("{} {} {}: {}\n", isoTime(one.timeMs), topic.topic, placeWord(one), one.why);
            }
        }
        std::fflush(stdout);
    }

private:
    static void printOne(const TopicViolations& topic, const SchemaViolation& one) {
        fmt::print("{}\n", Json{{"topic", topic.topic},
                                {"partition", one.at.partition.value()},
                                {"offset", one.offset.value()},
                                {"subject", one.subject},
                                {"id", one.schema.value()},
                                {"field", one.field},
                                {"cause", one.cause},
                                {"why", one.why}}
                               .dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    std::map<std::string, std::int64_t> m_told;
};

Status watch(const SchemaOptions& options, SchemaRegistry& registry) {
    const StopSignals signals; // before any thread is made
    const auto profile = options.profile();
    auto backbone =
        profile ? backbone::Backbone::open(*profile, options.folderOf(*profile)) : std::unexpected(profile.error());
    if (!backbone) {
        return std::unexpected(backbone.error());
    }
    SchemaGuard guard;
    const MarksKeeper keeper(guard.marks(), marksFile(options.folderOf(*profile)), "meshctl");
    if (!keeper.isOnlyOne()) {
        return fail(ErrorCode::Locked, "A desktop or another 'meshctl schema watch' watches this backbone already.");
    }
    NewMarks news(guard.marks());
    std::map<std::string, std::string> told;
    const SchemaWatch watching(**backbone, registry, guard);
    while (!signals.waitFor(kLookForMarks)) {
        news.print(guard.marks(), options.json);
        if (auto problems = guard.marks().problems(); problems != told) {
            for (const auto& [topic, why] : problems) {
                fmt::print(stderr, "{}{}{}\n", topic, topic.empty() ? "" : ": ", why);
            }
            told = std::move(problems);
        }
    }
    return {};
}

} // namespace

void addSchemaWatch(CLI::App& schema, int& status) {
    auto options = std::make_shared<SchemaOptions>();
    auto* command = schema.add_subcommand(
        "violations", "Events that aren't as the schemas of their topics say: counts by cause, and the newest");
    addCommonOptions(*command, *options);
    addRegistryOptions(*command, options->registry);
    command->add_option("topic", options->topic, "Of this topic only");
    command->callback([options, &status] {
        const auto done = violations(*options);
        status = done ? 0 : reportError(done.error(), options->json);
    });

    options = std::make_shared<SchemaOptions>();
    addSchemaCommand(schema, "watch",
                     "Read what is written to topics whose subject's validation is LOG or REFUSE, on a cluster that "
                     "checks nothing itself, and mark what isn't as the schemas say, until stopped",
                     options, status, watch);
}

} // namespace meshbone::app
