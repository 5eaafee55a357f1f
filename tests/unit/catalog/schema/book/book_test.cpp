// SPDX-License-Identifier: Apache-2.0
#include "example_book.h"

#include <catalog/avro.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::test;

class BookTest : public QObject {
    Q_OBJECT
private slots:
    void decodesEachLanguage();
    void decodesEachFraming();
    void saysWhyNot();
    void idsOfTheTopicsOwnSubjectFirst();
    void searches_data();
    void searches();
    void settingsAndVerdicts();
    void subjectsOfATopic();
};

void BookTest::decodesEachLanguage() {
    const auto book = exampleBook();
    const auto flight =
        book->decode(framedRecord(*book, "flights", "flights-value", 2, R"({"tailNumber":"N1","delay":5})"), false);
    QVERIFY(flight.isDecoded());
    QCOMPARE(flight.json, std::string(R"({"tailNumber":"N1","delay":5})"));
    QCOMPARE(flight.schema->version, 2);
    QCOMPARE(flight.framing, Framing::Prefix);
    const auto strike =
        book->decode(framedRecord(*book, "strikes", "strikes-value", 1, R"({"species":"gull"})"), false);
    QCOMPARE(strike.json, std::string(R"({"species":"gull"})"));
    const auto airport = book->decode(framedRecord(*book, "airports", "airports-value", 1, R"({"code":"ANC"})"), false);
    QCOMPARE(airport.json, std::string(R"({"code":"ANC"})"));
}

void BookTest::decodesEachFraming() {
    const auto book = exampleBook();
    const auto version = *book->version("flights-value", 1);
    const auto payload = *(*book->parsed(version))->fromJson(R"({"tailNumber":"N1"})");
    auto record = recordOf("flights", payload);
    record.headers.push_back(
        {"__value_schema_id",
         '\1' + QByteArray::fromHex(QByteArray::fromStdString(version.guid).replace('-', "")).toStdString()});
    QCOMPARE(book->decode(record, false).framing, Framing::HeaderGuid);
    QCOMPARE(book->decode(record, false).json, std::string(R"({"tailNumber":"N1"})"));

    auto single = std::string("\xC3\x01");
    const auto fingerprint = avroFingerprint(**book->parsed(version));
    single.append(reinterpret_cast<const char*>(&fingerprint), 8);
    const auto decoded = book->decode(recordOf("flights", single + payload), false);
    QCOMPARE(decoded.framing, Framing::SingleObject);
    QCOMPARE(decoded.json, std::string(R"({"tailNumber":"N1"})"));

    QCOMPARE(book->decode(recordOf("x", R"({"a":1})"), false).json, std::string(R"({"a":1})"));
    QCOMPARE(book->decode(recordOf("x", "hello"), false).framing, Framing::Text);
    QCOMPARE(book->decode(recordOf("x", "\xff\xfe"), false).framing, Framing::Binary);
    QCOMPARE(book->decode(recordOf("x", std::nullopt), false).framing, Framing::Absent);
    QCOMPARE(book->decode(recordOf("x", "{not json"), false).framing, Framing::Text);
}

void BookTest::saysWhyNot() {
    const auto book = exampleBook();
    const auto unknown = book->decode(recordOf("flights", framed(SchemaId(99), "x")), false);
    QCOMPARE(unknown.id, SchemaId(99));
    QVERIFY(!unknown.isDecoded());
    QVERIFY(unknown.problem.find("id 99") != std::string::npos);
    const auto cut = book->decode(recordOf("flights", framed(SchemaId(1), "\x10N1")), false);
    QVERIFY(cut.schema.has_value());
    QVERIFY(cut.problem.find("`tailNumber`") != std::string::npos);
}

void BookTest::idsOfTheTopicsOwnSubjectFirst() {
    const SchemaBook book({schemaVersion("a-value", 1, 1, R"("int")"), schemaVersion("b-value", 3, 1, R"("int")"),
                           schemaVersion("c-key", 1, 1, R"("int")")});
    QCOMPARE(book.byId(SchemaId(1), "b", false)->subject, std::string("b-value"));
    QCOMPARE(book.byId(SchemaId(1), "c", true)->subject, std::string("c-key"));
    auto single = std::string("\xC3\x01");
    const auto fingerprint = avroFingerprint(**book.parsed(*book.version("a-value", 1)));
    single.append(reinterpret_cast<const char*>(&fingerprint), 8);
    QCOMPARE(book.decode(recordOf("b", single + "\x02"), false).schema->subject, std::string("b-value"));
    QCOMPARE(book.decode(recordOf("a", single + "\x02"), false).schema->subject, std::string("a-value"));
    QVERIFY(!book.byId(SchemaId(2), "b", false));
}

