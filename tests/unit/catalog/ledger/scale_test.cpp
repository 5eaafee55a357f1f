// SPDX-License-Identifier: Apache-2.0
#include <backbone/error.h>

#include "support/catalog_desk.h"
#include "support/fake_ledger_backbone.h"
#include "support/ledger_author.h"

#include <QtTest>

#include <chrono>
#include <cstdio>

using namespace meshbone;
using namespace meshbone::catalog;
using test::CatalogDesk;
using test::FakeBackbone;
using test::FakeLog;

namespace {

/// Each with one output port, so as many topics, and two entries. More of them to measure, by MESHBONE_PRODUCTS.
const int kProducts =
    qEnvironmentVariableIsSet("MESHBONE_PRODUCTS") ? qEnvironmentVariableIntValue("MESHBONE_PRODUCTS") : 10'000;

template <class Work>
long long msOf(const char* what, Work work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    const auto took = std::chrono::steady_clock::now() - began;
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    std::printf("{\"catalog\":\"%s\",\"products\":%d,\"ms\":%lld}\n", what, kProducts, static_cast<long long>(ms));
    std::fflush(stdout);
    return ms;
}

} // namespace

/// A catalog of 10,000 products. The bounds are many times what it takes, so that a busy machine doesn't fail them and
/// a cost that grows with the square of the entries does.
class ScaleTest : public QObject {
    Q_OBJECT

private slots:
    void tenThousandProducts() {
        const auto log = std::make_shared<FakeLog>();
        const test::LedgerAuthor ada("ada");
        const auto append = [&](const Command& command) { log->append(test::ledgerRecord(0, ada.write(command))); };
        append(ada.enrolment());
        append(PutTeam{"ops", "Operations", "", {"ada"}});
        append(PutDomain{"aviation", "Aviation", "", "ops"});
        for (int i = 0; i < kProducts; ++i) {
            const std::string id = "product-" + std::to_string(i);
            append(PutProduct{id, "Product " + std::to_string(i), "What it is", "aviation", "ops"});
            append(PutPort{id, {"topic." + std::to_string(i), PortDirection::Output, "One event a flight"}});
        }
        FakeBackbone backbone(log);
        CatalogDesk desk("reader", backbone);
        QVERIFY(msOf("catch up", [&] {
                    QVERIFY(desk.open());
                    const auto read = [&] { return desk.awaitEntries(3 + 2 * kProducts); };
                    QVERIFY(read() || read() || read()); // mostly signatures to check; a busy machine may need a minute
                }) < 90'000);
        desk.close();
        QVERIFY(msOf("open", [&] { QVERIFY(desk.open()); }) < 5'000);
        const auto products = static_cast<std::size_t>(kProducts);
        QVERIFY(msOf("topic facts, first", [&] { QCOMPARE((*desk).topicFacts().size(), products); }) < 2'000);
        QVERIFY(msOf("topic facts", [&] { QCOMPARE((*desk).topicFacts().size(), products); }) < 1'000);
        QVERIFY(msOf("products", [&] { QCOMPARE((*desk).products().size(), products); }) < 1'000);
        const AccessScope wide{"User:x", "*", Role::Consumer, {{"topic.", backbone::PatternType::Prefixed}}, {},
                               {"g"},    {}};
        QVERIFY(msOf("who must approve a prefix of all", [&] {
                    QCOMPARE((*desk).reviewAccess(wide, "", kNoEnd, 0).needs.size(), std::size_t{1});
                }) < 1'000);
        LedgerQuery query;
        query.contains = "product-77";
        QVERIFY(msOf("search the ledger", [&] {
                    QVERIFY((*desk).entries(query).value().matching >= (kProducts < 10'000 ? 22 : 222));
                }) < 5'000);
        LedgerQuery about;
        about.topic = "topic.77";
        QVERIFY(msOf("entries about a topic", [&] { QCOMPARE((*desk).entries(about).value().matching, 2); }) < 1'000);
        about.topic.clear();
        about.author = "ada";
        about.offset = 5'000;
        QVERIFY(msOf("entries by a person",
                     [&] { QCOMPARE((*desk).entries(about).value().matching, 3 + 2 * kProducts); }) < 5'000);
        const auto later = QDateTime::currentMSecsSinceEpoch();
        const auto past = [&] { return (*desk).accessAsOf(later, CatalogDesk::kPatience).value().number; };
        QVERIFY(msOf("access as of, first", [&] { QCOMPARE(past(), 2 + 2 * kProducts); }) < 30'000);
        QVERIFY(msOf("access as of, again", [&] { QCOMPARE(past(), 2 + 2 * kProducts); }) < 5'000);
        QVERIFY(msOf("one live entry", [&] {
                    append(DescribeTopic{"topic.1", "new words"});
                    QVERIFY(desk.awaitEntries(4 + 2 * kProducts));
                }) < 2'000);
    }
};

QTEST_GUILESS_MAIN(ScaleTest)
#include "scale_test.moc"
