// SPDX-License-Identifier: Apache-2.0
// schema_bench [VERSIONS]: what schemas cost, without a network: Avro decoding and checking, comparing, a registry of
// many versions (20,000 by default) read from its records, searched, and asked who breaks. One line of JSON.
#include "median.h"
#include "schema_texts.h"

#include "schema/registry/registry_rules.h"

#include <catalog/schema_book.h>
#include <lineage/schema_impact.h>

#include <fmt/format.h>

#include <ctime>
#include <fstream>

using namespace meshbone;
using namespace meshbone::catalog;
using bench::kVersionsOfSubject;
using bench::versionText;

namespace {

/// The thread's own time: nothing here waits, and what else the machine does changes it little.
class Stopwatch {
public:
    [[nodiscard]] double seconds() const { return now() - m_begun; }
    [[nodiscard]] double ms() const { return seconds() * 1e3; }

private:
    static double now() {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
    }
    double m_begun = now();
};

/// Records a second by `work`, for about a second.
template <class Work>
double perSecond(Work&& work) {
    std::int64_t count = 0;
    const Stopwatch watch;
    while (watch.seconds() < 1) {
        for (int i = 0; i < 1'000; ++i) {
            work();
        }
        count += 1'000;
    }
    return static_cast<double>(count) / watch.seconds();
}

std::int64_t residentKiB() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stoll(line.substr(6));
        }
    }
    return 0;
}

/// One topic from which all others are derived, each with the subject that describes it.
lineage::Subgraph derivedFromOne(int topics) {
    lineage::Subgraph graph;
    for (int i = 0; i < topics; ++i) {
        auto& topic = graph.nodes.emplace_back();
        topic.id = 2 * i;
        topic.name = fmt::format("topic{}", i);
        auto& task = graph.nodes.emplace_back();
        task.id = 2 * i + 1;
        task.kind = lineage::NodeKind::Task;
        task.name = fmt::format("task{}", i);
        task.producer = task.consumer = true;
    }
    for (int i = 1; i < topics; ++i) {
        auto& reads = graph.edges.emplace_back();
        reads.from = 0;
        reads.to = 2 * i + 1;
        auto& writes = graph.edges.emplace_back();
        writes.from = 2 * i + 1;
        writes.to = 2 * i;
    }
    return graph;
}

std::string askBook(const SchemaBook& book, int subjects) {
    const auto graph = derivedFromOne(subjects);
    const Stopwatch first;
    (void)book.search("field3of42");
    const auto firstSearchMs = first.ms();
    std::vector<double> searches, impacts;
    std::size_t reached = 0, hits = 0;
    for (int i = 0; i < 20; ++i) {
        const Stopwatch searching;
        hits += book.search(fmt::format("number subject {}", i)).size();
        searches.push_back(searching.ms());
        const Stopwatch walking;
        const auto impact = lineage::schemaImpact({book, graph, {}, {}, 0}, "topic0-value", "id");
        impacts.push_back(walking.ms());
        reached = impact ? impact->topics.size() : 0;
    }
    return fmt::format(R"("first_search_ms":{:.0f},"search_ms":{:.1f},"hits":{},"impact_ms":{:.1f},"impact_topics":{})",
                       firstSearchMs, bench::median(searches), hits / 20, bench::median(impacts), reached);
}

std::string manyVersions(int versions) {
    std::vector<RegistryRecordBytes> records;
    std::int64_t textBytes = 0;
    for (int i = 0; i < versions; ++i) {
        SchemaDefinition definition;
        definition.text = versionText(i / kVersionsOfSubject, i % kVersionsOfSubject);
        textBytes += static_cast<std::int64_t>(definition.text.size());
        records.push_back(encodeRegistryRecord(
            SchemaRecord{fmt::format("topic{}-value", i / kVersionsOfSubject), i % kVersionsOfSubject + 1,
                         SchemaId(i + 1), std::make_shared<const SchemaDefinition>(std::move(definition)), false}));
    }
    const auto before = residentKiB();
    const Stopwatch reading;
    RegistryState state;
    for (const auto& record : records) {
        state.apply(*decodeRegistryRecord(record.key, record.value), 0);
    }
    const auto readMs = reading.ms();
    const auto grownKiB = residentKiB() - before;
    std::vector<SchemaVersion> all;
    state.forEach([&](const SchemaVersion& version) { all.push_back(version); });
    const SchemaBook book(std::move(all));
    return fmt::format(R"({{"versions":{},"text_mib":{:.1f},"read_ms":{:.0f},"grown_mib":{:.1f},{}}})", versions,
                       static_cast<double>(textBytes) / 1048576, readMs, static_cast<double>(grownKiB) / 1024,
                       askBook(book, versions / kVersionsOfSubject));
}

double comparingMs(ParsedSchemaPtr (*parse)(int)) {
    std::vector<double> times;
    for (int i = 0; i < 50; ++i) {
        const auto older = parse(i), newer = parse(i + 1);
        const Stopwatch watch;
        (void)newer->differencesReading(*older);
        times.push_back(watch.ms());
    }
    return bench::median(times);
}

} // namespace

int main(int argc, char** argv) {
    const int versions = argc > 1 ? std::atoi(argv[1]) : 20'000;
    const auto schema = *parseAvro(bench::flightSchema());
    const auto payload = *schema->fromJson(bench::kFlight);
    const auto decoded = perSecond([&] { (void)schema->toJson(payload); });
    const auto checked = perSecond([&] { (void)schema->check(payload); });
    const auto avroMs = comparingMs(+[](int i) { return *parseAvro(versionText(7, i)); });
    const auto jsonMs = comparingMs(+[](int i) {
        std::string properties = R"("id":{"type":"string"})";
        for (int p = 0; p <= i; ++p) {
            properties += fmt::format(R"(,"field{}":{{"type":["null","integer"],"minimum":{}}})", p, p);
        }
        return *parseJsonSchema(
            fmt::format(R"({{"type":"object","properties":{{{}}},"additionalProperties":false}})", properties));
    });
    fmt::print(R"({{"bench":"schema","avro_decode_per_s":{:.0f},"avro_check_per_s":{:.0f},"payload_bytes":{},)"
               R"("avro_compare_ms":{:.3f},"json_compare_ms":{:.3f},"registry":{}}})"
               "\n",
               decoded, checked, payload.size(), avroMs, jsonMs, manyVersions(versions));
    return 0;
}
