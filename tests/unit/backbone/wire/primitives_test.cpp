// SPDX-License-Identifier: Apache-2.0
#include "wire/reader.h"
#include "wire/tags.h"
#include "wire/writer.h"

#include <QtTest>

#include <limits>

using namespace meshbone;
using namespace meshbone::backbone::wire;
using namespace std::string_view_literals;

/// Integers, variable-length numbers, lengths and counts, byte by byte.
class PrimitivesTest : public QObject {
    Q_OBJECT

private slots:
    void integersAreBigEndian() {
        std::string bytes(15, '\0');
        Writer writer(bytes);
        writer.integer(std::int8_t{-2});
        writer.integer(std::int16_t{0x0102});
        writer.integer(std::int32_t{0x03040506});
        writer.integer(std::int64_t{0x0708090a0b0c0d0e});
        QCOMPARE(bytes, std::string("\xfe\1\2\3\4\5\6\7\x8\x9\xa\xb\xc\xd\xe"));
        Reader reader(bytes);
        QCOMPARE(reader.int8(), std::int8_t{-2});
        QCOMPARE(reader.int16(), std::int16_t{0x0102});
        QCOMPARE(reader.int32(), 0x03040506);
        QCOMPARE(reader.int64(), std::int64_t{0x0708090a0b0c0d0e});
        QVERIFY(reader.ok());
        QCOMPARE(reader.left(), std::size_t{0});
    }

    void anIntegerCutShortFailsAndStaysFailed() {
        Reader reader("\1\2\3"sv);
        QCOMPARE(reader.int32(), 0);
        QVERIFY(!reader.ok());
        QCOMPARE(reader.int8(), std::int8_t{0}); // although a byte would have been there
        const auto error = reader.error("Probe");
        QCOMPARE(error.message, std::string("The Probe is malformed: 4 bytes are needed, but 3 are left."));
        QCOMPARE(error.code, ErrorCode::Corrupt);
        QCOMPARE(error.kafkaCode, std::int16_t{42});
    }

    void uvarints_data() {
        QTest::addColumn<quint32>("value");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("0") << 0u << QByteArray("\x00", 1);
        QTest::newRow("127") << 127u << QByteArray("\x7f");
        QTest::newRow("128") << 128u << QByteArray("\x80\x01");
        QTest::newRow("300") << 300u << QByteArray("\xac\x02");
        QTest::newRow("16383") << 16383u << QByteArray("\xff\x7f");
        QTest::newRow("16384") << 16384u << QByteArray("\x80\x80\x01");
        QTest::newRow("largest") << std::numeric_limits<quint32>::max() << QByteArray("\xff\xff\xff\xff\x0f");
    }
    void uvarints() {
        QFETCH(quint32, value);
        QFETCH(QByteArray, bytes);
        std::string out(uvarintSize(value), '\0');
        Writer(out).uvarint(value);
        QCOMPARE(out, bytes.toStdString());
        Reader reader(out);
        QCOMPARE(reader.uvarint(), value);
        QVERIFY(reader.ok());
    }

    void uvarintsOutOfRangeAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("33 bits") << QByteArray("\xff\xff\xff\xff\x1f");
        QTest::newRow("six bytes") << QByteArray("\x80\x80\x80\x80\x80\x01");
        QTest::newRow("unfinished") << QByteArray("\x80\x80");
        QTest::newRow("empty") << QByteArray();
    }
    void uvarintsOutOfRangeAreRefused() {
        QFETCH(QByteArray, bytes);
        const auto input = bytes.toStdString();
        Reader reader(input);
        QCOMPARE(reader.uvarint(), 0u);
        QVERIFY(!reader.ok());
    }

    void octetsInTheirThreeForms() {
        Reader reader("\0\2hi\0\0\0\1x\3yz\xff\xff\xff\xff\xff\xff\0"sv);
        QVERIFY(reader.octets(LengthKind::Int16) == "hi");
        QVERIFY(reader.octets(LengthKind::Int32) == "x");
        QVERIFY(reader.octets(LengthKind::Compact) == "yz");
        QVERIFY(reader.octets(LengthKind::Int16) == std::nullopt);
        QVERIFY(reader.octets(LengthKind::Int32) == std::nullopt);
        QVERIFY(reader.octets(LengthKind::Compact) == std::nullopt);
        QVERIFY(reader.ok());
        QCOMPARE(reader.left(), std::size_t{0});
    }

    void lyingLengthsAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("kind");
        QTest::newRow("int16 too long") << QByteArray("\0\3hi", 4) << 0;
        QTest::newRow("int16 negative") << QByteArray("\xff\xfehi", 4) << 0;
        QTest::newRow("int32 huge") << QByteArray("\x7f\xff\xff\xffhi", 6) << 1;
        QTest::newRow("int32 negative") << QByteArray("\x80\0\0\0hi", 6) << 1;
        QTest::newRow("compact huge") << QByteArray("\xff\xff\xff\xff\x0fhi", 7) << 2;
    }
    void lyingLengthsAreRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, kind);
        const auto input = bytes.toStdString();
        Reader reader(input);
        QVERIFY(reader.octets(static_cast<LengthKind>(kind)) == "");
        QVERIFY(!reader.ok());
    }

    void countsNeverExceedWhatIsLeft() {
        Reader fits("\0\0\0\2ab"sv);
        QVERIFY(fits.count(LengthKind::Int32) == std::size_t{2});
        Reader tooMany("\0\0\0\3ab"sv);
        QVERIFY(tooMany.count(LengthKind::Int32) == std::size_t{0});
        QVERIFY(!tooMany.ok());
        Reader negative("\xff\xff\xff\xfe"sv);
        negative.count(LengthKind::Int32);
        QVERIFY(!negative.ok());
        Reader null("\xff\xff\xff\xff"sv);
        QVERIFY(null.count(LengthKind::Int32) == std::nullopt);
        QVERIFY(null.ok());
        Reader compact("\4ab"sv);
        compact.count(LengthKind::Compact);
        QVERIFY(!compact.ok());
    }

    void memoryIsBounded() {
        Reader reader("abcd"sv);
        QCOMPARE(reader.budget(), 4 * Reader::kBudgetFactor + Reader::kBudgetFloorBytes);
        QVERIFY(reader.charge(Reader::kBudgetFloorBytes));
        QVERIFY(!reader.charge(5 * Reader::kBudgetFactor));
        QVERIFY(!reader.ok());
    }

    void tagsAreReadOrSkipped() {
        Reader skipped("\2\0\1a\5\2bcx"sv);
        skipTags(skipped);
        QVERIFY(skipped.ok());
        QVERIFY(skipped.rest() == "x");

        std::string seen;
        Reader known("\2\0\1a\5\2bcx"sv);
        readTags(known, [&](std::uint32_t tag, Reader& content) {
            seen += std::to_string(tag) + std::string(content.take(content.left()));
            return true;
        });
        QVERIFY(known.ok());
        QCOMPARE(seen, std::string("0a5bc"));
    }

    void brokenTagsAreRefused() {
        Reader tooMany("\7\0\0"sv);
        skipTags(tooMany);
        QVERIFY(!tooMany.ok());
        Reader tooLong("\1\0\5abc"sv);
        skipTags(tooLong);
        QVERIFY(!tooLong.ok());
        Reader leftOver("\1\0\2ab"sv);
        readTags(leftOver, [](std::uint32_t, Reader& content) {
            content.take(1);
            return true;
        });
        QVERIFY(!leftOver.ok());
    }
};

QTEST_GUILESS_MAIN(PrimitivesTest)
#include "primitives_test.moc"
