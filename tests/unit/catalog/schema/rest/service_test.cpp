// SPDX-License-Identifier: Apache-2.0
#include "served_registry.h"

#include "schema/registry/registry_record.h"

#include <QtTest>

#include <thread>

using namespace meshbone;
using namespace meshbone::catalog;
using Json = nlohmann::json;
using test::ServedRegistry;

class ServiceTest : public QObject {
    Q_OBJECT
private slots:
    void whatWasAnsweredIsThereAfterARestart();
    void manyAtOnceGetIdsOfTheirOwn();
    void readsWhatAnotherRegistryWrites();
    void countsWhatItCantRead();
    void refusesATopicOfSeveralPartitions();
    void deletedForGoodStaysDeleted();
    void validationIsUnsetByNull();
};

namespace {

std::string enumOf(int number) {
    return R"({"type":"enum","name":"E)" + std::to_string(number) + R"(","symbols":["A"]})";
}

void append(backbone::Backbone& backbone, const Bytes& key, std::optional<Bytes> value) {
    auto producer = backbone.producer({});
    QVERIFY(producer);
    Record record;
    record.topic = "_schemas";
    record.partition = Partition(0);
    record.key = key;
    record.value = std::move(value);
    QVERIFY((*producer)->produceAndWait(std::move(record), {std::chrono::seconds(30), {}}));
}

} // namespace

void ServiceTest::whatWasAnsweredIsThereAfterARestart() {
    ServedRegistry registry;
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(registry.put("s" + std::to_string(i), enumOf(i)).json()["id"], i + 1);
    }
    registry.ask("PUT", "/config/s1", {{"compatibility", "FULL"}});
    registry.ask("DELETE", "/subjects/s2");
    for (const bool withBroker : {false, true}) {
        registry.restart(withBroker);
        QCOMPARE(registry.ask("GET", "/subjects").json().size(), 19U);
        QCOMPARE(registry.ask("GET", "/schemas/ids/20").json()["schema"], enumOf(19));
        QCOMPARE(registry.ask("GET", "/config/s1").json()["compatibilityLevel"], "FULL");
        QCOMPARE(registry.ask("GET", "/subjects/s2/versions?deleted=true").json(), Json({1}));
    }
    QCOMPARE(registry.put("more", enumOf(99)).json()["id"], 21);
}

void ServiceTest::manyAtOnceGetIdsOfTheirOwn() {
    ServedRegistry registry;
    constexpr int kThreads = 8, kEach = 25;
    std::vector<std::thread> clients;
    std::mutex mutex;
    std::set<int> ids;
    for (int t = 0; t < kThreads; ++t) {
        clients.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i) {
                const auto answer =
                    registry.put("t" + std::to_string(t) + "-" + std::to_string(i), enumOf(t * kEach + i));
                const std::scoped_lock lock(mutex);
                ids.insert(answer.json().value("id", -1));
            }
        });
    }
    for (auto& client : clients) {
        client.join();
    }
    QCOMPARE(ids.size(), static_cast<std::size_t>(kThreads * kEach));
    QCOMPARE(*ids.begin(), 1);
    QCOMPARE(*ids.rbegin(), kThreads * kEach);
}

void ServiceTest::readsWhatAnotherRegistryWrites() {
    ServedRegistry registry;
    registry.put("mine", R"("int")");
    append(registry.backbone(), R"({"keytype":"SCHEMA","subject":"theirs","version":1,"magic":1})",
           R"({"subject":"theirs","version":1,"id":7,"schema":"\"long\"","deleted":false})");
    QTRY_COMPARE_WITH_TIMEOUT(registry.ask("GET", "/schemas/ids/7").status, 200, 30'000);
    QCOMPARE(registry.put("mine2", R"("string")").json()["id"], 8);
}

