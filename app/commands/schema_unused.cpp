// SPDX-License-Identifier: Apache-2.0
#include "commands/json_output.h"
#include "commands/open_catalog.h"
#include "commands/read_window.h"
#include "commands/schema_parts.h"
#include "commands/text_table.h"

#include <catalog/contract_of.h>
#include <catalog/schema_usage.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace meshbone::app {

namespace {

using namespace catalog;

const char* lookedWord(VersionUsage::Looked looked) {
    constexpr std::array kWords{"none", "part", "all"};
    return kWords.at(static_cast<std::size_t>(looked));
}

/// What contracts are about; nothing: there is no mesh to ask.
std::optional<std::vector<BoundVersion>> boundOf(const SchemaOptions& options, const SchemaBook& book) {
    std::optional<std::vector<BoundVersion>> bound;
    const auto done = tryMesh(options, Projection::AnyOne, [&](const OpenMesh& mesh) -> Status {
        bound = boundVersions(mesh.catalog, book);
        return {};
    });
    if (!done) {
        fmt::print(stderr, "Contracts can't be read. {}\n", done.error().message);
    }
    return bound;
}

/// A topic that can't be read is told with the rest: the others say what they say all the same.
Result<SeenEvents> look(const SchemaOptions& options, const SchemaBookPtr& book,
                        const std::vector<std::string>& topics) {
    const auto profile = options.profile();
    if (!profile) {
        return std::unexpected(profile.error());
    }
    SeenSchemas seen(book);
    ScanAccount account;
    for (const auto& topic : topics) {
        const auto window = windowOf(options, topic);
        if (!window) {
            return std::unexpected(window.error());
        }
        const auto before = account.records();
        account.begin(topic);
        const auto read = readWindow(*profile, *window, options.call(), [&](const Record& record) {
            account.add(record);
            seen.add(record);
        });
        const bool isPart = window->fromMs >= 0 || window->toMs >= 0 || account.records() - before >= window->limit;
        account.end(isPart, read ? std::string() : read.error().message);
    }
    return seen.take(std::move(account));
}

Json topicsJson(const SeenEvents& seen) {
    auto topics = Json::array();
    for (const auto& one : seen.topics) {
        topics.push_back({{"topic", one.topic},
                          {"records", one.records},
                          {"fromMs", one.fromMs},
                          {"toMs", one.toMs},
                          {"part", one.isPart},
                          {"problem", one.problem}});
    }
    return topics;
}

void print(const SchemaOptions& options, const std::vector<VersionUsage>& unused, const UsageCoverage& coverage) {
    auto json = Json::array();
    TextTable table({"Subject", "Version", "Id", "Registered", "Why it is called unused"});
    for (const auto& one : unused) {
        const auto why = unusedWords(one, coverage);
        json.push_back({{"subject", one.version.subject},
                        {"version", one.version.version},
                        {"id", one.version.id.value()},
                        {"registeredMs", one.version.writtenMs},
                        {"events", lookedWord(one.looked)},
                        {"why", why}});
        table.add({one.version.subject, std::to_string(one.version.version), std::to_string(one.version.id.value()),
                   isoTime(one.version.writtenMs), why});
    }
    const auto words = coverageWords(coverage, isoTime);
    if (options.json) {
        printJson({{"unused", json},
                   {"topics", topicsJson(*coverage.seen)},
                   {"askedSinceMs", coverage.isAskedTold ? Json(coverage.askedSinceMs) : Json()},
                   {"contracts", coverage.areContractsRead},
                   {"coverage", words}});
        return;
    }
    if (unused.empty()) {
        fmt::print("Each version that isn't deleted is the latest of its subject, or was seen in use.\n");
    } else {
        table.print();
    }
    fmt::print("{}\n", words);
}

Status unused(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto book = readSchemas(registry, options.call());
    if (!book) {
        return std::unexpected(book.error());
    }
    if (!options.subject.empty() && (*book)->versionsOf(options.subject).empty()) {
        return fail(ErrorCode::NotFound, fmt::format("There is no subject '{}'.", options.subject));
    }
    const auto asked = registry.fetches(options.call());
    const auto status = registry.status(options.call());
    const auto bound = boundOf(options, **book);
    UsageSources sources{**book, nullptr, asked.value_or(std::vector<SchemaFetch>()),
                         bound.value_or(std::vector<BoundVersion>())};
    auto topics = options.topics;
    if (topics.empty()) {
        topics = options.subject.empty() ? topicsToScan(sources) : std::vector{topicOfSubject(options.subject)};
        std::erase(topics, std::string());
    }
    std::ranges::sort(topics);
    topics.erase(std::ranges::unique(topics).begin(), topics.end()); // one that was named twice counts once
    const auto seen = look(options, *book, topics);
    if (!seen) {
        return std::unexpected(seen.error());
    }
    sources.seen = &*seen;
    auto found = unusedVersions(sources);
    std::erase_if(found, [&](const VersionUsage& one) {
        return !options.subject.empty() && one.version.subject != options.subject;
    });
    print(options, found, {&*seen, asked.has_value(), status ? status->notedSinceMs : -1, bound.has_value()});
    return {};
}

} // namespace

void addSchemaUnused(CLI::App& schema, int& status) {
    auto options = std::make_shared<SchemaOptions>();
    auto* command = addSchemaCommand(schema, "unused",
                                     "Versions that nobody was seen using, each with why it is called so, and what "
                                     "was looked at",
                                     options, status, unused);
    command->add_option("subject", options->subject, "Of this subject only");
    command->add_option("--topic", options->topics,
                        "Look at the events of this topic; may be repeated. By default those that the subjects name");
    addWindowOptions(*command, *options);
}

} // namespace meshbone::app
