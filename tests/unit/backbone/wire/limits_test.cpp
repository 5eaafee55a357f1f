// SPDX-License-Identifier: Apache-2.0
#include "wire/message_types.h"
#include "wire/reader.h"

#include <QtTest>

#include <atomic>
#include <cstdlib>
#include <new>

using namespace meshbone::backbone::wire;

namespace {
std::atomic<std::size_t> allocatedBytes{0};
}

// Counts what the whole program asks for; the test looks at it around one call.
void* operator new(std::size_t size) {
    allocatedBytes += size;
    if (void* const memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

/// Hostile frames: no message may make decoding take much more memory than the frame has bytes.
class LimitsTest : public QObject {
    Q_OBJECT

    /// Decodes and returns how many bytes were asked for, in all, not at once.
    static std::size_t cost(const MessageType& type, std::string_view frame, Version version) {
        const auto message = type.make();
        const auto before = allocatedBytes.load();
        (void)message->decode(frame, version);
        return allocatedBytes.load() - before;
    }

private slots:
    void repeatedBytesCostLittle() {
        for (const std::size_t size : {std::size_t{100}, std::size_t{64} << 10, std::size_t{2} << 20}) {
            for (const char octet : {'\0', '\1', '\2', '\3', '\5', '\x10', '\x7f', '\xff'}) {
                const std::string frame(size, octet);
                for (const auto& type : messageTypes()) {
                    for (Version version = type.versions.min; version <= type.versions.max; ++version) {
                        // Arrays within the budget, text of responses once more, an error's sentence.
                        const auto most = Reader::kBudgetFactor * size + Reader::kBudgetFloorBytes + size + 1000;
                        const auto bytes = cost(type, frame, version);
                        QVERIFY2(bytes <= most, qPrintable(QString("%1 v%2: %3 bytes for a frame of %4 x %5")
                                                               .arg(type.name.data())
                                                               .arg(version)
                                                               .arg(bytes)
                                                               .arg(size)
                                                               .arg(int(octet))));
                    }
                }
            }
        }
    }

    void anArrayThatAnnouncesBillionsCostsNothing() {
        const std::string frame("\x7f\xff\xff\xff\x7f\xff\xff\xff\x7f\xff\xff\xff", 12);
        for (const auto& type : messageTypes()) {
            for (Version version = type.versions.min; version <= type.versions.max; ++version) {
                QVERIFY(cost(type, frame, version) < 1000);
            }
        }
    }

    void aLargeHonestArrayIsRead() {
        // 20,000 partitions in one OffsetCommit version 2: 14 bytes each on the wire.
        const auto type = *std::ranges::find(messageTypes(), "OffsetCommitRequest", &MessageType::name);
        std::string frame("\0\1g\xff\xff\xff\xff\0\0\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\1\0\1t\0\0\x4e\x20", 28);
        for (int i = 0; i < 20'000; ++i) {
            frame.append("\0\0\0\1\0\0\0\0\0\0\0\5\xff\xff", 14);
        }
        const auto message = type.make();
        const auto decoded = message->decode(frame, 2);
        QVERIFY2(decoded.has_value(), decoded ? "" : decoded.error().message.c_str());
        QCOMPARE(message->encode(2), frame);
    }
};

QTEST_GUILESS_MAIN(LimitsTest)
#include "limits_test.moc"
