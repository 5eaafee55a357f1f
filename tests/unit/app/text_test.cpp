// SPDX-License-Identifier: Apache-2.0
#include "commands/json_output.h"
#include "commands/text_table.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::app;

class TextTest : public QObject {
    Q_OBJECT

private slots:
    void timesAreParsedAndPrinted() {
        std::int64_t ms = 0;
        QVERIFY(parseTime("2018-02-06T15:50:42.400Z", ms));
        QCOMPARE(ms, std::int64_t{1'517'932'242'400});
        QCOMPARE(isoTime(ms), std::string("2018-02-06T15:50:42.400Z"));
        QVERIFY(parseTime("2018-02-06 15:50", ms));
        QCOMPARE(ms, std::int64_t{1'517'932'200'000});
        QVERIFY(parseTime("2018-02-06", ms));
        QVERIFY(parseTime("1517932242400", ms));
        QCOMPARE(isoTime(-1), std::string("-"));
    }

    void whatIsNoTimeIsRefused_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "yesterday", "2018-13-01", "2018-02-30", "2018-02-06T25:00", "2018-02-06T10:00Zx",
                                 "2018-02-06T", "-5", "2018-02-06T10:00:00.12"}) {
            QTest::newRow(text) << text;
        }
    }
    void whatIsNoTimeIsRefused() {
        QFETCH(QString, text);
        std::int64_t ms = 0;
        QVERIFY(!parseTime(text.toStdString(), ms));
    }

    void aKeyCanNotTakeOverTheTerminal() {
        QCOMPARE(printable("a\x1b[31mb\n", 100), std::string("a.[31mb."));
        QCOMPARE(printable("äöü", 3), std::string("ä…")); // cut at a whole character
    }

    void bytesAreNeverLostInJson() {
        Record record;
        record.key = "\xff\xfe";
        record.value = std::nullopt;
        record.headers = {{"h", std::nullopt}, {"h", Bytes("")}};
        const auto json = recordJson(record);
        QCOMPARE(json["keyBase64"].get<std::string>(), std::string("//4="));
        QVERIFY(json["value"].is_null());
        QVERIFY(json["headers"][0]["value"].is_null());
        QCOMPARE(json["headers"][1]["value"].get<std::string>(), std::string());
    }
};

QTEST_GUILESS_MAIN(TextTest)
#include "text_test.moc"