void ServiceTest::countsWhatItCantRead() {
    ServedRegistry registry;
    registry.put("mine", R"("int")");
    append(registry.backbone(), "nonsense", "{}");
    append(registry.backbone(), R"({"keytype":"SCHEMA","subject":"x","version":1,"magic":1})",
           R"({"subject":"x","version":1,"id":1,"schema":"\"long\"","deleted":false})"); // id 1 is another schema
    QTRY_COMPARE_WITH_TIMEOUT(registry.service().status().unreadable, 2, 30'000);
    const auto status = registry.service().status();
    QVERIFY(status.firstUnreadable.find("no JSON object") != std::string::npos);
    QCOMPARE(status.contradicting, 1);
    QCOMPARE(status.lastContradicting, std::string("record 2: id 1 for version 1 of 'x'"));
    QVERIFY(contradictionWords(status).find("Two registries write to the topic: stop one of them") !=
            std::string::npos);
    QVERIFY(contradictionWords({}).empty());
    const auto told = registry.ask("GET", "/meshbone/v1/status").json();
    QCOMPARE(told["contradicting"], 1);
    QCOMPARE(told["ready"], true);
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").json()["schema"], R"("int")");
    QCOMPARE(registry.put("more", R"("string")").status, 200); // it goes on
}

void ServiceTest::refusesATopicOfSeveralPartitions() {
    testing::BrokerFixture broker;
    QTemporaryDir folder;
    backbone::Profile profile;
    profile.bootstrap = broker.bootstrap();
    const auto backbone = backbone::Backbone::open(profile, folder.path().toStdString());
    QVERIFY(backbone);
    QVERIFY((*backbone)->waitHealthy({std::chrono::seconds(30), {}}));
    QVERIFY((*backbone)->admin().createTopic({"_schemas", 3, 1, {}}, {std::chrono::seconds(30), {}}));
    const auto service = SchemaService::start(**backbone, {});
    const auto status = service->waitReady(std::chrono::seconds(60));
    QCOMPARE(status.stage, RegistryStatus::Stage::Failed);
    QVERIFY(status.reason.find("3 partitions") != std::string::npos);
    backbone::HttpRequest request;
    request.method = "GET";
    request.rawPath = "/schemas/ids/1";
    const auto answer = std::make_shared<std::promise<backbone::HttpResponse>>();
    service->serve(std::move(request),
                   backbone::HttpReply([answer](backbone::HttpResponse one) { answer->set_value(std::move(one)); }));
    const auto told = answer->get_future().get();
    QCOMPARE(told.status, 500); // not 404: nobody knows
    QVERIFY(told.body.find("3 partitions") != std::string::npos);
}

void ServiceTest::deletedForGoodStaysDeleted() {
    ServedRegistry registry;
    registry.put("a", R"("int")");
    registry.ask("DELETE", "/subjects/a");
    registry.ask("DELETE", "/subjects/a?permanent=true");
    registry.restart(true);
    QCOMPARE(registry.ask("GET", "/subjects?deleted=true").text, std::string("[]"));
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").status, 404);
    QCOMPARE(registry.ask("POST", "/subjects/a/versions/1/restore").json(), Json({{"id", 1}, {"version", 1}}));
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").status, 200);
}

void ServiceTest::validationIsUnsetByNull() {
    ServedRegistry registry;
    for (const std::string path : {"/config", "/config/a"}) {
        QCOMPARE(registry.ask("PUT", path, {{"validation", "LOG"}}).status, 200);
        QCOMPARE(registry.ask("GET", path).json()["validation"], "LOG");
        for (int time = 0; time < 2; ++time) { // twice: the second finds nothing to take away
            const auto unset = registry.ask("PUT", path, {{"validation", nullptr}});
            QCOMPARE(unset.status, 200);
            QCOMPARE(unset.json(), Json({{"validation", nullptr}}));
        }
    }
    QCOMPARE(registry.ask("GET", "/config/a").code(), 40408);
    QCOMPARE(registry.ask("GET", "/config").json(), Json({{"compatibilityLevel", "BACKWARD"}}));
    QCOMPARE(registry.service().status().records, 4);
    QCOMPARE(registry.ask("PUT", "/config", {{"compatibility", "FULL"}}).status, 200);
    const auto told = registry.ask("GET", "/meshbone/v1/settings").json();
    QVERIFY(told[""]["configMs"].get<std::int64_t>() > 0);
}

QTEST_MAIN(ServiceTest)
#include "service_test.moc"
