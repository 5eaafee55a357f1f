// SPDX-License-Identifier: Apache-2.0
#include "../book/example_book.h"

#include <catalog/avro.h>
#include <catalog/schema_usage.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::test;

namespace {

constexpr auto kFlight3 = R"({"type":"record","name":"Flight","fields":[{"name":"tail","type":"string"}]})";

/// Flights in three versions, the key of them, and a schema that is of no topic.
SchemaBookPtr flightsBook() {
    auto versions = exampleBook()->versions();
    versions.push_back(schemaVersion("flights-value", 3, 7, kFlight3));
    versions.push_back(schemaVersion("air.Leg", 1, 8, R"({"type":"record","name":"Leg","fields":[]})"));
    versions.push_back(schemaVersion("air.Leg", 2, 9, R"({"type":"enum","name":"Leg","symbols":["A"]})"));
    return std::make_shared<const SchemaBook>(std::move(versions));
}

std::vector<std::string> named(const std::vector<VersionUsage>& usages) {
    std::vector<std::string> names;
    for (const auto& one : usages) {
        names.push_back(one.version.subject + " " + std::to_string(one.version.version));
    }
    return names;
}

SeenEvents seenIn(const SchemaBookPtr& book, const std::vector<Record>& records, bool isPart = false) {
    SeenSchemas seen(book);
    ScanAccount account;
    account.begin("flights");
    for (const auto& one : records) {
        account.add(one);
        seen.add(one);
    }
    account.end(isPart);
    return seen.take(std::move(account));
}

Record flight(const SchemaBook& book, int version) {
    return framedRecord(book, "flights", "flights-value", version, R"({"tailNumber":"N1"})");
}

std::string minutes(TimestampMs timeMs) {
    return std::to_string(timeMs) + " ms";
}

using Names = std::vector<std::string>;

} // namespace

class UsageTest : public QObject {
    Q_OBJECT
private slots:
    void theLatestIsUsed();
    void anIdInEventsIsUse();
    void aKeyAGuidAndAFingerprintNameSchemasToo();
    void whoAsksReferredAndAgreedUses();
    void aReferenceIsOfItsContext();
    void registeringOnceIsNoUse();
    void whatWasNotLookedAtIsSaid();
    void aPartIsNoMoreThanAPart();
    void whatCameAfterwardsIsNotJudged();
    void aDeletedVersionIsNotListed();
    void theTopicsThatMatterAreNamed();
};

void UsageTest::theLatestIsUsed() {
    const auto book = flightsBook();
    QCOMPARE(named(unusedVersions({*book})), (Names{"air.Leg 1", "flights-value 1", "flights-value 2"}));
    for (const auto& one : versionUsages({*book})) {
        QCOMPARE(one.isLatest, book->latest(one.version.subject)->version == one.version.version);
        QCOMPARE(one.looked, VersionUsage::Looked::Nothing);
    }
}

void UsageTest::anIdInEventsIsUse() {
    const auto book = flightsBook();
    auto record = flight(*book, 1);
    record.timestampMs = 40;
    auto later = record;
    later.timestampMs = 90;
    const auto seen = seenIn(book, {record, later, recordOf("flights", std::nullopt), recordOf("flights", "plain"),
                                    recordOf("flights", framed(SchemaId(999), "x"))});
    const UsageSources sources{*book, &seen};
    QCOMPARE(named(unusedVersions(sources)), (Names{"air.Leg 1", "flights-value 2"}));
    const auto usages = versionUsages(sources);
    const auto first =
        std::ranges::find_if(usages, [](const VersionUsage& one) { return one.version.subject == "flights-value"; });
    QCOMPARE(first->seen.records, 2);
    QCOMPARE(first->seen.lastMs, 90);
    QCOMPARE(first->seen.topics, (std::set<std::string>{"flights"}));
    QCOMPARE(first->looked, VersionUsage::Looked::All);
    QCOMPARE(seen.topics.front().records, 5);
    QCOMPARE(seen.topics.front().fromMs, 40);
    QCOMPARE(seen.topics.front().toMs, 90);
}

