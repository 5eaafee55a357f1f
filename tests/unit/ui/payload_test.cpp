// SPDX-License-Identifier: Apache-2.0
#include "message/decoded_payload.h"
#include "message/payload.h"
#include "topics/event_example.h"
#include "widgets/english.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;

namespace {
std::optional<Bytes> bytes(const char* text) {
    return Bytes(text);
}
} // namespace

class PayloadTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void bytesAreTakenForWhatTheyAre() {
        QCOMPARE(payloadKind(std::nullopt), PayloadKind::Null);
        QCOMPARE(payloadKind(bytes("")), PayloadKind::Empty);
        QCOMPARE(payloadKind(bytes(" {\"a\":1}")), PayloadKind::Json);
        QCOMPARE(payloadKind(bytes("[]")), PayloadKind::Json);
        QCOMPARE(payloadKind(bytes("{\"a\":")), PayloadKind::Text); // not whole, so not JSON
        QCOMPARE(payloadKind(bytes("42")), PayloadKind::Text);
        QCOMPARE(payloadKind(bytes("caf\xC3\xA9\n")), PayloadKind::Text);
        QCOMPARE(payloadKind(bytes("caf\xC3")), PayloadKind::Binary); // half a character
        QCOMPARE(payloadKind(Bytes("\0\1", 2)), PayloadKind::Binary);
    }

    void aLineHasNoLineEnds() {
        QCOMPARE(payloadLine(bytes("a\r\nb\tc"), 100), QStringLiteral("a⏎b c"));
        QCOMPARE(payloadLine(std::nullopt, 100), QStringLiteral("null"));
        QCOMPARE(payloadLine(bytes("abcdef"), 3), QStringLiteral("abc…"));
        QCOMPARE(payloadLine(bytes("abcdef"), 6), QStringLiteral("abcdef"));
        QCOMPARE(payloadLine(Bytes("\0\xff", 2), 100), QStringLiteral("00 ff"));
        QCOMPARE(payloadLine(Bytes(40, '\1'), 100).right(4), QStringLiteral("01 …"));
    }

    void aCutPartsNoCharacter() {
        QCOMPARE(payloadLine(bytes("caf\xC3\xA9s"), 4), QStringLiteral("caf…"));
        QCOMPARE(payloadLine(bytes("caf\xC3\xA9s"), 5), QStringLiteral("café…"));
    }

    void jsonIsReadAndIndented() {
        QCOMPARE(payloadJson(bytes("{\"a\":[1,2]}"))->toObject()[QStringLiteral("a")].toArray().size(), 2);
        QVERIFY(!payloadJson(bytes("a")).has_value());
        QVERIFY(!payloadJson(std::nullopt).has_value());
        QCOMPARE(payloadPretty(bytes("{\"a\":1}")), QStringLiteral("{\n    \"a\": 1\n}\n"));
        QCOMPARE(
            payloadPretty(bytes("{\"b\":[1.50,{}],\"a\":12345678901234567890}")),
            QStringLiteral("{\n    \"b\": [\n        1.50,\n        {}\n    ],\n    \"a\": 12345678901234567890\n}\n"));
        QCOMPARE(payloadTree(bytes("{\"a\":1,\"a\":2}"))->members.size(), std::size_t{1}); // a name that stands twice
        QCOMPARE(payloadPretty(bytes("plain")), QStringLiteral("plain"));
    }

    void hexHasOffsetBytesAndAscii() {
        const auto lines = payloadHex(bytes("0123456789abcdef\n")).split(QLatin1Char('\n'));
        QCOMPARE(lines[0],
                 QStringLiteral("00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef"));
        QVERIFY(lines[1].startsWith(QStringLiteral("00000010  0a ")));
        QVERIFY(lines[1].endsWith(QStringLiteral("  .")));
        QCOMPARE(lines[1].size(), qsizetype(8 + 2 + 47 + 2 + 1)); // the columns stand below each other
        QVERIFY(payloadHex(Bytes(100, 'x'), 32).endsWith(QStringLiteral("… 68 B more")));
    }

    void anExampleHasAnEmptyValueForEachField() {
        const auto schema = catalog::parseAvro(R"({"type":"record","name":"A","fields":[
            {"name":"id","type":"string"},
            {"name":"count","type":"long"},
            {"name":"note","type":["null","string"],"default":null},
            {"name":"kind","type":{"type":"enum","name":"K","symbols":["X"]},"default":"X"},
            {"name":"tags","type":{"type":"array","items":"string"}},
            {"name":"at","type":{"type":"record","name":"P","fields":[{"name":"lon","type":"double"}]}}]})");
        QVERIFY(schema);
        const auto skeleton = eventSkeleton((*schema)->fields());
        QVERIFY2((*schema)->fromJson(skeleton.toStdString()), qPrintable(skeleton)); // it is an event already
        const auto json = payloadJson(skeleton.toStdString())->toObject();
        QVERIFY(json[QStringLiteral("note")].isNull());
        QVERIFY(json[QStringLiteral("at")].toObject().contains(QStringLiteral("lon")));
        QVERIFY(json[QStringLiteral("tags")].isArray());
    }

    void aSchemaAndItsFramingAreFacts() {
        catalog::DecodedPart part;
        QVERIFY(schemaFact(part).isEmpty());
        QVERIFY(framingFact(part).isEmpty());
        part.framing = catalog::Framing::Prefix;
        part.id = catalog::SchemaId(7);
        QCOMPARE(schemaFact(part), QStringLiteral("id 7, not known"));
        catalog::SchemaVersion version;
        version.subject = "flights.positions-value";
        version.version = 3;
        version.id = part.id;
        version.definition = std::make_shared<const catalog::SchemaDefinition>();
        version.isDeleted = true;
        part.schema = version;
        QCOMPARE(schemaFact(part), QStringLiteral("flights.positions-value v3, id 7, Avro (deleted)"));
        QVERIFY(!framingFact(part).isEmpty());
        part.problem = "It can't be read.";
        QCOMPARE(readableBytes(part, Bytes("abc")).value_or(""), std::string("abc"));
    }
};

QTEST_GUILESS_MAIN(PayloadTest)
#include "payload_test.moc"
