// SPDX-License-Identifier: Apache-2.0
#include "schema/guard/guard_rules.h"

#include "../registry/registry_scene.h"

#include <catalog/framing.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::recordOf;
using test::RegistryScene;

namespace meshbone::test {

Record raw(const char* topic, Bytes value) {
    Record made;
    made.topic = topic;
    made.value = std::move(value);
    return made;
}

} // namespace meshbone::test

class GuardTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void asksOnlyWhereItIsTold();
    void asksAlsoWhereNoVersionIsLeft();
    void aBatchIsCheckedWithinBounds();
    void refusesByIndexWithSubjectFieldAndRule();
    void logsWithoutRefusing();
    void keysToo();
    void watchesWhatWasRead();
    void waitsForWhatRefused();
    void whatWasLoggedHasItsPlace();
    void theBookKeepsItsBounds();
    void theBookIsReadAsItWasKept();
    void theBookOfAnotherFormIsNotRead();
    void rulesOfABookAreTheSame();

private:
    void use() { m_guard->setRules(guardRules(m_scene.state, m_scene.cache)); }
    Record record(const std::string& json, int id = 1, const char* topic = "flights") {
        const auto schema = parseAvro(m_scene.state.byId(".", SchemaId(id))->text);
        Record made;
        made.topic = topic;
        made.value = framed(SchemaId(id), *(*schema)->fromJson(json));
        return made;
    }
    std::vector<backbone::RefusedRecord> check(const std::vector<Record>& records) {
        return m_guard->check({"User:ada", "127.0.0.1", "", "", ""}, "flights", records, 0);
    }
    RegistryScene m_scene;
    std::unique_ptr<SchemaGuard> m_guard;
};

void GuardTest::init() {
    m_scene.state = {};
    m_guard = std::make_unique<SchemaGuard>();
    m_scene.put("flights-value", recordOf(R"({"name":"tail","type":"string"})"));
    m_scene.put("other-value", recordOf(R"({"name":"x","type":"int"})", "Other"));
}

void GuardTest::asksOnlyWhereItIsTold() {
    QVERIFY(!m_guard->guards("flights")); // before there are rules
    use();
    QVERIFY(!m_guard->guards("flights"));
    m_scene.config("flights-value", R"({"validation":"REFUSE"})");
    use();
    QVERIFY(m_guard->guards("flights"));
    QVERIFY(!m_guard->guards("other"));
    QCOMPARE(m_guard->guarded(), (std::map<std::string, bool>{{"flights", true}}));
}

void GuardTest::asksAlsoWhereNoVersionIsLeft() {
    m_scene.config("none-value", R"({"validation":"REFUSE"})");
    m_scene.config("flights-value", R"({"validation":"REFUSE"})");
    m_scene.remove("flights-value");
    use();
    QCOMPARE(m_guard->guarded(), (std::map<std::string, bool>{{"flights", true}, {"none", true}}));
    QCOMPARE(check({test::raw("flights", "junk")}).size(), 1U);
    QCOMPARE(m_guard->check({}, "none", std::vector{test::raw("none", "junk")}, 0).size(), 1U);
}