void UsageTest::aKeyAGuidAndAFingerprintNameSchemasToo() {
    const auto book = flightsBook();
    auto keyed = recordOf("flights", std::nullopt);
    keyed.key = framed(SchemaId(8), "x");
    auto single = recordOf("flights", std::nullopt);
    const auto fingerprint = avroFingerprint(**book->parsed(*book->version("flights-value", 2)));
    Bytes bytes("\xC3\x01", 2);
    for (int i = 0; i < 8; ++i) {
        bytes.push_back(static_cast<char>(fingerprint >> (8 * i) & 0xff));
    }
    single.value = bytes + "x";
    const auto seen = seenIn(book, {keyed, single});
    QVERIFY(seen.versions.contains({"air.Leg", 1}));
    QVERIFY(seen.versions.contains({"flights-value", 2}));
    QCOMPARE(named(unusedVersions({*book, &seen})), (Names{"flights-value 1"}));
}

void UsageTest::whoAsksReferredAndAgreedUses() {
    auto versions = flightsBook()->versions();
    auto definition = std::make_shared<SchemaDefinition>(*versions.front().definition);
    definition->references = {{"air.Leg", ":.:air.Leg", 1}}; // the first is of another context
    versions.front().definition = definition;
    const SchemaBook book(versions);
    UsageSources sources{book};
    sources.asked = {{".", SchemaId(1), "User:ada", "127.0.0.1", "app", 50}};
    QCOMPARE(named(unusedVersions(sources)), (Names{"flights-value 2"}));
    sources.asked.front().context = ".other"; // ids are of a context
    QCOMPARE(named(unusedVersions(sources)), (Names{"flights-value 1", "flights-value 2"}));
    sources.bound = {{"flights-value", 2, "Flights"}};
    QCOMPARE(named(unusedVersions(sources)), (Names{"flights-value 1"}));
}

void UsageTest::aReferenceIsOfItsContext() {
    std::vector versions{schemaVersion(":.air:Leg", 1, 1, R"({"type":"enum","name":"Leg","symbols":["A"]})"),
                         schemaVersion(":.air:Leg", 2, 2, R"({"type":"enum","name":"Leg","symbols":["B"]})"),
                         schemaVersion(":.air:trips-value", 1, 3, R"("string")"),
                         schemaVersion("Leg", 1, 1, R"({"type":"enum","name":"Leg","symbols":["A"]})"),
                         schemaVersion("Leg", 2, 2, R"({"type":"enum","name":"Leg","symbols":["B"]})")};
    const auto refer = [&](const char* subject) {
        auto definition = std::make_shared<SchemaDefinition>(*versions[2].definition);
        definition->references = {{"Leg", subject, 1}};
        versions[2].definition = definition;
        return named(unusedVersions({SchemaBook(versions)}));
    };
    QCOMPARE(refer("Leg"), (Names{"Leg 1"}));
    QCOMPARE(refer(":.air:Leg"), (Names{"Leg 1"}));
    QCOMPARE(refer(":.:Leg"), (Names{":.air:Leg 1"}));
}

void UsageTest::registeringOnceIsNoUse() {
    auto versions = flightsBook()->versions();
    for (auto& one : versions) {
        one.writtenMs = one.subject == "flights-value" ? 1'000'000 : -1;
    }
    const SchemaBook book(versions);
    UsageSources sources{book};
    const auto asked = [](int id, TimestampMs lastMs, SchemaAsk what, const char* subject) {
        return SchemaFetch{".", SchemaId(id), "User:ada", "h", "a", lastMs, what, subject};
    };
    sources.asked = {asked(1, 1'000'500, SchemaAsk::Register, "flights-value"), // by which it came to be
                     asked(2, 9'000'000, SchemaAsk::Register, "flights-value"), // at a later start of the producer
                     asked(8, 9'000'000, SchemaAsk::LookUp, "other")};          // as one of another subject
    QCOMPARE(named(unusedVersions(sources)), (Names{"air.Leg 1", "flights-value 1"}));
    sources.asked.back().subject = "air.Leg";
    QCOMPARE(named(unusedVersions(sources)), (Names{"flights-value 1"}));
}

