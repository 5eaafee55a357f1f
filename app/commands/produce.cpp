// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/open_registry.h"
#include "commands/text_table.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <atomic>
#include <iostream>
#include <memory>
#include <mutex>

namespace meshbone::app {

namespace {

struct ProduceOptions : CommonOptions {
    std::string topic, separator, compression = "none", time;
    std::int32_t partition = -1;
    std::vector<std::string> headers;
    bool nullEmpty = false;
    std::string schema;    ///< SUBJECT[:VERSION]; empty: lines are written as they are
    std::string keySchema; ///< the same of what stands before the separator
    RegistryOptions registry;
};

/// What lines are encoded with.
struct LineSchemas {
    catalog::SchemaBookPtr book;
    std::optional<catalog::SchemaVersion> key, value;
};

/// A subject of another context has colons too (":.ctx:orders-value"): only a number behind the last is a version.
Result<catalog::SchemaVersion> findVersion(const catalog::SchemaBook& book, std::string subject) {
    const auto colon = subject.rfind(':');
    const auto number = colon == std::string::npos ? std::string() : subject.substr(colon + 1);
    constexpr std::size_t kDigitsMax = 9;
    const bool isNumbered =
        !number.empty() && number.size() <= kDigitsMax && number.find_first_not_of("0123456789") == std::string::npos;
    if (isNumbered) {
        subject.resize(colon);
    }
    auto version = isNumbered ? book.version(subject, std::stoi(number)) : book.latest(subject);
    if (!version) {
        return fail(ErrorCode::NotFound, isNumbered && book.latest(subject)
                                             ? fmt::format("The subject '{}' has no version {}.", subject, number)
                                             : fmt::format("The schema registry has no subject '{}'.", subject));
    }
    return std::move(*version);
}

/// Nothing without a schema to look for.
Result<std::optional<LineSchemas>> findSchemas(const ProduceOptions& options) {
    if (options.schema.empty() && options.keySchema.empty()) {
        return std::nullopt;
    }
    if (!options.keySchema.empty() && options.separator.empty()) {
        return fail(ErrorCode::InvalidArgument, "--key-schema needs --key-separator: without it no line has a key.");
    }
    auto registry = openRegistry(options.registry, options);
    if (!registry) {
        return std::unexpected(registry.error());
    }
    auto book = readSchemas(**registry, options.call());
    if (!book) {
        return std::unexpected(book.error());
    }
    LineSchemas schemas;
    for (const auto& [subject, into] :
         {std::pair(&options.schema, &schemas.value), std::pair(&options.keySchema, &schemas.key)}) {
        if (subject->empty()) {
            continue;
        }
        auto version = findVersion(**book, *subject);
        if (!version) {
            return std::unexpected(version.error());
        }
        *into = std::move(*version);
    }
    schemas.book = std::move(*book);
    return schemas;
}

/// What the delivery callbacks found out; shared with them.
struct Deliveries {
    std::mutex mutex;
    std::int64_t delivered = 0, failed = 0;
    std::optional<Error> first;

