// SPDX-License-Identifier: Apache-2.0
#include "served_registry.h"

#include "schema/rest/check_pool.h"

#include <QtTest>

#include <latch>

using namespace meshbone;
using namespace meshbone::catalog;
using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;
using test::ServedRegistry;

/// Schemas that take long: nobody else waits for them, and they are given up.
class SlowTest : public QObject {
    Q_OBJECT
private slots:
    void othersAreServedMeanwhile();
    void whatComesWhileManyWaitIsRefused();
    void whatWaitsIsAnsweredAtTheEnd();
    void stopsWhileOneIsJudged();
};

namespace {

constexpr int kVersions = 6;

/// Many parts, each of which must be compared with each of another such schema, to no avail.
std::string slowSchema(const std::string& title, const std::string& type) {
    Json parts = Json::array();
    for (int part = 0; part < 60; ++part) {
        Json properties;
        for (int i = 0; i < 100; ++i) {
            properties["p" + std::to_string(i)] = {{"type", type}, {"maximum", part}, {"maxLength", part}};
        }
        parts.push_back({{"type", "object"}, {"properties", properties}});
    }
    return Json{{"title", title}, {"oneOf", parts}}.dump();
}

void makeSlow(ServedRegistry& registry) {
    registry.ask("PUT", "/config/slow", {{"compatibility", "NONE"}});
    for (int i = 0; i < kVersions; ++i) {
        QCOMPARE(registry.put("slow", slowSchema("v" + std::to_string(i), "string"), "JSON").status, 200);
    }
    registry.ask("PUT", "/config/slow", {{"compatibility", "FULL_TRANSITIVE"}});
}

/// Hands a request over as an HTTP server does, which has one thread for all.
std::future<backbone::HttpResponse> serveNow(ServedRegistry& registry, const std::string& path, const Json& body) {
    const auto promise = std::make_shared<std::promise<backbone::HttpResponse>>();
    backbone::HttpRequest request;
    request.method = "POST";
    request.rawPath = path;
    request.body = body.dump();
    registry.service().serve(std::move(request), backbone::HttpReply([promise](backbone::HttpResponse response) {
                                 promise->set_value(std::move(response));
                             }));
    return promise->get_future();
}

} // namespace

void SlowTest::othersAreServedMeanwhile() {
    ServedRegistry registry;
    registry.put("quick", R"("int")");
    makeSlow(registry);
    const auto begin = Clock::now();
    auto slow = serveNow(registry, "/subjects/slow/versions",
                         {{"schema", slowSchema("new", "integer")}, {"schemaType", "JSON"}});
    int served = 0;
    while (slow.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
        QCOMPARE(registry.ask("GET", "/schemas/ids/1").status, 200);
        QCOMPARE(registry.put("quick", R"("int")").json()["id"], 1);
        ++served;
    }
    QVERIFY2(served > 5, std::to_string(served).c_str());
    const auto answer = slow.get();
    QCOMPARE(answer.status, 422);
    QVERIFY(answer.body.contains("42201") && answer.body.contains("too long"));
    QVERIFY(Clock::now() - begin < std::chrono::seconds(20)); // not two seconds for each pair of versions: 24
    const auto checked = registry.ask("POST", "/compatibility/subjects/slow/versions",
                                      {{"schema", slowSchema("new", "integer")}, {"schemaType", "JSON"}});
    QCOMPARE(checked.code(), 42201);
    QCOMPARE(registry.ask("GET", "/subjects/slow/versions").json().size(), std::size_t(kVersions));
}

void SlowTest::whatComesWhileManyWaitIsRefused() {
    CheckPool pool;
    std::latch begun(CheckPool::kThreads), go(1);
    std::atomic<int> done = 0, refused = 0;
    for (std::size_t i = 0; i < CheckPool::kThreads; ++i) {
        pool.run(
            [&] {
                begun.count_down();
                go.wait();
                ++done;
            },
            [&](const RegistryError&) { ++refused; });
    }
    begun.wait();
    for (std::size_t i = 0; i < CheckPool::kMaxWaiting; ++i) {
        pool.run([&] { ++done; }, [&](const RegistryError&) { ++refused; });
    }
    QCOMPARE(refused.load(), 0);
    int code = 0;
    pool.run([] {}, [&](const RegistryError& error) { code = error.code; });
    QCOMPARE(code, 503);
    go.count_down();
    QTRY_COMPARE(done.load(), static_cast<int>(CheckPool::kThreads + CheckPool::kMaxWaiting));
    QCOMPARE(refused.load(), 0);
}

void SlowTest::whatWaitsIsAnsweredAtTheEnd() {
    CheckPool pool;
    std::latch begun(CheckPool::kThreads), go(1);
    std::atomic<int> done = 0, code = 0;
    for (std::size_t i = 0; i < CheckPool::kThreads; ++i) {
        pool.run(
            [&] {
                begun.count_down();
                go.wait();
                ++done;
            },
            [](const RegistryError&) {});
    }
    begun.wait();
    pool.run([&] { ++done; }, [&](const RegistryError& error) { code = error.code; });
    std::jthread stopper([&] { pool.stop(); });
    go.count_down();
    stopper.join();
    // The one that waited was run or refused, as it came, never forgotten.
    QCOMPARE(done.load() + (code == 50001 ? 1 : 0), static_cast<int>(CheckPool::kThreads) + 1);
    int late = 0;
    pool.run([] {}, [&](const RegistryError& error) { late = error.code; });
    QCOMPARE(late, 50001);
}

void SlowTest::stopsWhileOneIsJudged() {
    ServedRegistry registry;
    makeSlow(registry);
    std::vector<std::future<ServedRegistry::Answer>> answers;
    for (int i = 0; i < 4; ++i) {
        answers.push_back(std::async(std::launch::async, [&registry, i] {
            return registry.put("slow", slowSchema("new" + std::to_string(i), "integer"), "JSON");
        }));
    }
    QTest::qWait(300);
    registry.service().stop();
    for (auto& one : answers) {
        const auto answer = one.get();
        QVERIFY2(answer.code() == 42201 || answer.code() == 50001, answer.text.c_str());
    }
}

QTEST_GUILESS_MAIN(SlowTest)
#include "slow_test.moc"
