// SPDX-License-Identifier: Apache-2.0
#include "product/decide.h"
#include "product/names.h"
#include "product/topic_facts.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;

namespace {

/// A mesh that is changed by commands, one number each.
class Scene {
public:
    Scene() {
        must(PutPerson{"ada", "Ada", ""});
        must(PutPerson{"bob", "Bob", ""});
        must(PutTeam{"flight-ops", "Flight operations", "", {"bob", "ada"}});
        must(PutDomain{"aviation", "Aviation", "What flies", "flight-ops"});
        must(PutProduct{"flights", "Flights", "Every flight", "aviation", "flight-ops"});
    }
    Result<Decision> attempt(const Command& command, std::optional<std::int64_t> expected = {}) {
        auto decision = decide(command, Case{m_mesh, expected, revisionOfEntry(m_number)});
        if (decision) {
            for (const Effect& effect : decision->effects) {
                m_mesh.perform(effect);
            }
            ++m_number;
        }
        return decision;
    }
    Decision must(const Command& command) {
        auto decision = attempt(command);
        if (!decision) {
            qFatal("%s", decision.error().message.c_str());
        }
        return *decision;
    }
    ErrorCode refusal(const Command& command, std::optional<std::int64_t> expected = {}) {
        auto decision = attempt(command, expected);
        return decision ? ErrorCode::Internal : decision.error().code;
    }
    [[nodiscard]] Mesh& mesh() { return m_mesh; }

private:
    Mesh m_mesh;
    std::int64_t m_number = 0;
};

Port output(std::string topic) {
    return {std::move(topic), PortDirection::Output, ""};
}

} // namespace

class DecideTest : public QObject {
    Q_OBJECT

private slots:
    void slugs_data() {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<bool>("good");
        QTest::newRow("plain") << QByteArray("on-time-performance") << true;
        QTest::newRow("digit") << QByteArray("7") << true;
        QTest::newRow("longest") << QByteArray(64, 'a') << true;
        QTest::newRow("too long") << QByteArray(65, 'a') << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("upper") << QByteArray("Flights") << false;
        QTest::newRow("dash first") << QByteArray("-a") << false;
        QTest::newRow("dash last") << QByteArray("a-") << false;
        QTest::newRow("blank") << QByteArray("a b") << false;
        QTest::newRow("not utf-8") << QByteArray("\xff") << false;
        QTest::newRow("zero") << QByteArray("a\0b", 3) << false;
    }
    void slugs() {
        QFETCH(QByteArray, id);
        QFETCH(bool, good);
        QCOMPARE(checkSlug("product", id.toStdString()).has_value(), good);
    }

    void topicNamesAreKafkas() {
        QVERIFY(checkTopicName("Flights.v1_x-y"));
        QVERIFY(checkTopicName(std::string(249, 't')));
        for (const std::string& bad : {std::string(), std::string("."), std::string(".."), std::string("a b"),
                                       std::string("ä"), std::string(250, 't'), std::string("a/b")}) {
            QVERIFY2(!checkTopicName(bad), bad.c_str());
        }
        QVERIFY(!checkProductTopic("__consumer_offsets"));
        QVERIFY(!checkProductTopic("_meshbone.ledger"));
    }

