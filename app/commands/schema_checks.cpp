// SPDX-License-Identifier: Apache-2.0
#include "commands/json_output.h"
#include "commands/open_catalog.h"
#include "commands/open_lineage.h"
#include "commands/read_window.h"
#include "commands/schema_parts.h"
#include "commands/scratch_folder.h"
#include "commands/text_table.h"

#include <catalog/schema_evidence.h>
#include <lineage/schema_impact.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace meshbone::app {

namespace {

using namespace catalog;

Json verdictJson(const SchemaVerdict& verdict) {
    auto versions = Json::array();
    for (const auto& one : verdict.versions) {
        auto differences = Json::array();
        for (const auto& difference : one.differences) {
            differences.push_back(differenceJson(difference));
        }
        versions.push_back({{"version", one.version},
                            {"newReadsOld", one.isReader},
                            {"compatible", one.isCompatible()},
                            {"differences", differences},
                            {"failure", one.failure}});
    }
    return {{"compatible", verdict.isCompatible()}, {"level", levelName(verdict.level)}, {"versions", versions}};
}

void printVerdict(const std::string& subject, const SchemaVerdict& verdict) {
    fmt::print("{} {}. {}\n", subject, verdict.isCompatible() ? "takes it" : "refuses it", levelWords(verdict.level));
    for (const auto& one : verdict.versions) {
        fmt::print("  {} version {}: {}\n", one.isReader ? "reading what was written with" : "being read with",
                   one.version, one.isCompatible() ? "compatible" : "incompatible");
        if (!one.failure.empty()) {
            fmt::print("    ! {}\n", one.failure);
        }
        const std::string given = "the new schema";
        const auto before = fmt::format("version {}", one.version);
        for (const auto& difference : one.differences) {
            printDifference(difference, 4, one.isReader ? given : before, one.isReader ? before : given);
        }
    }
}

Result<int> check(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto definition = readDefinitionFile(options);
    const auto book = definition ? readBook(registry, options.call()) : std::unexpected(definition.error());
    const auto verdict = book ? (*book)->verdict(options.subject, *definition) : std::unexpected(book.error());
    if (!verdict) {
        return std::unexpected(verdict.error());
    }
    if (options.json) {
        printJson(verdictJson(*verdict));
    } else {
        printVerdict(options.subject, *verdict);
    }
    return verdict->isCompatible() ? 0 : 1;
}

Json countsJson(const EvidenceCounts& counts) {
    auto causes = Json::array();
    for (const auto& [cause, found] : counts.causes) {
        auto samples = Json::array();
        for (const auto& sample : found.samples) {
            samples.push_back(
                {{"partition", sample.at.partition.value()}, {"offset", sample.offset.value()}, {"why", sample.why}});
        }
        causes.push_back({{"cause", cause}, {"records", found.records}, {"samples", samples}});
    }
    return {{"passed", counts.passed}, {"failed", counts.failed}, {"causes", causes}};
}

void printCounts(const char* what, const EvidenceCounts& counts) {
    fmt::print("{}: {} of {} records pass.\n", what, counts.passed, counts.passed + counts.failed);
    for (const auto& [cause, found] : counts.causes) {
        const auto& sample = found.samples.front();
        fmt::print("  ! {} records: {} For example {}:{}.\n", found.records, cause, sample.at.partition.value(),
                   sample.offset.value());
    }
}

Result<int> evidence(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto definition = readDefinitionFile(options);
    const auto book = definition ? readBook(registry, options.call()) : std::unexpected(definition.error());
    const auto candidate = book ? (*book)->parse(options.subject, *definition) : std::unexpected(book.error());
    const auto profile = candidate ? options.profile() : std::unexpected(candidate.error());
    const auto window = profile
                            ? windowOf(options, options.topic.empty() ? topicOfSubject(options.subject) : options.topic)
                            : std::unexpected(profile.error());
    if (!window) {
        return std::unexpected(window.error());
    }
    SchemaEvidence run(*book, *candidate, options.subject.ends_with("-key"));
    if (const auto read = readWindow(*profile, *window, options.call(), [&](const Record& record) { run.add(record); });
        !read) {
        return std::unexpected(read.error());
    }
    const auto& report = run.report();
    const auto verdict = (*book)->verdict(options.subject, *definition);
    if (options.json) {
        Json json{{"topic", window->topic},
                  {"records", report.records},
                  {"withoutSchema", report.withoutSchema},
                  {"unknownSchema", report.unknownSchema},
                  {"unreadable", report.unreadable},
                  {"tombstones", report.tombstones},
                  {"asReader", countsJson(report.asReader)},
                  {"asWriter", countsJson(report.asWriter)},
                  {"writers", report.writers}};
        json["rules"] = verdict ? verdictJson(*verdict) : Json();
        printJson(json);
    } else {
        if (verdict) {
            printVerdict(options.subject, *verdict);
        }
        fmt::print("{} records of {} were looked at; {} name no schema, {} one that isn't known, {} can't be read as "
                   "they are, {} are "
                   "tombstones.\n",
                   report.records, window->topic, report.withoutSchema, report.unknownSchema, report.unreadable,
                   report.tombstones);
        printCounts("Consumers with the new schema", report.asReader);
        printCounts("Producers with the new schema", report.asWriter);
    }
    return report.asReader.failed + report.asWriter.failed > 0 ? 1 : 0;
}

const char* gradeWord(const lineage::ImpactedReader& reader) {
    if (reader.grade == lineage::ImpactedReader::Grade::ById && reader.asked != SchemaAsk::ById) {
        return reader.asked == SchemaAsk::LookUp ? "looked its schema up" : "registered its schema";
    }
    constexpr std::array kWords{"seen reading", "fetched its schema", "in a group", "may read"};
    return kWords[static_cast<std::size_t>(reader.grade)];
}

void printImpact(const SchemaOptions& options, const lineage::SchemaImpact& impact) {
    auto topics = Json::array(), readers = Json::array();
    TextTable topicTable({"Topic", "Steps", "Derived by", "Schema", "Field", "Product"});
    TextTable readerTable({"Reader", "Topic", "How it is known", "Last seen", "For product", "Versions fetched"});
    for (const auto& one : impact.topics) {
        topics.push_back({{"topic", one.topic},
                          {"hops", one.hops},
                          {"via", one.via},
                          {"subject", one.subject},
                          {"version", one.version},
                          {"field", one.field},
                          {"product", one.product},
                          {"certain", one.isCertain}});
        topicTable.add({one.topic, std::to_string(one.hops), one.via,
                        one.subject.empty() ? "none" : fmt::format("{} v{}", one.subject, one.version),
                        one.isCertain ? one.field : "perhaps", one.product});
    }
    for (const auto& one : impact.readers) {
        readers.push_back({{"principal", one.principal},
                           {"topic", one.topic},
                           {"grade", gradeWord(one)},
                           {"lastSeenMs", one.lastSeenMs},
                           {"groups", one.groups},
                           {"product", one.product},
                           {"versions", one.versions},
                           {"client", one.client}});
        readerTable.add({one.principal, one.topic, gradeWord(one), isoTime(one.lastSeenMs), one.product,
                         fmt::format("{}", fmt::join(one.versions, " "))});
    }
    if (options.json) {
        printJson({{"topics", topics},
                   {"readers", readers},
                   {"references", impact.references},
                   {"coverage", impact.coverage}});
        return;
    }
    topicTable.print();
    readerTable.print();
    for (const auto& reference : impact.references) {
        fmt::print("Referred to by {}.\n", reference);
    }
    fmt::print("{}\n", impact.coverage);
}

Result<int> impact(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto book = readBook(registry, options.call());
    if (!book) {
        return std::unexpected(book.error());
    }
    const int status = withMesh(options, Projection::AnyOne, [&](const OpenMesh& mesh) -> Status {
        const ScratchFolder scratch;
        if (scratch.path().empty()) {
            return fail(ErrorCode::Io, "Can't make a temporary folder; is TMPDIR writable?");
        }
        const auto lineage = lookAtLineage(mesh.backbone, scratch.path(), options.call());
        if (!lineage) {
            return std::unexpected(lineage.error());
        }
        lineage::ViewQuery all;
        all.maxNodes = 1'000'000;
        const auto graph = (*lineage)->view(all);
        const auto grants = mesh.catalog.grants();
        const auto products = mesh.catalog.products();
        const auto nowMs =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
        const auto fetches = registry.fetches(options.call()).value_or(std::vector<SchemaFetch>()); // others can't tell
        const auto found =
            lineage::schemaImpact({**book, graph, grants, products, nowMs, fetches}, options.subject, options.field);
        if (!found) {
            return std::unexpected(found.error());
        }
        printImpact(options, *found);
        return {};
    });
    return status;
}

Result<int> lostIds(const SchemaOptions& options, SchemaRegistry& registry) {
    const auto book = readBook(registry, options.call());
    const auto profile = book ? options.profile() : std::unexpected(book.error());
    const auto window = profile ? windowOf(options, options.topic) : std::unexpected(profile.error());
    if (!window) {
        return std::unexpected(window.error());
    }
    LostIds lost(*book);
    if (const auto read =
            readWindow(*profile, *window, options.call(), [&](const Record& record) { lost.add(record); });
        !read) {
        return std::unexpected(read.error());
    }
    auto json = Json::array();
    TextTable table({"Id", "Records", "Schemas that can read all of them"});
    const auto found = lost.found();
    for (const auto& one : found) {
        auto candidates = Json::array();
        std::string words;
        for (const auto& candidate : one.candidates) {
            candidates.push_back(
                {{"subject", candidate.subject}, {"version", candidate.version}, {"id", candidate.id.value()}});
            words += fmt::format("{}{} v{}", words.empty() ? "" : ", ", candidate.subject, candidate.version);
        }
        json.push_back(
            {{"id", one.id.value()}, {"records", one.records}, {"topics", one.topics}, {"candidates", candidates}});
        table.add({std::to_string(one.id.value()), std::to_string(one.records),
                   words.empty() ? "none that is known" : words});
    }
    options.json ? printJson(json) : table.print();
    return found.empty() ? 0 : 1;
}

void addFileOptions(CLI::App& command, SchemaOptions& options) {
    command.add_option("subject", options.subject, "Subject, for example orders-value")->required();
    command.add_option("file", options.file, "The schema's text; - reads standard input")->required();
    command.add_option("--type", options.type, "AVRO, JSON or PROTOBUF")->capture_default_str();
    command.add_option("--reference", options.references, "NAME=SUBJECT:VERSION; may be repeated");
}

} // namespace