    void add(const Result<backbone::Delivery>& delivery) {
        const std::lock_guard lock(mutex);
        delivery ? ++delivered : ++failed;
        if (!delivery && !first) {
            first = delivery.error();
        }
    }
};

Result<Record> recordOf(const ProduceOptions& options, std::string line) {
    Record record;
    record.topic = options.topic;
    record.partition = Partition(options.partition);
    if (!options.time.empty() && !parseTime(options.time, record.timestampMs)) {
        return fail(ErrorCode::InvalidArgument, "--time " + options.time + " is neither ISO 8601 nor milliseconds.");
    }
    if (!options.separator.empty()) {
        if (const auto at = line.find(options.separator); at != std::string::npos) {
            record.key = line.substr(0, at);
            line.erase(0, at + options.separator.size());
        }
    }
    if (!(options.nullEmpty && line.empty())) {
        record.value = std::move(line);
    }
    for (const auto& header : options.headers) {
        const auto equals = header.find('=');
        record.headers.push_back({header.substr(0, equals), equals == std::string::npos
                                                                ? std::optional<Bytes>()
                                                                : std::optional<Bytes>(header.substr(equals + 1))});
    }
    return record;
}

/// Replaces the JSON of a line's key or value by the bytes that its schema makes of it.
Status encodePart(std::optional<Bytes>& part, const catalog::SchemaBook& book,
                  const std::optional<catalog::SchemaVersion>& schema, const std::string& name) {
    if (!part || !schema) {
        return {};
    }
    auto bytes = book.encode(*schema, *part);
    if (!bytes) {
        return fail(bytes.error().code, fmt::format("{}: {}", name, bytes.error().message));
    }
    part = std::move(*bytes);
    return {};
}

Status encode(Record& record, const LineSchemas& schemas, std::int64_t line) {
    auto done = encodePart(record.key, *schemas.book, schemas.key, fmt::format("Line {}, key", line));
    return done ? encodePart(record.value, *schemas.book, schemas.value, fmt::format("Line {}", line)) : done;
}

Status produceLines(const ProduceOptions& options, const std::optional<LineSchemas>& schemas,
                    backbone::Producer& producer, const std::shared_ptr<Deliveries>& deliveries) {
    std::string line;
    for (std::int64_t number = 1; std::getline(std::cin, line); ++number) {
        auto record = recordOf(options, std::move(line));
        if (!record) {
            return std::unexpected(record.error());
        }
        if (const auto encoded = schemas ? encode(*record, *schemas, number) : Status{}; !encoded) {
            const auto flushed = producer.flush(options.call()); // what stands before it is written
            return flushed ? encoded : flushed;
        }
        const auto queued =
            producer.produce(std::move(*record),
                             [deliveries](const Result<backbone::Delivery>& delivery) { deliveries->add(delivery); });
        if (!queued) {
            return queued;
        }
    }
    return producer.flush(options.call());
}

int produce(const ProduceOptions& options) {
    const auto profile = options.profile();
    if (!profile) {
        return reportError(profile.error(), options.json);
    }
    const auto schemas = findSchemas(options);
    if (!schemas) {
        return reportError(schemas.error(), options.json);
    }
    backbone::ProducerOptions producerOptions;
    producerOptions.compression = options.compression;
    auto producer = backbone::openProducer(*profile, producerOptions);
    if (!producer) {
        return reportError(producer.error(), options.json);
    }
    const auto deliveries = std::make_shared<Deliveries>();
    const auto done = produceLines(options, *schemas, **producer, deliveries);
    const std::lock_guard lock(deliveries->mutex);
    if (options.json) {
        printJson({{"delivered", deliveries->delivered}, {"failed", deliveries->failed}});
    } else {
        fmt::print("Delivered {} record(s) to {}.\n", deliveries->delivered, options.topic);
    }
    if (deliveries->first) {
        return reportError(*deliveries->first, options.json);
    }
    return done ? 0 : reportError(done.error(), options.json);
}

} // namespace

void addProduce(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<ProduceOptions>();
    auto* command = meshctl.add_subcommand("produce", "Write each line of standard input as a record");
    addCommonOptions(*command, *options);
    command->add_option("topic", options->topic, "Topic")->required();
    command->add_option("--key-separator", options->separator, "What parts key and value in a line");
    command->add_option("--partition", options->partition, "Partition; by key when not given");
    command->add_option("--header", options->headers, "NAME=VALUE, or NAME for a null value; may be repeated");
    command->add_option("--time", options->time, "Timestamp of the records, ISO 8601 or milliseconds");
    command->add_option("--compression", options->compression, "none, gzip, snappy, lz4 or zstd")
        ->capture_default_str();
    command->add_flag("--null-empty", options->nullEmpty, "An empty value is null (a tombstone)");
    command->add_option("--schema", options->schema,
                        "SUBJECT[:VERSION]: each line is JSON, and is written in the encoding of this schema");
    command->add_option("--key-schema", options->keySchema, "SUBJECT[:VERSION]: the same for the keys");
    addRegistryOptions(*command, options->registry);
    command->callback([options, &status] { status = produce(*options); });
}

} // namespace meshbone::app
