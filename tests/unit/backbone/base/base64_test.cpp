// SPDX-License-Identifier: Apache-2.0
#include <backbone/base64.h>

#include <QtTest>

using namespace meshbone;

class Base64Test : public QObject {
    Q_OBJECT

private slots:
    // RFC 4648, section 10.
    void theVectorsOfTheRfc_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        const std::pair<const char*, const char*> kVectors[] = {{"", ""},
                                                                {"f", "Zg=="},
                                                                {"fo", "Zm8="},
                                                                {"foo", "Zm9v"},
                                                                {"foob", "Zm9vYg=="},
                                                                {"fooba", "Zm9vYmE="},
                                                                {"foobar", "Zm9vYmFy"}};
        for (const auto& [bytes, text] : kVectors) {
            QTest::newRow(bytes) << QByteArray(bytes) << QByteArray(text);
        }
    }
    void theVectorsOfTheRfc() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, text);
        QCOMPARE(toBase64(bytes.toStdString()), text.toStdString());
        QCOMPARE(fromBase64(text.toStdString()).value(), bytes.toStdString());
    }

    void everyByteComesBack() {
        Bytes all;
        for (int i = 0; i < 256; ++i) {
            all += static_cast<char>(i);
            QCOMPARE(fromBase64(toBase64(all)).value(), all);
        }
        QCOMPARE(toBase64(std::string_view("\x00\xff\x10", 3)), std::string("AP8Q"));
    }

    void oneSpellingOnly() {
        for (const char* bad : {"Zm9=", "Zm8", "Zm8 ", "Z===", "====", "Zm8=\n", "Z!9v", "Zg=a", "=Zg=", "Zm-_"}) {
            QVERIFY2(!fromBase64(bad), bad);
        }
    }
};

QTEST_GUILESS_MAIN(Base64Test)
#include "base64_test.moc"
