// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/record_decoder.h"
#include "commands/text_table.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <memory>

namespace meshbone::app {

namespace {

struct ConsumeOptions : CommonOptions {
    std::string topic, from = "beginning", to, group;
    std::vector<std::int32_t> partitions;
    std::int64_t limit = 0;
    bool follow = false;
    bool decode = false;
    RegistryOptions registry;
};

/// Where to start and where to stop in each partition.
struct Range {
    std::vector<backbone::Position> starts;
    std::map<TopicPartition, Offset> ends;
};

Result<std::vector<backbone::OffsetQuery>> startQueries(const ConsumeOptions& options,
                                                        const std::vector<backbone::PartitionDetail>& partitions) {
    using Kind = backbone::OffsetQuery::Kind;
    Kind kind = Kind::AtTime;
    TimestampMs timeMs = -1;
    if (options.from == "beginning") {
        kind = Kind::Earliest;
    } else if (options.from == "end") {
        kind = Kind::Latest;
    } else if (!parseTime(options.from, timeMs)) {
        return fail(ErrorCode::InvalidArgument, "--from " + options.from + " is none of: beginning, end, a time.");
    }
    std::vector<backbone::OffsetQuery> queries;
    for (const auto& partition : partitions) {
        queries.push_back({{options.topic, partition.partition}, kind, timeMs});
    }
    return queries;
}

Result<Range> rangeOf(const ConsumeOptions& options, backbone::Admin& admin) {
    auto partitions = admin.partitions(options.topic, options.call());
    if (!partitions) {
        return std::unexpected(partitions.error());
    }
    std::erase_if(*partitions, [&](const backbone::PartitionDetail& detail) {
        return !options.partitions.empty() &&
               std::ranges::find(options.partitions, detail.partition.value()) == options.partitions.end();
    });
    const auto queries = startQueries(options, *partitions);
    if (!queries) {
        return std::unexpected(queries.error());
    }
    const auto answers = admin.offsets(*queries, options.call());
    if (!answers) {
        return std::unexpected(answers.error());
    }
    Range range;
    for (const auto& partition : *partitions) {
        const TopicPartition at{options.topic, partition.partition};
        const auto answer = std::ranges::find(*answers, at, &backbone::OffsetAnswer::at);
        // No record at or after the time: start at the end (an offset of -1 would mean something else to the client).
        const auto start =
            answer == answers->end() || answer->offset == kNoOffset ? partition.highWatermark : answer->offset;
        range.starts.push_back({at, start});
        range.ends[at] = partition.highWatermark;
    }
    return range;
}

/// `decoder`: nothing where the bytes are shown as they are.
void print(const ConsumeOptions& options, const Record& record, std::optional<RecordDecoder>& decoder) {
    if (options.json) {
        printJson(decoder ? decoder->json(record) : recordJson(record));
        return;
    }
    if (decoder) {
        fmt::print("{}  {}:{}  {}\n", isoTime(record.timestampMs), record.partition.value(), record.offset.value(),
                   decoder->line(record));
        return;
    }
    fmt::print("{}  {}:{}  {}  {}\n", isoTime(record.timestampMs), record.partition.value(), record.offset.value(),
               record.key ? printable(*record.key, 80) : "(no key)",
               record.value ? printable(*record.value, 4000) : "(null)");
}

bool atEnd(const Range& range, const std::vector<backbone::Position>& positions) {
    return std::ranges::all_of(positions, [&](const backbone::Position& position) {
        const auto end = range.ends.find(position.at);
        return end == range.ends.end() || position.offset >= end->second;
    });
}

Status consumeRange(const ConsumeOptions& options, const Range& range, backbone::Consumer& consumer,
                    std::optional<RecordDecoder>& decoder) {
    TimestampMs toMs = -1;
    if (!options.to.empty() && !parseTime(options.to, toMs)) {
        return fail(ErrorCode::InvalidArgument, "--to " + options.to + " is not a time.");
    }
    std::int64_t printed = 0;
    while (true) {
        const auto batch = consumer.poll(1000, std::chrono::milliseconds(200));
        if (!batch) {
            return std::unexpected(batch.error());
        }
        for (const auto& record : *batch) {
            const bool beyond = !options.follow && record.offset >= range.ends.at({record.topic, record.partition});
            if (beyond || (toMs >= 0 && record.timestampMs >= toMs)) {
                continue;
            }
            print(options, record, decoder);
            if (options.limit > 0 && ++printed >= options.limit) {
                return {};
            }
        }
        const auto positions = consumer.positions();
        if (!positions) {
            return std::unexpected(positions.error());
        }
        if (!options.follow && atEnd(range, *positions)) {
            return {};
        }
        std::fflush(stdout);
    }
}

Status consume(const ConsumeOptions& options, const backbone::Profile& profile) {
    std::optional<RecordDecoder> decoder;
    if (options.decode) {
        auto opened = RecordDecoder::open(options.registry, options);
        if (!opened) {
            return std::unexpected(opened.error());
        }
        decoder = std::move(*opened);
    }
    auto admin = backbone::openAdmin(profile);
    if (!admin) {
        return std::unexpected(admin.error());
    }
    const auto range = rangeOf(options, **admin);
    if (!range) {
        return std::unexpected(range.error());
    }
    auto consumer = backbone::openConsumer(profile, {});
    if (!consumer) {
        return std::unexpected(consumer.error());
    }
    if (const auto assigned = (*consumer)->assign(range->starts); !assigned) {
        return assigned;
    }
    return consumeRange(options, *range, **consumer, decoder);
}

int run(const ConsumeOptions& options) {
    const auto profile = options.profile();
    const auto done = profile ? consume(options, *profile) : Status(std::unexpected(profile.error()));
    return done ? 0 : reportError(done.error(), options.json);
}

} // namespace

void addConsume(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<ConsumeOptions>();
    auto* command = meshctl.add_subcommand("consume", "Print a topic's records, up to its present end");
    addCommonOptions(*command, *options);
    command->add_option("topic", options->topic, "Topic")->required();
    command->add_option("--from", options->from, "beginning, end, or a time (ISO 8601 or milliseconds)")
        ->capture_default_str();
    command->add_option("--to", options->to, "Leave out records from this time on");
    command->add_option("--partition", options->partitions, "Only this partition; may be repeated");
    command->add_option("--limit", options->limit, "Stop after so many records");
    command->add_flag("--follow", options->follow, "Go on at the end and wait for more");
    command->add_flag("--decode", options->decode, "Show keys and values decoded by their schemas");
    addRegistryOptions(*command, options->registry);
    command->callback([options, &status] { status = run(*options); });
}

} // namespace meshbone::app
