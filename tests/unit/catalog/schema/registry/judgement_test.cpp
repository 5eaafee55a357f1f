// SPDX-License-Identifier: Apache-2.0
#include "registry_scene.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::recordOf;
using test::RegistryScene;

/// The verdict on one request's schema: found once, in bounded time, where nobody waits for it.
class JudgementTest : public QObject {
    Q_OBJECT
private slots:
    void isLeftForLater();
    void isFoundAnewWhereTheSubjectChanged();
    void nothingToCompareNeedsNoJudging();
    void endsWithItsTime();
    void everyLanguageEndsInTime_data();
    void everyLanguageEndsInTime();
};

namespace {

const std::string kTail = recordOf(R"({"name":"tail","type":"string"})");
const std::string kGate = recordOf(R"({"name":"tail","type":"string"},{"name":"gate","type":"int","default":0})");
const std::string kBreaking = recordOf(R"({"name":"seat","type":"int"})");

} // namespace

void JudgementTest::isLeftForLater() {
    RegistryScene scene;
    scene.put("a", kTail);
    Judgement judgement(Judgement::When::Later);
    const auto request = RegistryScene::request("a", kGate);
    QCOMPARE(decideRegister(scene.state, scene.cache, request, judgement).error().code, 503);
    QVERIFY(judgement.isPending());
    judgement.judge();
    QVERIFY(!judgement.isPending());
    QVERIFY(decideRegister(scene.state, scene.cache, request, judgement)->isNew);
    QVERIFY(!judgement.isPending());
    QCOMPARE(judgement.verdict().versions.size(), 1U);

    Judgement other(Judgement::When::Later);
    const auto refused = RegistryScene::request("a", kBreaking);
    QCOMPARE(decideRegister(scene.state, scene.cache, refused, other).error().code, 503);
    other.judge();
    QCOMPARE(decideRegister(scene.state, scene.cache, refused, other).error().code, 409);
    QVERIFY(!other.verdict().isCompatible());
}

void JudgementTest::isFoundAnewWhereTheSubjectChanged() {
    RegistryScene scene;
    scene.put("a", kTail);
    Judgement judgement(Judgement::When::Later);
    const auto request = RegistryScene::request("a", kTail + " ");
    const auto next = RegistryScene::request("a", recordOf(R"({"name":"tail","type":"string"},)"
                                                           R"({"name":"row","type":"int","default":0})"));
    (void)decideRegister(scene.state, scene.cache, next, judgement);
    judgement.judge();
    QVERIFY(!decideRegister(scene.state, scene.cache, request)->isNew);
    scene.put("a", kGate); // somebody else was faster
    QCOMPARE(decideRegister(scene.state, scene.cache, next, judgement).error().code, 503);
    QVERIFY(judgement.isPending());
    judgement.setAtOnce();
    QCOMPARE(decideRegister(scene.state, scene.cache, next, judgement)->version, 3);
    QCOMPARE(judgement.verdict().versions.front().version, 2);
    scene.config("a", R"({"compatibility":"FULL_TRANSITIVE"})");
    QVERIFY(decideRegister(scene.state, scene.cache, next, judgement)->isNew);
    QCOMPARE(judgement.verdict().versions.size(), 4U); // of two versions, both ways
}

void JudgementTest::nothingToCompareNeedsNoJudging() {
    RegistryScene scene;
    Judgement first(Judgement::When::Later, std::chrono::milliseconds(0));
    QVERIFY(decideRegister(scene.state, scene.cache, RegistryScene::request("a", kTail), first)->isNew);
    scene.put("a", kTail);
    scene.config("a", R"({"compatibility":"NONE"})");
    Judgement second(Judgement::When::Later, std::chrono::milliseconds(0));
    QVERIFY(decideRegister(scene.state, scene.cache, RegistryScene::request("a", kBreaking), second)->isNew);
}

void JudgementTest::endsWithItsTime() {
    RegistryScene scene;
    scene.put("a", kTail);
    Judgement judgement(Judgement::When::AtOnce, std::chrono::milliseconds(0));
    const auto late = decideRegister(scene.state, scene.cache, RegistryScene::request("a", kGate), judgement);
    QCOMPARE(late.error().code, 42201);
    QVERIFY(late.error().message.contains("too long"));
    QCOMPARE(checkSchema(scene.state, scene.cache, RegistryScene::request("a", kGate), 1, judgement).error().code,
             42201);
}

void JudgementTest::everyLanguageEndsInTime_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("text");
    QTest::newRow("Avro") << static_cast<int>(SchemaType::Avro) << QString::fromStdString(kTail);
    QTest::newRow("JSON") << static_cast<int>(SchemaType::Json) << R"({"type":"object"})";
    QTest::newRow("Protobuf") << static_cast<int>(SchemaType::Protobuf)
                              << "syntax = \"proto3\"; message A { string a = 1; }";
}

void JudgementTest::everyLanguageEndsInTime() {
    QFETCH(int, type);
    QFETCH(QString, text);
    const auto one = *parseSchema(static_cast<SchemaType>(type), text.toStdString());
    const auto other = *parseSchema(static_cast<SchemaType>(type), text.toStdString() + " ");
    QVERIFY(one->differencesReading(*other));
    QVERIFY(one->differencesBy(comparisonEnd(), *other, CompatibilityPolicy::Strict));
    const auto late =
        one->differencesBy(std::chrono::steady_clock::now() - kMaxComparison, *other, CompatibilityPolicy::Strict);
    QCOMPARE(late.error().code, ErrorCode::Exhausted);
    QVERIFY(late.error().message.contains("too long"));
}

QTEST_GUILESS_MAIN(JudgementTest)
#include "judgement_test.moc"
