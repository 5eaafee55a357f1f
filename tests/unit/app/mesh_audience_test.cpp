// SPDX-License-Identifier: Apache-2.0
#include "mesh_audience.h"

#include "../catalog/schema/book/example_book.h"
#include "support/fake_catalog.h"
#include "support/fake_lineage.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::test;

class MeshAudienceTest : public QObject {
    Q_OBJECT
private slots:
    void namesWhoWasSeenReading();
    void whoFetchedIsKnownWithoutLineage();
    void aFieldThatIsOnlyToComeStandsForTheWhole();

private:
    static catalog::RefusedChange change(std::vector<std::string> fields) {
        catalog::RefusedChange made;
        made.subject = "flights-value";
        made.fields = std::move(fields);
        made.book = exampleBook();
        return made;
    }
};

void MeshAudienceTest::namesWhoWasSeenReading() {
    FakeLineage lineage(std::vector<MeshTopic>{});
    lineage.addReader("billing", "flights", 1'000);
    FakeCatalog catalog(false);
    app::MeshAudience audience;
    audience.setSources(&lineage, &catalog);
    QCOMPARE(audience.sentence(change({"tailNumber"})),
             std::string("Who meets the field `tailNumber`: the consumer billing (seen reading)."));
    audience.setSources(nullptr, nullptr); // what was open may be closed now
    QCOMPARE(audience.sentence(change({"tailNumber"})), std::string());
}

void MeshAudienceTest::whoFetchedIsKnownWithoutLineage() {
    app::MeshAudience audience;
    auto asked = change({"tailNumber"});
    asked.fetches = {{".", catalog::SchemaId(1), "User:board", "127.0.0.1", "py/1", 1'000}};
    QCOMPARE(audience.sentence(asked),
             std::string("Who meets the field `tailNumber`: the consumer board (fetched its schema)."));
    asked.maySee = [](const std::string&) { return false; };
    QCOMPARE(audience.sentence(asked),
             std::string("Who meets the field `tailNumber`: 1 consumer that can't be named here."));
}

void MeshAudienceTest::aFieldThatIsOnlyToComeStandsForTheWhole() {
    FakeLineage lineage(std::vector<MeshTopic>{});
    lineage.addReader("billing", "flights", 1'000);
    app::MeshAudience audience;
    audience.setSources(&lineage, nullptr);
    QCOMPARE(audience.sentence(change({"seat"})),
             std::string("Who meets events of the schema: the consumer billing (seen reading)."));
    QCOMPARE(audience.sentence(change({"seat", "delay"})),
             std::string("Who meets the field `delay`: the consumer billing (seen reading)."));
}

QTEST_MAIN(MeshAudienceTest)
#include "mesh_audience_test.moc"