/// Whatever the schema is made of: what can't be checked in time isn't taken for right.
void GuardTest::aBatchIsCheckedWithinBounds() {
    std::string rules; // a hundred patterns for each of many members: fast for one, slow for all
    auto request = RegistryScene::request("slow-value", "{\"patternProperties\":{");
    for (int i = 0; i < 50; ++i) {
        rules += (i > 0 ? "," : "") + ("\"(a|b)*" + std::to_string(i)) + "$\":{\"type\":\"integer\"}";
    }
    request.schema.text += rules + "}}";
    request.schema.type = SchemaType::Json;
    const auto made = m_scene.put(request);
    QVERIFY(made);
    m_scene.config("slow-value", R"({"validation":"REFUSE"})");
    use();
    std::string value = "{\"a\":1";
    for (int i = 0; i < 500; ++i) {
        value += ",\"" + std::string(20, 'a') + std::to_string(i) + "\":1";
    }
    const std::vector records(1'000, test::raw("slow", framed(made->id, value + "}")));
    const auto refused = m_guard->check({}, "slow", records, 0);
    QVERIFY(!refused.empty());
    QVERIFY(refused.front().index > 0); // the first was checked, and is right
    QVERIFY2(refused.front().why.contains("couldn't be checked"), refused.front().why.c_str());
    QVERIFY(m_guard->check({}, "slow", std::vector(records.begin(), records.begin() + 1), 0).empty()); // another batch
}

void GuardTest::refusesByIndexWithSubjectFieldAndRule() {
    m_scene.config("flights-value", R"({"validation":"REFUSE"})");
    use();
    Record tombstone;
    tombstone.topic = "flights";
    Record plain = tombstone;
    plain.value = R"({"tail":"N1"})";
    Record cut = record(R"({"tail":"N12345"})");
    cut.value->resize(cut.value->size() - 2);
    QVERIFY(check({record(R"({"tail":"N1"})"), tombstone}).empty());
    const auto refused = check({record(R"({"tail":"N1"})"), plain, record(R"({"x":1})", 2), cut});
    QCOMPARE(refused.size(), 3U);
    QCOMPARE(refused[0].index, 1);
    QVERIFY2(refused[0].why.find("names no schema; subject 'flights-value'") != std::string::npos,
             refused[0].why.c_str());
    QCOMPARE(refused[1].index, 2);
    QVERIFY2(refused[1].why.find("id 2, which is none of subject") != std::string::npos, refused[1].why.c_str());
    QCOMPARE(refused[2].index, 3);
    QVERIFY2(refused[2].why.find("`tail`") != std::string::npos, refused[2].why.c_str());
    const auto marked = m_guard->marks().of("flights").value();
    QCOMPARE(marked.records, 3);
    QCOMPARE(marked.refused, 3);
    QCOMPARE(marked.causes.size(), 3U);
    const auto& last = marked.newest.front();
    QCOMPARE(last.principal, std::string("User:ada"));
    QCOMPARE(last.client, std::string("127.0.0.1"));
    QCOMPARE(last.subject, std::string("flights-value"));
    QCOMPARE(last.schema, SchemaId(1));
    QCOMPARE(last.field, std::string("tail"));
    QVERIFY(last.why.find(std::string("subject 'flights-value'")) != std::string::npos);
    QVERIFY(last.wasRefused && last.offset == kNoOffset && !last.isKey);
}

void GuardTest::logsWithoutRefusing() {
    m_scene.config("", R"({"validation":"log"})"); // for all subjects
    use();
    QVERIFY(m_guard->guards("other"));
    Record plain;
    plain.topic = "flights";
    plain.value = "x";
    QVERIFY(check({plain, plain}).empty());
    QVERIFY(!m_guard->marks().of("flights")); // nothing says yet that it was appended
    m_guard->appended(Offset(40));
    QCOMPARE(m_guard->marks().of("flights")->records, 2);
    QCOMPARE(m_guard->marks().of("flights")->refused, 0);
}

void GuardTest::keysToo() {
    m_scene.put("flights-key", R"("string")");
    m_scene.config("flights-key", R"({"validation":"REFUSE"})");
    use();
    Record keyed;
    keyed.topic = "flights";
    keyed.key = framed(SchemaId(3), std::string("\x04N1", 3));
    keyed.value = "anything";
    QVERIFY(check({keyed}).empty());
    keyed.key = "N1";
    QVERIFY(check({keyed}).at(0).why.starts_with("The key names no schema"));
}

void GuardTest::watchesWhatWasRead() {
    m_scene.config("flights-value", R"({"validation":"REFUSE"})");
    use();
    Record plain;
    plain.topic = "flights";
    plain.value = "x";
    plain.partition = Partition(2);
    plain.offset = Offset(7);
    plain.timestampMs = 99;
    int told = 0;
    const auto subscription = m_guard->marks().onChanged([&] { ++told; });
    m_guard->watch(std::vector<Record>{plain, record(R"({"tail":"N1"})")}, {{{"flights", Partition(2)}, Offset(9)}});
    QCOMPARE(told, 1);
    const auto marked = m_guard->marks().of("flights").value();
    QCOMPARE(marked.records, 1);
    QCOMPARE(marked.causes, (std::map<std::string, std::int64_t>{{"The value names no schema.", 1}}));
    const auto& one = marked.newest.at(0);
    QVERIFY(one.principal.empty() && !one.wasRefused);
    QCOMPARE(one.at, (TopicPartition{"flights", Partition(2)}));
    QCOMPARE(one.offset, Offset(7));
    QCOMPARE(one.timeMs, 99);
    QCOMPARE(m_guard->marks().positions(), (ViolationBook::Positions{{{"flights", Partition(2)}, Offset(9)}}));
    m_guard->marks().keepPositions({{"other", false}});
    QVERIFY(m_guard->marks().positions().empty());
    m_guard->marks().forget("flights");
    QVERIFY(!m_guard->marks().of("flights"));
}

void GuardTest::waitsForWhatRefused() {
    m_guard->await({"flights"});
    QVERIFY(!m_guard->isReady("flights"));
    QVERIFY(m_guard->isReady("other")); // what wasn't guarded never waits
    std::map<std::string, bool> told;
    m_guard->onGuarded([&](const std::map<std::string, bool>& guarded) {
        told = guarded;
        QVERIFY(!m_guard->guards("flights")); // it is told before it holds
    });
    m_scene.config("flights-value", R"({"validation":"REFUSE"})");
    m_scene.config("other-value", R"({"validation":"LOG"})");
    use();
    QVERIFY(m_guard->isReady("flights"));
    QCOMPARE(told, (std::map<std::string, bool>{{"flights", true}, {"other", false}}));
}

void GuardTest::whatWasLoggedHasItsPlace() {
    m_scene.config("flights-value", R"({"validation":"LOG"})");
    use();
    Record plain;
    plain.topic = "flights";
    plain.partition = Partition(3);
    plain.value = "x";
    QVERIFY(check({record(R"({"tail":"N1"})"), plain}).empty());
    QVERIFY(check({plain, record(R"({"tail":"N1"})"), plain}).empty()); // the one before wasn't appended
    m_guard->appended(Offset(100));
    m_guard->appended(Offset(200)); // a batch without marks
    const auto marked = m_guard->marks().of("flights").value();
    QCOMPARE(marked.records, 2);
    QCOMPARE(marked.newest.at(0).offset, Offset(102));
    QCOMPARE(marked.newest.at(1).offset, Offset(100));
    QCOMPARE(marked.newest.at(1).at, (TopicPartition{"flights", Partition(3)}));
    QCOMPARE(marked.newest.at(1).principal, std::string("User:ada"));
}

namespace {

SchemaViolation violation(const std::string& topic, const std::string& cause) {
    SchemaViolation one;
    one.at = {topic, Partition(1)};
    one.offset = Offset(5);
    one.timeMs = 1'000;
    one.isKey = true;
    one.subject = topic + "-key";
    one.schema = SchemaId(9);
    one.field = "legs[].tail";
    one.cause = cause;
    one.why = "The key isn't as subject 'x' says.";
    one.principal = "User:ada";
    one.client = "rdkafka at 127.0.0.1";
    return one;
}

} // namespace

void GuardTest::theBookKeepsItsBounds() {
    ViolationBook book;
    for (std::size_t i = 0; i < ViolationBook::kMaxCauses + 20; ++i) {
        book.mark({violation("t", "cause " + std::to_string(i))});
    }
    auto marked = book.of("t").value();
    QCOMPARE(marked.records, static_cast<std::int64_t>(ViolationBook::kMaxCauses + 20));
    QCOMPARE(marked.causes.size(), ViolationBook::kMaxCauses + 1);
    QCOMPARE(marked.causes.at(ViolationBook::kOtherCauses), 20);
    QCOMPARE(marked.newest.size(), ViolationBook::kMaxNewest);
    QCOMPARE(marked.newest.front().cause, "cause " + std::to_string(ViolationBook::kMaxCauses + 19));
    auto lengthy = violation("t", "é");
    for (int i = 0; i < 5'000; ++i) {
        lengthy.why += "é";
    }
    book.mark({lengthy});
    QVERIFY(book.of("t")->newest.front().why.size() <= ViolationBook::kMaxText + 3);
    QVERIFY(QString::fromStdString(book.of("t")->newest.front().why).endsWith(QStringLiteral("é…")));
    for (std::size_t i = 0; i < ViolationBook::kMaxTopics + 5; ++i) {
        book.mark({violation("u" + std::to_string(i), "c")});
    }
    QCOMPARE(book.all().size(), ViolationBook::kMaxTopics);
}

void GuardTest::theBookIsReadAsItWasKept() {
    ViolationBook book;
    auto odd = violation("t", "b");
    odd.why = "\xff"; // not UTF-8
    odd.wasRefused = true;
    book.mark({violation("t", "a"), odd}, {{{"t", Partition(1)}, Offset(6)}});
    book.mark({violation("u", "a")});
    ViolationBook again;
    QVERIFY(again.read(book.toJson()));
    auto expected = book.all();
    expected.at(0).newest.front().why = "\xEF\xBF\xBD";
    QVERIFY(again.all() == expected);
    QCOMPARE(again.positions(), book.positions());
    const auto told = violationsFromJson(violationsToJson(expected));
    QVERIFY(told && *told == expected);
}

void GuardTest::theBookOfAnotherFormIsNotRead() {
    ViolationBook book;
    book.mark({violation("t", "a")});
    for (const auto* text : {"", "[]", "{}", R"({"topics":{}})", R"({"topics":[{}]})", R"({"topics":[1]})"}) {
        QVERIFY(!book.read(text));
    }
    QCOMPARE(book.all().size(), 1U); // what it had stays
    QVERIFY(!violationsFromJson("{}"));
}

void GuardTest::rulesOfABookAreTheSame() {
    m_scene.config("flights-value", R"({"validation":"REFUSE"})");
    std::vector<SchemaVersion> versions;
    m_scene.state.forEach([&](const SchemaVersion& one) { versions.push_back(one); });
    SubjectSettings settings{"flights-value", {}, {}, {}, WriteValidation::Refuse};
    m_guard->setRules(guardRules(SchemaBook(versions, {settings})));
    QCOMPARE(m_guard->guarded(), (std::map<std::string, bool>{{"flights", true}}));
    QVERIFY(check({record(R"({"tail":"N1"})")}).empty());
    QCOMPARE(check({record(R"({"x":1})", 2)}).size(), 1U);
}

QTEST_MAIN(GuardTest)
#include "guard_test.moc"
