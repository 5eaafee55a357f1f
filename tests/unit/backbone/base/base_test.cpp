// SPDX-License-Identifier: Apache-2.0
#include <backbone/jobs.h>
#include <backbone/types.h>

#include <QtTest>

#include <atomic>
#include <latch>

using namespace meshbone;
using backbone::Jobs;

class BaseTest : public QObject {
    Q_OBJECT

private slots:
    void topicIdKeepsItsTextForm() {
        const auto id = TopicId::random();
        QVERIFY(!id.isZero());
        QCOMPARE(id.toString().size(), std::size_t{22});
        QVERIFY(TopicId::fromString(id.toString()) == id);
        QVERIFY(!TopicId::fromString("too short"));
        QVERIFY(!TopicId::fromString("!!!!!!!!!!!!!!!!!!!!!!"));
        QCOMPARE(TopicId{}.toString(), std::string("AAAAAAAAAAAAAAAAAAAAAA")); // Kafka's zero id
    }

    void offsetsShiftAndSubtract() {
        QCOMPARE((Offset(5) + 3).value(), 8);
        QCOMPARE(Offset(8) - Offset(5), 3);
        QVERIFY(Offset(1) < Offset(2));
    }

    void subscriptionUnsubscribesOnce() {
        int count = 0;
        {
            Subscription first([&] { ++count; });
            const Subscription second(std::move(first));
            QCOMPARE(count, 0);
        }
        QCOMPARE(count, 1);
    }

    void jobsAnswerByFutureAndCallback() {
        Jobs jobs(2);
        auto future = jobs.async([](std::stop_token) -> Result<int> { return 7; });
        QCOMPARE(future.get().value(), 7);
        std::latch done(1);
        jobs.run([](std::stop_token) -> Result<int> { return fail(ErrorCode::NotFound, "Not there."); },
                 [&](Result<int> result) {
                     QCOMPARE(result.error().code, ErrorCode::NotFound);
                     done.count_down();
                 });
        done.wait();
    }

    void aFullQueueIsRefused() {
        std::latch started(1), release(1);
        Jobs jobs(1, 1);
        auto running = jobs.async([&](std::stop_token) -> Result<int> {
            started.count_down();
            release.wait();
            return 1;
        });
        started.wait();
        auto waiting = jobs.async([](std::stop_token) -> Result<int> { return 2; });
        auto refused = jobs.async([](std::stop_token) -> Result<int> { return 3; });
        QCOMPARE(refused.get().error().code, ErrorCode::Exhausted);
        release.count_down();
        QCOMPARE(waiting.get().value(), 2);
    }

    void destroyingCancelsAndAnswersEverything() {
        std::future<Result<int>> running, queued;
        {
            std::latch started(1);
            Jobs jobs(1);
            running = jobs.async([&](std::stop_token stop) -> Result<int> {
                started.count_down();
                while (!stop.stop_requested()) {
                    std::this_thread::yield();
                }
                return fail(ErrorCode::Cancelled, "Cancelled.");
            });
            queued = jobs.async([](std::stop_token) -> Result<int> { return 2; });
            started.wait();
        }
        QCOMPARE(running.get().error().code, ErrorCode::Cancelled);
        QCOMPARE(queued.get().error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(BaseTest)
#include "base_test.moc"
