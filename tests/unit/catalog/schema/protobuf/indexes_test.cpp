// SPDX-License-Identifier: Apache-2.0
// The message indexes before a payload: golden bytes, and bytes that are none.
#include "schema/protobuf/message_indexes.h"

#include <QtTest>

#include <random>

using namespace meshbone::catalog::protobuf;
using meshbone::ErrorCode;

class IndexesTest : public QObject {
    Q_OBJECT
private slots:
    void golden_data();
    void golden();
    void refused_data();
    void refused();
    void anyBytesEnd();
};

void IndexesTest::golden_data() {
    QTest::addColumn<std::vector<int>>("indexes");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("first message") << std::vector<int>{0} << QByteArray("00");
    QTest::newRow("second message") << std::vector<int>{1} << QByteArray("0202");
    QTest::newRow("first in first") << std::vector<int>{0, 0} << QByteArray("040000");
    QTest::newRow("1, 0, 2") << std::vector<int>{1, 0, 2} << QByteArray("06020004");
    QTest::newRow("two bytes") << std::vector<int>{100} << QByteArray("02c801");
    QTest::newRow("largest") << std::vector<int>{2147483647} << QByteArray("02feffffff0f");
}

void IndexesTest::golden() {
    QFETCH(const std::vector<int>, indexes);
    QFETCH(const QByteArray, hex);
    const auto written = writeMessageIndexes(indexes);
    QCOMPARE(QByteArray::fromStdString(written).toHex(), hex);
    const auto read = readMessageIndexes(written + "rest");
    QVERIFY(read.has_value());
    QCOMPARE(read->indexes, indexes);
    QCOMPARE(read->bytes, written.size());
}

void IndexesTest::refused_data() {
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QByteArray("") << "ends at byte 0";
    QTest::newRow("count alone") << QByteArray("02") << "ends at byte 1";
    QTest::newRow("cut varint") << QByteArray("0480") << "ends at byte 2";
    QTest::newRow("negative count") << QByteArray("01") << "-1 message indexes";
    QTest::newRow("too many") << QByteArray("42") << "33 message indexes";
    QTest::newRow("negative index") << QByteArray("0201") << "at byte 1 is -1";
    QTest::newRow("more than 32 bits") << QByteArray("02ffffffff7f") << "at byte 1 has more than 32 bits";
    QTest::newRow("endless") << QByteArray("ffffffffffffffff") << "at byte 0 has more than 32 bits";
}

void IndexesTest::refused() {
    QFETCH(const QByteArray, hex);
    QFETCH(const QString, says);
    const auto read = readMessageIndexes(QByteArray::fromHex(hex).toStdString());
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, ErrorCode::Corrupt);
    QVERIFY2(QString::fromStdString(read.error().message).contains(says), read.error().message.c_str());
}

void IndexesTest::anyBytesEnd() {
    std::mt19937 random{7};
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes(random() % 12, '\0');
        for (auto& byte : bytes) {
            byte = static_cast<char>(random());
        }
        const auto read = readMessageIndexes(bytes);
        QVERIFY(!read || (read->bytes <= bytes.size() && read->indexes.size() <= kMaxMessageIndexes));
    }
}

QTEST_APPLESS_MAIN(IndexesTest)
#include "indexes_test.moc"
