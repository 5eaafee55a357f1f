// SPDX-License-Identifier: Apache-2.0
#include "net/frame_input.h"

#include <QtTest>

#include <random>

using namespace meshbone::backbone::net;

namespace {

std::string framed(std::string_view body) {
    const auto size = static_cast<std::uint32_t>(body.size());
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += static_cast<char>(size >> shift & 0xff);
    }
    return out.append(body);
}

std::uint32_t seed() {
    const auto fromEnvironment = qEnvironmentVariableIntValue("MESHBONE_SEED");
    return fromEnvironment != 0 ? static_cast<std::uint32_t>(fromEnvironment) : std::random_device{}();
}

/// Feeds `stream` in pieces of random size, stopping to cut at random too, as a busy connection does.
std::vector<std::string> cut(const std::string& stream, std::mt19937& random, BufferPool& pool) {
    FrameInput input(pool, 10'000'000);
    std::vector<char> scratch(65'536);
    std::vector<std::string> frames;
    std::size_t at = 0;
    while (at < stream.size() || input.holdsBytes()) {
        const bool mayRead = at < stream.size() && random() % 4 != 0;
        if (mayRead) {
            const auto space = input.space(scratch);
            if (!space.empty()) {
                const auto want = random() % 3 == 0 ? random() % 64 + 1 : random() % 70'000 + 1;
                const auto count = std::min({space.size(), stream.size() - at, static_cast<std::size_t>(want)});
                std::copy_n(stream.data() + at, count, space.data());
                at += count;
                input.received(count);
            }
        }
        while (random() % 8 != 0) {
            const auto frame = input.next();
            if (!frame) {
                break;
            }
            frames.emplace_back(frame->begin(), frame->end());
        }
        input.park();
        std::ranges::fill(scratch, 'x'); // another connection reads into it
        if (!input.refusal().empty()) {
            break;
        }
    }
    return frames;
}

} // namespace

class FrameInputTest : public QObject {
    Q_OBJECT

private slots:
    void framesComeOutAsTheyWentIn() {
        const auto chosen = seed();
        qInfo("MESHBONE_SEED=%u", chosen);
        std::mt19937 random(chosen);
        BufferPool pool(std::size_t{64} << 20);
        for (int round = 0; round < 200; ++round) {
            std::vector<std::string> sent;
            std::string stream;
            for (int i = 0; i < 20; ++i) {
                const std::size_t sizes[] = {0, 1, 3, 100, 16'384, 16'385, 65'532, 65'536, 200'000};
                std::string body(sizes[random() % 9], '\0');
                for (auto& c : body) {
                    c = static_cast<char>(random());
                }
                stream += framed(body);
                sent.push_back(std::move(body));
            }
            QCOMPARE(cut(stream, random, pool).size(), sent.size());
            const auto got = cut(stream, random, pool);
            for (std::size_t i = 0; i < got.size(); ++i) {
                QVERIFY2(got[i] == sent[i],
                         qPrintable(QString("frame %1 of %2 bytes, got %3, differs at %4")
                                        .arg(i)
                                        .arg(sent[i].size())
                                        .arg(got[i].size())
                                        .arg(std::ranges::mismatch(got[i], sent[i]).in1 - got[i].begin())));
            }
        }
        QCOMPARE(pool.bytesOut(), std::size_t{0});
    }

    void nothingIsAllocatedForAGiantLength() {
        BufferPool pool(1 << 20);
        FrameInput input(pool, 1'000'000);
        std::vector<char> scratch(65'536);
        const auto space = input.space(scratch);
        const std::string giant("\x06\x00\x00\x00 and more", 13);
        std::ranges::copy(giant, space.begin());
        input.received(giant.size());
        QVERIFY(!input.next());
        QVERIFY(input.refusal().find("100663296") != std::string::npos);
        QCOMPARE(pool.bytesOut(), std::size_t{0});
    }

    void strangersAreToldApart() {
        const auto refusal = [](const char* bytes) {
            return refuseFrameLength(std::span<const char, 4>(bytes, 4), 104'857'600);
        };
        QVERIFY(refusal("\x16\x03\x01\x02").find("TLS") != std::string::npos);
        QVERIFY(refusal("GET ").find("HTTP") != std::string::npos);
        QVERIFY(refusal("POST").find("HTTP") != std::string::npos);
        QVERIFY(refusal("\xff\xff\xff\xff").find("negative") != std::string::npos);
        QVERIFY(refusal("\x06\x40\x00\x01").find("limit") != std::string::npos);
        QCOMPARE(refusal("\x06\x40\x00\x00"), std::string());
        QCOMPARE(refusal("\x00\x00\x00\x00"), std::string());
    }

    void thePoolBoundsWhatIsOut() {
        BufferPool pool(100'000);
        auto first = pool.take(90'000);
        QVERIFY(static_cast<bool>(first));
        QVERIFY(!pool.take(20'000));
        first = {};
        QVERIFY(static_cast<bool>(pool.take(5'000'000))); // one frame of legal size always fits
        QCOMPARE(pool.bytesOut(), std::size_t{0});
    }

    void aStarvedFrameIsTriedAgain() {
        BufferPool pool(50'000);
        auto hog = pool.take(40'000);
        FrameInput input(pool, 1'000'000);
        std::vector<char> scratch(65'536);
        const auto stream = framed(std::string(100'000, 'a'));
        auto space = input.space(scratch);
        std::copy_n(stream.data(), 1'000, space.data());
        input.received(1'000);
        QVERIFY(!input.next());
        QVERIFY(input.starved());
        input.park();
        hog = {};
        QVERIFY(!input.next());
        QVERIFY(!input.starved());
        input.park();
        space = input.space(scratch);
        QCOMPARE(space.size(), std::size_t{100'000 - 996});
        std::copy_n(stream.data() + 1'000, space.size(), space.data());
        input.received(space.size());
        const auto frame = input.next();
        QVERIFY(frame.has_value());
        QCOMPARE(frame->size(), std::size_t{100'000});
    }
};

QTEST_GUILESS_MAIN(FrameInputTest)
#include "frame_input_test.moc"
