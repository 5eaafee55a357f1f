// SPDX-License-Identifier: Apache-2.0
// A registry whose topic can't be written for a time: what waits is answered, and afterwards it goes on.
#include "support/memory_backbone.h"

#include <catalog/schema_service.h>

#include <nlohmann/json.hpp>

#include <QtTest>

#include <future>

using namespace meshbone;
using namespace meshbone::catalog;

class StalledTest : public QObject {
    Q_OBJECT
private slots:
    void goesOnAfterwards();

private:
    static backbone::HttpResponse put(SchemaService& service, const std::string& subject, const std::string& schema) {
        backbone::HttpRequest request;
        request.method = "POST";
        request.rawPath = "/subjects/" + subject + "/versions";
        request.body = nlohmann::json{{"schema", schema}}.dump();
        const auto promise = std::make_shared<std::promise<backbone::HttpResponse>>();
        auto answer = promise->get_future();
        service.serve(std::move(request), backbone::HttpReply([promise](backbone::HttpResponse response) {
                          promise->set_value(std::move(response));
                      }));
        if (answer.wait_for(std::chrono::seconds(60)) != std::future_status::ready) {
            qFatal("A registration isn't answered.");
        }
        return answer.get();
    }
};

void StalledTest::goesOnAfterwards() {
    const auto cluster = std::make_shared<test::MemoryCluster>();
    const auto backbone = test::openMemoryBackbone(cluster);
    const auto service = SchemaService::start(*backbone, {});
    QCOMPARE(put(*service, "a", R"("int")").status, 200);
    cluster->setStalled(true);
    const auto late = put(*service, "a", R"("long")");
    QCOMPARE(late.status, 500);
    QVERIFY2(late.body.contains("50002"), late.body.c_str());
    cluster->setStalled(false);
    const auto after = put(*service, "a", R"("long")");
    QVERIFY2(after.status == 200 && after.body.contains(R"("id":2)"), after.body.c_str());
}

QTEST_MAIN(StalledTest)
#include "stalled_test.moc"
