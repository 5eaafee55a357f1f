// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "net/event_loop.h"

#include <thread>
#endif

using namespace meshbone::backbone::net;
using namespace std::chrono_literals;

class EventLoopTest : public QObject {
    Q_OBJECT

private slots:
    void postsRunInOrderOnTheLoopThread() {
        auto loop = EventLoop::create().value();
        std::vector<int> order;
        std::thread thread([&] { loop->run(); });
        for (int i = 0; i < 100; ++i) {
            loop->post([&, i] {
                QVERIFY(loop->onLoopThread());
                order.push_back(i);
                if (i == 99) {
                    loop->stop();
                }
            });
        }
        thread.join();
        QVERIFY(!loop->onLoopThread());
        QCOMPARE(order.size(), std::size_t{100});
        QVERIFY(std::ranges::is_sorted(order));
    }

    void timersFireInOrderOfTheirDeadlines() {
        auto loop = EventLoop::create().value();
        std::vector<int> order;
        loop->callAfter(20ms, [&] {
            order.push_back(3);
            loop->stop();
        });
        loop->callAfter(1ms, [&] { order.push_back(1); });
        const auto cancelled = loop->callAfter(5ms, [&] { order.push_back(99); });
        loop->callAfter(10ms, [&] { order.push_back(2); });
        QVERIFY(loop->cancel(cancelled));
        QVERIFY(!loop->cancel(cancelled));
        QVERIFY(!loop->cancel(TimerId::None));
        loop->run();
        QCOMPARE(order, (std::vector<int>{1, 2, 3}));
    }

    void aTimerForThePastDoesNotStarveTheTurn() {
        auto loop = EventLoop::create().value();
        int fired = 0;
        std::move_only_function<void()> again = [&] {
            if (++fired < 1'000) {
                loop->callAt(loop->now() - 1s, [&] { again(); });
            }
        };
        again();
        int turns = 0;
        std::move_only_function<void()> turn = [&] {
            if (++turns == 5) {
                QVERIFY(fired <= 6);
                loop->stop();
                return;
            }
            loop->post([&] { turn(); });
        };
        loop->post([&] { turn(); });
        loop->run();
        QCOMPARE(turns, 5);
    }

    void theEndOfATurnHasItsOrder() {
        auto loop = EventLoop::create().value();
        std::string order;
        loop->post([&] {
            loop->afterTurnEnd([&] {
                order += 'w';
                loop->atTurnEnd([&] { order += 'f'; });
                loop->afterTurnEnd([&] {
                    order += 'l';
                    loop->stop();
                });
            });
            loop->atTurnEnd([&] { order += 'a'; });
            loop->atTurnEnd([&] { order += 'b'; });
            order += 'p';
        });
        loop->run();
        QCOMPARE(order, std::string("pabwfl")); // acknowledgements, then woken fetches, flushed before the next ones
    }

    void aThousandTimersCanBeCancelled() {
        auto loop = EventLoop::create().value();
        std::vector<TimerId> timers;
        for (int i = 0; i < 1'000; ++i) {
            timers.push_back(loop->callAfter(std::chrono::milliseconds(i % 7), [] { QFAIL("was cancelled"); }));
        }
        for (const auto timer : timers) {
            QVERIFY(loop->cancel(timer));
        }
        loop->callAfter(15ms, [&] { loop->stop(); });
        loop->run();
    }
};

QTEST_GUILESS_MAIN(EventLoopTest)
#include "event_loop_test.moc"
