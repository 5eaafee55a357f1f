// SPDX-License-Identifier: Apache-2.0
#include "topics/payload.h"
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
};

QTEST_GUILESS_MAIN(PayloadTest)
#include "payload_test.moc"
