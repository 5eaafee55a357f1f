// SPDX-License-Identifier: Apache-2.0
#include "support/random_message.h"
#include "support/seed.h"
#include "wire/dump.h"
#include "wire/message_types.h"

#include <QtTest>

using namespace meshbone::backbone::wire;
using meshbone::test::RandomMessage;

namespace {

std::string dumped(AnyMessage& message, Version version) {
    Dumper dumper;
    message.inspect(dumper, version);
    return dumper.text();
}

const MessageType& typeNamed(const QString& name) {
    const auto types = messageTypes();
    return *std::ranges::find_if(types, [&](const auto& type) { return type.name == name.toStdString(); });
}

} // namespace

/// Random messages of every API, direction and version. Replay a failure with the MESHBONE_SEED that is printed.
class RoundtripTest : public QObject {
    Q_OBJECT

    static constexpr int kRounds = 25;
    const std::uint64_t m_seed = meshbone::test::testSeed();

    static void everyMessage() {
        QTest::addColumn<QString>("name");
        for (const auto& type : messageTypes()) {
            const auto name = QString::fromStdString(std::string(type.name));
            QTest::newRow(qPrintable(name)) << name;
        }
    }

    /// Calls check(type, message, bytes, version) with random messages of the row's type.
    template <class Check>
    void forRandomMessages(int rounds, Check check) {
        QFETCH(QString, name);
        const auto& type = typeNamed(name);
        for (Version version = type.versions.min; version <= type.versions.max; ++version) {
            for (int round = 0; round < rounds; ++round) {
                RandomMessage random(m_seed + static_cast<std::uint64_t>(round) * 1000 + version);
                const auto message = type.make();
                message->inspect(random, version);
                check(type, *message, message->encode(version), version);
                if (QTest::currentTestFailed()) {
                    qWarning("version %d, round %d", version, round);
                    return;
                }
            }
        }
    }

private slots:
    void whatIsEncodedIsDecoded_data() { everyMessage(); }
    void whatIsEncodedIsDecoded() {
        forRandomMessages(kRounds, [](const auto& type, auto& message, const std::string& bytes, Version version) {
            const auto again = type.make();
            const auto decoded = again->decode(bytes, version);
            QVERIFY2(decoded.has_value(), decoded ? "" : decoded.error().message.c_str());
            QCOMPARE(dumped(*again, version), dumped(message, version));
            QCOMPARE(again->encode(version), bytes);
        });
    }

    void everyPrefixIsRefused_data() { everyMessage(); }
    void everyPrefixIsRefused() {
        forRandomMessages(3, [](const auto& type, auto&, const std::string& bytes, Version version) {
            const auto message = type.make();
            for (std::size_t size = 0; size < bytes.size(); ++size) {
                // A copy of exactly this size, so that a sanitizer sees a read past its end.
                const auto prefix = std::make_unique<char[]>(size);
                std::ranges::copy_n(bytes.data(), static_cast<std::ptrdiff_t>(size), prefix.get());
                const auto decoded = message->decode({prefix.get(), size}, version);
                QVERIFY2(!decoded, qPrintable(QString("a prefix of %1 bytes was taken").arg(size)));
                QVERIFY(decoded.error().message.ends_with('.'));
            }
        });
    }

    void bytesLeftOverAreRefused_data() { everyMessage(); }
    void bytesLeftOverAreRefused() {
        forRandomMessages(3, [](const auto& type, auto&, const std::string& bytes, Version version) {
            const bool tolerated = type.name == "MetadataRequest"; // see its kMayLeaveRest
            QCOMPARE(type.make()->decode(bytes + '\0', version).has_value(), tolerated);
        });
    }

    void otherVersionsAreRefused_data() { everyMessage(); }
    void otherVersionsAreRefused() {
        QFETCH(QString, name);
        const auto& type = typeNamed(name);
        for (const int version : {type.versions.min - 1, type.versions.max + 1, -32768, 32767}) {
            const auto refused = type.make()->decode("", static_cast<Version>(version));
            QVERIFY(!refused && refused.error().kafkaCode == 35);
        }
    }

    void changedBytesAreReadOrRefused_data() { everyMessage(); }
    void changedBytesAreReadOrRefused() {
        std::mt19937_64 random(m_seed);
        forRandomMessages(kRounds, [&](const auto& type, auto&, std::string bytes, Version version) {
            if (bytes.empty()) {
                return;
            }
            for (int change = 0; change < 3; ++change) {
                bytes[random() % bytes.size()] = static_cast<char>(random());
                const auto message = type.make();
                if (message->decode(bytes, version)) { // what was read must be writable and mean the same
                    const auto again = type.make();
                    const auto written = message->encode(version);
                    QVERIFY(again->decode(written, version).has_value());
                    QCOMPARE(dumped(*again, version), dumped(*message, version));
                }
            }
        });
    }
};

QTEST_GUILESS_MAIN(RoundtripTest)
#include "roundtrip_test.moc"