namespace {

/// The example, and a schema of each language that says what it is.
SchemaBookPtr documentedBook() {
    auto versions = exampleBook()->versions();
    versions.push_back(schemaVersion("legs-value", 1, 11,
                                     R"({"type":"record","name":"Leg","doc":"What moves aircraft.","fields":[]})"));
    versions.push_back(
        schemaVersion("hits-value", 1, 12, R"({"type":"object","description":"A collision."})", SchemaType::Json));
    versions.push_back(schemaVersion("lights-value", 1, 13,
                                     "syntax = \"proto3\";\n// A beacon.\nmessage Light { int32 colour = 1; }",
                                     SchemaType::Protobuf));
    return std::make_shared<const SchemaBook>(std::move(versions));
}

} // namespace

void BookTest::searches_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("first"); // subject, version, field, where
    QTest::newRow("a field") << "tailnum"
                             << "flights-value 2 tailNumber field";
    QTest::newRow("a doc") << "painted"
                           << "flights-value 2 tailNumber doc";
    QTest::newRow("a record's doc") << "moves aircraft"
                                    << "legs-value 1  doc";
    QTest::newRow("a schema's description") << "collision"
                                            << "hits-value 1  doc";
    QTest::newRow("a message's comment") << "beacon"
                                         << "lights-value 1  doc";
    QTest::newRow("a tag") << "ops delay"
                           << "flights-value 2 delay tag";
    QTest::newRow("an owner") << "flight-ops"
                              << "flights-value 2  metadata";
    QTest::newRow("a name") << "STRIKE"
                            << "strikes-value 1  subject";
    QTest::newRow("a type") << "species string"
                            << "strikes-value 1 species field";
    QTest::newRow("Protobuf") << "airport code"
                              << "airports-value 1 code field";
    QTest::newRow("nothing") << "unheard"
                             << "";
}

void BookTest::searches() {
    QFETCH(QString, text);
    QFETCH(QString, first);
    const auto book = documentedBook();
    QString found;
    const auto hits = book->search(text.toStdString());
    for (const auto& hit : hits) {
        const auto& version = book->versions()[hit.version];
        const auto line = QString("%1 %2 %3 %4")
                              .arg(QString::fromStdString(version.subject))
                              .arg(version.version)
                              .arg(QString::fromStdString(hit.field), QString::fromStdString(hit.what));
        found = line == first ? line : found;
    }
    if (first.isEmpty()) {
        QVERIFY(hits.empty());
    } else {
        QVERIFY2(found == first, hits.empty() ? "nothing" : hits.front().what.c_str());
    }
    QVERIFY(book->search("  ").empty());
}

void BookTest::settingsAndVerdicts() {
    SchemaDefinition breaking;
    breaking.text = R"({"type":"record","name":"Flight","fields":[{"name":"gate","type":"int"}]})";
    const auto verdict = exampleBook()->verdict("flights-value", breaking);
    QVERIFY(verdict && !verdict->isCompatible());
    QCOMPARE(verdict->versions.size(), 1U);
    const SchemaBook none({schemaVersion("flights-value", 1, 1, kFlight1)},
                          {{"flights-value", CompatibilityLevel::None, {}, {}, {}}});
    QVERIFY(none.verdict("flights-value", breaking)->isCompatible());
    QCOMPARE(none.levelOf("flights-value"), CompatibilityLevel::None);
    QCOMPARE(none.levelOf("other"), CompatibilityLevel::Backward);
    breaking.text = "{";
    QVERIFY(!none.verdict("flights-value", breaking));
}

void BookTest::subjectsOfATopic() {
    const SchemaBook book({schemaVersion("a-key", 1, 1, R"("int")"), schemaVersion("a-value", 1, 2, R"("long")"),
                           schemaVersion("a-com.Order", 1, 3, R"("string")"),
                           schemaVersion("ab-value", 1, 3, R"("string")"),
                           schemaVersion("a-old-value", 1, 3, R"("string")")});
    QCOMPARE(book.subjectsOfTopic("a"), (std::vector<std::string>{"a-value", "a-com.Order", "a-key"}));
    QVERIFY(book.subjectsOfTopic("none").empty());
}

QTEST_MAIN(BookTest)
#include "book_test.moc"