    void utf8IsCheckedByTheTable() {
        QVERIFY(isUtf8("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x99\x82"));
        for (const char* bad : {"\x80", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3"}) {
            QVERIFY(!isUtf8(bad));
        }
        QCOMPARE(std::string(clipped(std::string(79, 'a') + "\xc3\xa4")), std::string(79, 'a'));
    }

    void ownersMustBeTeams() {
        Scene scene;
        QCOMPARE(scene.refusal(PutDomain{"seismic", "Seismic", "", "nobody"}), ErrorCode::NotFound);
        QCOMPARE(scene.refusal(PutProduct{"quakes", "Quakes", "", "aviation", "nobody"}), ErrorCode::NotFound);
        QCOMPARE(scene.refusal(PutProduct{"quakes", "Quakes", "", "nowhere", "flight-ops"}), ErrorCode::NotFound);
        QCOMPARE(scene.refusal(PutTeam{"empty", "Empty", "", {}}), ErrorCode::InvalidArgument);
        QCOMPARE(scene.refusal(PutTeam{"strangers", "Strangers", "", {"zoe"}}), ErrorCode::NotFound);
        QCOMPARE(scene.refusal(PutTeam{"twins", "Twins", "", {"ada", "ada"}}), ErrorCode::InvalidArgument);
    }

    void aDomainWithProductsStays() {
        Scene scene;
        auto refused = scene.attempt(RemoveDomain{"aviation"});
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QVERIFY(refused.error().message.find("'flights'") != std::string::npos);
        scene.must(RemoveProduct{"flights"});
        scene.must(RemoveDomain{"aviation"});
        QVERIFY(scene.mesh().domains.items().empty());
        QCOMPARE(scene.refusal(RemoveDomain{"aviation"}), ErrorCode::NotFound);
    }

    void portsAreSortedAndATopicHasOneProduct() {
        Scene scene;
        scene.must(PutProduct{"delays", "Delays", "", "aviation", "flight-ops"});
        scene.must(PutPort{"flights", output("z")});
        scene.must(PutPort{"flights", {"b", PortDirection::Input, ""}});
        scene.must(PutPort{"flights", output("a")});
        const Product* flights = scene.mesh().products.find("flights");
        const std::vector<Port> sorted{output("a"), output("z"), {"b", PortDirection::Input, ""}};
        QVERIFY(flights->ports == sorted);
        QCOMPARE(scene.refusal(PutPort{"delays", output("a")}), ErrorCode::AlreadyExists);
        scene.must(PutPort{"delays", {"a", PortDirection::Input, ""}}); // anybody may read it
        scene.must(RemovePort{"flights", "a", PortDirection::Output});
        scene.must(PutPort{"delays", output("a")});
        scene.must(RemoveProduct{"flights"});
        scene.must(PutPort{"delays", output("z")});
        QCOMPARE(scene.refusal(RemovePort{"delays", "nope"}), ErrorCode::NotFound);
        QCOMPARE(scene.refusal(PutPort{"delays", output("__consumer_offsets")}), ErrorCode::InvalidArgument);
        QCOMPARE(scene.refusal(PutPort{"gone", output("q")}), ErrorCode::NotFound);
    }

    void revisionsGuardAgainstStaleChanges() {
        Scene scene;
        const auto seen = scene.mesh().products.find("flights")->revision;
        const PutProduct renamed{"flights", "All flights", "", "aviation", "flight-ops"};
        QVERIFY(scene.attempt(renamed, seen));
        auto stale = scene.attempt(renamed, seen);
        QCOMPARE(stale.error().code, ErrorCode::Conflict);
        QVERIFY(stale.error().message.find("entry 5") != std::string::npos);
        QCOMPARE(scene.refusal(renamed, 0), ErrorCode::Conflict); // 0: "there is none yet"
        QVERIFY(scene.attempt(PutProduct{"new", "New", "", "aviation", "flight-ops"}, 0));
        scene.must(RemoveProduct{"new"});
        QCOMPARE(scene.refusal(RemoveProduct{"new"}, 7), ErrorCode::Conflict);
    }

    void changesShowBeforeAndAfter() {
        Scene scene;
        const auto decision = scene.must(PutProduct{"flights", "Flights", "New words", "aviation", "flight-ops"});
        QCOMPARE(decision.changes.size(), std::size_t{1});
        QCOMPARE(decision.changes[0].field, std::string("description"));
        QCOMPARE(decision.changes[0].before.value(), std::string("Every flight"));
        QCOMPARE(decision.changes[0].after.value(), std::string("New words"));
        const auto port = scene.must(PutPort{"flights", output("flights.v1")});
        QCOMPARE(port.changes.at(0).field, std::string("output flights.v1"));
        QVERIFY(!port.changes[0].before);
        const auto removed = scene.must(RemoveProduct{"flights"});
        QCOMPARE(removed.changes.size(), std::size_t{5});
        QVERIFY(std::ranges::none_of(removed.changes, [](const FieldChange& c) { return c.after.has_value(); }));
    }

    void recordedActsCannotLookLikeDecisions() {
        Scene scene;
        const auto decision =
            scene.must(RecordAct{"topic.configured", "flights", {{"a", "1"}}, {{"a", "2"}, {"b", "3"}}});
        QVERIFY(decision.effects.empty());
        QCOMPARE(decision.changes.size(), std::size_t{2});
        for (const char* act :
             {"product.put", "grant.approved", "topic.describe", "topic", "Topic.created", ".x", "x."}) {
            QCOMPARE(scene.refusal(RecordAct{act, "flights", {}, {}}), ErrorCode::InvalidArgument);
        }
        QCOMPARE(scene.refusal(RecordAct{"topic.created", "t", {}, {}}, 3), ErrorCode::InvalidArgument);
    }

    void keysBelongToOnePerson() {
        Scene scene;
        const std::string key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        scene.must(PutPerson{"ada", "Ada", key});
        scene.must(PutPerson{"ada", "Ada L.", key}); // the same again changes nothing but the name
        QCOMPARE(scene.mesh().people.find("ada")->publicKeys.size(), std::size_t{1});
        QCOMPARE(scene.refusal(PutPerson{"bob", "Bob", key}), ErrorCode::AlreadyExists);
        for (const char* bad : {"AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=", "****"}) {
            QCOMPARE(scene.refusal(PutPerson{"bob", "Bob", bad}), ErrorCode::InvalidArgument);
        }
    }

    void topicFactsComeFromOutputPortsAndNotes() {
        Scene scene;
        scene.must(PutPort{"flights", {"flights.v1", PortDirection::Output, "One event a flight"}});
        scene.must(DescribeTopic{"scratch", "Somebody's"});
        auto facts = topicFactsOf(scene.mesh());
        QCOMPARE(facts.size(), std::size_t{2});
        QCOMPARE(facts["flights.v1"].owner, std::string("flight-ops"));
        QCOMPARE(facts["flights.v1"].domain, std::string("aviation"));
        QCOMPARE(facts["flights.v1"].description, std::string("One event a flight"));
        scene.must(DescribeTopic{"flights.v1", "The word on it"});
        scene.must(DescribeTopic{"scratch", ""});
        facts = topicFactsOf(scene.mesh());
        QCOMPARE(facts.size(), std::size_t{1});
        QCOMPARE(facts["flights.v1"].description, std::string("The word on it"));
    }

    void aSharedMeshKeepsItsContent() {
        Scene scene;
        const Mesh before = scene.mesh().share();
        scene.must(RemoveProduct{"flights"});
        scene.must(PutPerson{"zoe", "Zoe", ""});
        QVERIFY(before.products.find("flights") != nullptr);
        QVERIFY(before.people.find("zoe") == nullptr);
        QVERIFY(scene.mesh().products.find("flights") == nullptr);
    }
    void aContractIsKeptAsItIs() {
        Scene scene;
        const std::string text = "# ours\r\nkind: DataContract\r\n\tid: \xc3\xa4\r\n";
        const auto put = scene.must(PutContract{false, "flights.v1", text});
        QCOMPARE(put.changes, (std::vector<FieldChange>{{"text", std::nullopt, text}}));
        QCOMPARE(scene.mesh().topicContracts.find("flights.v1")->text, text);
        QCOMPARE(scene.refusal(PutContract{false, "flights.v1", text}, 0), ErrorCode::Conflict);
        scene.must(RemoveContract{false, "flights.v1"});
        QCOMPARE(scene.refusal(RemoveContract{false, "flights.v1"}), ErrorCode::NotFound);
    }
    void whatIsNoContractTextIsRefused() {
        Scene scene;
        for (const std::string& text : {std::string(" \r\n"), std::string("a\0b", 3), std::string("\xff"),
                                        std::string(kMaxAgreedContractBytes + 1, 'a')}) {
            QCOMPARE(scene.refusal(PutContract{false, "t", text}), ErrorCode::InvalidArgument);
        }
        scene.must(PutContract{false, "t", std::string(kMaxAgreedContractBytes, 'a')});
        QCOMPARE(scene.refusal(PutContract{false, "no topic", "a"}), ErrorCode::InvalidArgument);
        QCOMPARE(scene.refusal(PutContract{true, "nothing", "a"}), ErrorCode::NotFound);
    }
    void aProductWithAContractStays() {
        Scene scene;
        scene.must(PutContract{true, "flights", "kind: DataProduct"});
        QCOMPARE(scene.refusal(RemoveProduct{"flights"}), ErrorCode::Conflict);
        scene.must(RemoveContract{true, "flights"});
        scene.must(RemoveProduct{"flights"});
    }
};

QTEST_GUILESS_MAIN(DecideTest)
#include "decide_test.moc"