void UsageTest::whatWasNotLookedAtIsSaid() {
    const auto book = flightsBook();
    const auto unused = unusedVersions({*book});
    const UsageCoverage nothing;
    QCOMPARE(unusedWords(unused[1], nothing),
             std::string("Events of flights weren't looked at. It isn't the latest, no schema refers to it."));
    QVERIFY(unusedWords(unused[0], nothing).starts_with("Its subject carries no topic's name, and no events were"));
    QCOMPARE(coverageWords(nothing, minutes), std::string("No events were looked at. This registry doesn't tell who "
                                                          "asked it. Contracts weren't looked at."));
    ScanAccount account;
    account.begin("flights");
    account.end(false, "The topic is away.");
    const auto seen = SeenSchemas(book).take(account);
    QCOMPARE(unusedVersions({*book, &seen})[1].looked, VersionUsage::Looked::Nothing);
    const auto told = coverageWords({&seen, true, 5, true}, minutes);
    QCOMPARE(told, std::string("0 events of 1 topic were looked at. flights couldn't be read: The topic is away. Who "
                               "asked the registry is known since 5 ms."));
}

void UsageTest::aPartIsNoMoreThanAPart() {
    const auto book = flightsBook();
    auto record = flight(*book, 1);
    record.timestampMs = 7;
    const auto seen = seenIn(book, {record}, true);
    const auto unused = unusedVersions({*book, &seen});
    QCOMPARE(named(unused), (Names{"air.Leg 1", "flights-value 2"}));
    const UsageCoverage coverage{&seen, true, -1, true};
    QCOMPARE(unusedWords(unused[1], coverage),
             std::string("None of the 1 event of flights that were looked at names its id 2; there are more. It isn't "
                         "the latest, no schema refers to it, no contract is about it, and nobody is known to have "
                         "asked the registry for it."));
    QCOMPARE(unused[0].looked, VersionUsage::Looked::Part);
    QVERIFY(unusedWords(unused[0], coverage).contains("so others may."));
    QVERIFY(coverageWords(coverage, minutes)
                .starts_with("1 event of 1 topic was looked at, 7 ms to 7 ms. A part only "
                             "of flights. The registry tells who asked it, not since"));
}

void UsageTest::whatCameAfterwardsIsNotJudged() {
    const auto book = flightsBook();
    const auto seen = seenIn(book, {});
    auto versions = book->versions();
    versions.push_back(schemaVersion("flights-value", 4, 20, R"("string")"));
    versions.push_back(schemaVersion("flights-value", 5, 21, R"("int")"));
    const SchemaBook later(versions);
    const auto unused = unusedVersions({later, &seen});
    QCOMPARE(unused.back().version.version, 4);
    QCOMPARE(unused.back().looked, VersionUsage::Looked::Nothing);
    QCOMPARE(unused[1].looked, VersionUsage::Looked::All);
    QCOMPARE(unused[0].version.subject, std::string("air.Leg")); // its events may be anywhere, and there were none
    QCOMPARE(unused[0].looked, VersionUsage::Looked::Nothing);
    QVERIFY(unusedWords(unused[1], {&seen}).starts_with("flights holds no events."));
}

void UsageTest::aDeletedVersionIsNotListed() {
    auto versions = flightsBook()->versions();
    for (auto& one : versions) {
        one.isDeleted = one.subject == "flights-value" && one.version != 2;
    }
    const SchemaBook book(versions);
    QCOMPARE(named(unusedVersions({book})), (Names{"air.Leg 1"}));
}

void UsageTest::theTopicsThatMatterAreNamed() {
    const auto book = flightsBook();
    QCOMPARE(topicsToScan({*book}), (Names{"flights"}));
    UsageSources sources{*book};
    sources.topicOf = [](const std::string& subject) { return subject == "air.Leg" ? "air" : std::string(); };
    QCOMPARE(topicsToScan(sources), (Names{"air"}));
}

QTEST_MAIN(UsageTest)
#include "usage_test.moc"
