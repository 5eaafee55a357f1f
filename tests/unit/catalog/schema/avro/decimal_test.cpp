// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/decimal.h"

#include "avro_text.h"

#include <QTest>

using namespace meshbone;
using namespace meshbone::catalog::avro;

class DecimalTest : public QObject {
    Q_OBJECT
private slots:
    void bothWays_data();
    void bothWays();
    void refused();
};

void DecimalTest::bothWays_data() {
    QTest::addColumn<QString>("hex");
    QTest::addColumn<int>("scale");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* hex, int scale, const char* text) {
        QTest::newRow(text) << QString(hex) << scale << QString(text);
    };
    row("00", 0, "0");
    row("00", 2, "0.00");
    row("7f", 0, "127");
    row("0080", 0, "128");
    row("80", 0, "-128");
    row("ff7f", 0, "-129");
    row("ff", 2, "-0.01");
    row("3039", 2, "123.45");
    row("cfc7", 2, "-123.45");
    row("0de0b6b3a763ffff", 18, "0.999999999999999999");
    row("4b3b4ca85a86c47a098a223fffffffff", 0, "99999999999999999999999999999999999999");
}

void DecimalTest::bothWays() {
    QFETCH(QString, hex);
    QFETCH(int, scale);
    QFETCH(QString, text);
    const auto bytes = QByteArray::fromHex(hex.toLatin1()).toStdString();
    QCOMPARE(QString::fromStdString(*decimalText(bytes, scale)), text);
    const auto back = decimalBytes(text.toStdString(), 60, scale, 0);
    QVERIFY(back);
    QCOMPARE(QString::fromStdString(test::hex(*back)), hex);
    const auto wide = decimalBytes(text.toStdString(), 60, scale, 20);
    QCOMPARE(QString::fromStdString(*decimalText(*wide, scale)), text);
}

void DecimalTest::refused() {
    QVERIFY(!decimalBytes("1.234", 9, 2, 0));
    QVERIFY(!decimalBytes("1000", 3, 0, 0));
    QVERIFY(!decimalBytes("128", 9, 0, 1));
    QVERIFY(!decimalBytes("", 9, 0, 0));
    QVERIFY(!decimalBytes("-", 9, 0, 0));
    QVERIFY(!decimalBytes("1.", 9, 2, 0));
    QVERIFY(!decimalBytes("1e3", 9, 2, 0));
    QVERIFY(!decimalText(std::string(kMaxDecimalBytes + 1, '\1'), 0));
}

QTEST_MAIN(DecimalTest)
#include "decimal_test.moc"