Result<Window> windowOf(const SchemaOptions& options, const std::string& topic) {
    Window window{topic, -1, -1, options.limit};
    for (const auto& [text, time, name] :
         {std::tuple(&options.from, &window.fromMs, "--from"), std::tuple(&options.to, &window.toMs, "--to")}) {
        if (!text->empty() && !parseTime(*text, *time)) {
            return fail(ErrorCode::InvalidArgument, fmt::format("{} {} is not a time.", name, *text));
        }
    }
    return window;
}

void addWindowOptions(CLI::App& command, SchemaOptions& options) {
    command.add_option("--from", options.from, "Only events from this time on (ISO 8601 or milliseconds)");
    command.add_option("--to", options.to, "Only events before this time");
    command.add_option("--limit", options.limit, "At most so many events")->capture_default_str();
}

void addSchemaChecks(CLI::App& schema, int& status) {
    auto options = std::make_shared<SchemaOptions>();
    auto* command =
        addSchemaVerdict(schema, "check", "Would a schema be taken, and what stands against it? Exit status 1: no",
                         options, status, check);
    addFileOptions(*command, *options);

    options = std::make_shared<SchemaOptions>();
    command = addSchemaVerdict(schema, "evidence",
                               "Run a schema over real events, as their new reader and as their writer. Exit status 1: "
                               "some fail",
                               options, status, evidence);
    addFileOptions(*command, *options);
    command->add_option("--topic", options->topic, "Topic; by default the one that the subject names");
    addWindowOptions(*command, *options);

    options = std::make_shared<SchemaOptions>();
    command =
        addSchemaVerdict(schema, "impact", "Who breaks if a field goes, here and downstream", options, status, impact);
    command->add_option("subject", options->subject, "Subject, for example orders-value")->required();
    command->add_option("field", options->field, "A field's path or name; without one the whole schema");

    options = std::make_shared<SchemaOptions>();
    command = addSchemaVerdict(schema, "lost-ids",
                               "Find ids that events name and the registry doesn't know. Exit status 1: there are some",
                               options, status, lostIds);
    command->add_option("topic", options->topic, "Topic to read")->required();
    addWindowOptions(*command, *options);
}

} // namespace meshbone::app
