// SPDX-License-Identifier: Apache-2.0
#include <lineage/impact_words.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::lineage;
using Grade = ImpactedReader::Grade;

class ImpactWordsTest : public QObject {
    Q_OBJECT
private slots:
    void namesWhoMeetsIt();
    void isEmptyWhereNobodyIsKnown();
    void keepsItsBounds();
    void namesNothingThatMayNotBeSeen();
    void severalFieldsNameEachOnce();
};

namespace {

ImpactedReader reader(const char* name, Grade grade, const char* topic = "flights", const char* product = "") {
    return {name, topic, grade, -1, {}, product, {}, {}};
}

ImpactedTopic topic(const char* name, int hops, bool isCertain = true, const char* product = "") {
    return {name, {}, 0, {}, product, hops, {}, isCertain};
}

SchemaImpact example() {
    SchemaImpact impact;
    impact.topics = {topic("flights", 0, true, "flight-data"), topic("enriched", 1, true, "delays"),
                     topic("copies", 1, false)};
    impact.readers = {reader("billing", Grade::Observed), reader("planner", Grade::Granted, "flights", "planning"),
                      reader("py/1 at 10.0.0.1", Grade::ById), reader("board", Grade::Group, "enriched")};
    return impact;
}

} // namespace

void ImpactWordsTest::namesWhoMeetsIt() {
    QCOMPARE(impactWords({example()}, {"tail"}),
             std::string(
                 "Who meets the field `tail`: the consumers billing (seen reading), py/1 at 10.0.0.1 (fetched "
                 "its schema), board (in a consumer group of enriched) and planner (may read); downstream the topics "
                 "enriched and copies (perhaps); the products delays and planning."));
    QVERIFY(impactWords({example()}, {}).starts_with("Who meets events of the schema: the consumers billing"));
}

void ImpactWordsTest::isEmptyWhereNobodyIsKnown() {
    QCOMPARE(impactWords({}, {"tail"}), std::string());
    SchemaImpact alone;
    alone.topics = {topic("flights", 0, true, "flight-data")}; // what changes isn't downstream of itself
    QCOMPARE(impactWords({alone}, {"tail"}), std::string());
    SchemaImpact noTopic;
    noTopic.readers = {reader("planner", Grade::Granted, "")}; // may read everything, but there is nothing to read
    QCOMPARE(impactWords({noTopic}, {}), std::string());
    noTopic.readers.push_back(reader("app", Grade::ById, ""));
    QCOMPARE(impactWords({noTopic}, {}),
             std::string("Who meets events of the schema: the consumer app (fetched its schema)."));
}

void ImpactWordsTest::keepsItsBounds() {
    SchemaImpact impact;
    for (int i = 0; i < 1'000; ++i) {
        impact.readers.push_back(reader(("r" + std::to_string(i)).c_str(), Grade::Granted));
        impact.topics.push_back(topic(("t" + std::to_string(i)).c_str(), 1));
    }
    impact.readers.push_back(reader(std::string(5'000, 'x').c_str(), Grade::Observed));
    const auto words = impactWords({impact}, {"tail"});
    QVERIFY2(words.size() < 500, words.c_str());
    QVERIFY(words.find("xxx… (seen reading), r0 (may read), r1 (may read), r10 (may read) and 997 more") !=
            std::string::npos);
    QVERIFY(words.find("the topics t0, t1, t2, t3 and 996 more") != std::string::npos);
}

void ImpactWordsTest::namesNothingThatMayNotBeSeen() {
    const ImpactWording wording{4, [](const std::string& name) { return name == "flights"; }};
    const auto words = impactWords({example()}, {"tail"}, wording);
    QCOMPARE(words,
             std::string("Who meets the field `tail`: the consumers billing (seen reading), py/1 at 10.0.0.1 "
                         "(fetched its schema), planner (may read) and 1 more; downstream 2 topics that can't be "
                         "named here; the product planning."));
}

void ImpactWordsTest::severalFieldsNameEachOnce() {
    auto weaker = example();
    weaker.readers = {reader("planner", Grade::Observed), reader("billing", Grade::Granted)};
    QVERIFY(impactWords({example(), weaker}, {"tail", "wing"})
                .starts_with("Who meets the fields `tail` and `wing`: the consumers billing (seen reading), planner "
                             "(seen reading), py/1"));
}

QTEST_MAIN(ImpactWordsTest)
#include "words_test.moc"
