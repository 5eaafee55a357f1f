// SPDX-License-Identifier: Apache-2.0
#include "served_registry.h"

#include "schema/rest/refusal_teller.h"

#include <QtTest>

#include <latch>

using namespace meshbone;
using namespace meshbone::catalog;
using Json = nlohmann::json;
using test::ServedRegistry;

namespace {

constexpr auto kFlight = R"({"type":"record","name":"F","fields":[{"name":"tail","type":"string"}]})";
constexpr auto kBroken =
    R"({"type":"record","name":"F","fields":[{"name":"tail","type":"int"},{"name":"seat","type":"int"}]})";
constexpr auto kWords = "Who meets the field `tail`: billing.";

/// Says one sentence, and keeps what it was asked.
class TestAudience : public SchemaAudience {
public:
    std::string sentence(const RefusedChange& change) override {
        const std::scoped_lock lock(mutex);
        asked.push_back(change);
        if (change.maySee) {
            seen = {change.maySee("flights"), change.maySee("secret")};
        }
        return words;
    }
    std::mutex mutex;
    std::string words = kWords;
    std::vector<RefusedChange> asked;
    std::pair<bool, bool> seen;
};

} // namespace

class RefusalTest : public QObject {
    Q_OBJECT
private slots:
    void aRefusedSchemaNamesWhoBreaks();
    void aCheckNamesThemWhereItIsVerbose();
    void whatIsTakenAsksNobody();
    void nothingIsSaidWhereNothingIsKnown();
    void theAudienceIsToldWhatItNeeds();
    void aSlowAudienceHoldsNobodyElse();
    void whatComesWhileManyWaitIsAnsweredWithout();
};

void RefusalTest::aRefusedSchemaNamesWhoBreaks() {
    TestAudience audience;
    SchemaServiceOptions options;
    options.audience = &audience;
    ServedRegistry registry(options);
    registry.put("flights-value", kFlight);
    const auto refused = registry.put("flights-value", kBroken);
    QCOMPARE(refused.status, 409);
    QCOMPARE(refused.json().size(), 2U);
    const auto message = refused.json()["message"].get<std::string>();
    QVERIFY2(message.starts_with("Schema being registered is incompatible with an earlier schema"), message.c_str());
    QVERIFY2(message.ends_with(std::string("] ") + kWords), message.c_str());
}

void RefusalTest::aCheckNamesThemWhereItIsVerbose() {
    TestAudience audience;
    SchemaServiceOptions options;
    options.audience = &audience;
    ServedRegistry registry(options);
    registry.put("flights-value", kFlight);
    const auto path = std::string("/compatibility/subjects/flights-value/versions/latest");
    const auto quiet = registry.ask("POST", path, {{"schema", kBroken}});
    QCOMPARE(quiet.json(), Json({{"is_compatible", false}}));
    const auto verbose = registry.ask("POST", path + "?verbose=true", {{"schema", kBroken}});
    QCOMPARE(verbose.status, 200);
    QCOMPARE(verbose.json()["is_compatible"], false);
    QVERIFY(verbose.json()["messages"].size() > 1);
    QCOMPARE(verbose.json()["messages"].back(), kWords);
    QCOMPARE(audience.asked.size(), 1U);
}

void RefusalTest::whatIsTakenAsksNobody() {
    TestAudience audience;
    SchemaServiceOptions options;
    options.audience = &audience;
    ServedRegistry registry(options);
    registry.put("flights-value", kFlight);
    registry.put("flights-value", kFlight);
    registry.put("flights-value", "not a schema");
    registry.ask("POST", "/compatibility/subjects/flights-value/versions?verbose=true", {{"schema", kFlight}});
    QVERIFY(audience.asked.empty());
}

void RefusalTest::nothingIsSaidWhereNothingIsKnown() {
    TestAudience audience;
    audience.words.clear();
    SchemaServiceOptions options;
    options.audience = &audience;
    ServedRegistry registry(options), alone;
    for (auto* one : {&registry, &alone}) {
        one->put("flights-value", kFlight);
    }
    QCOMPARE(registry.put("flights-value", kBroken).text, alone.put("flights-value", kBroken).text);
    QCOMPARE(audience.asked.size(), 1U);
}

void RefusalTest::theAudienceIsToldWhatItNeeds() {
    TestAudience audience;
    SchemaServiceOptions options;
    options.audience = &audience;
    options.mayDo = [](const std::string&, RegistryAction, const std::string& subject) {
        return subject != "secret-value";
    };
    ServedRegistry registry(options);
    registry.put("flights-value", kFlight);
    registry.put("seat", R"({"type":"enum","name":"Seat","symbols":["A"]})");
    const Json enriched{{"schema", R"({"type":"record","name":"E","fields":[{"name":"seat","type":"Seat"}]})"},
                        {"references", {{{"name", "Seat"}, {"subject", "seat"}, {"version", 1}}}}};
    QCOMPARE(registry.ask("POST", "/subjects/enriched-value/versions", enriched).status, 200);
    registry.ask("GET", "/schemas/ids/1");
    registry.put("flights-value", kBroken);
    QCOMPARE(audience.asked.size(), 1U);
    const auto& change = audience.asked.front();
    QCOMPARE(change.subject, std::string("flights-value"));
    QCOMPARE(change.fields, (std::vector<std::string>{"tail", "seat"}));
    QCOMPARE(change.fetches.size(), 1U);
    QCOMPARE(audience.seen, std::pair(true, false));
    QCOMPARE(change.book->versions().size(), 3U);
    QVERIFY(change.book->parsed(change.book->latest("enriched-value").value())); // with what it refers to
}

void RefusalTest::aSlowAudienceHoldsNobodyElse() {
    class Slow : public SchemaAudience {
    public:
        std::string sentence(const RefusedChange&) override {
            begun.count_down();
            go.wait();
            return {};
        }
        std::latch begun{1}, go{1};
    } audience;
    SchemaServiceOptions options;
    options.audience = &audience;
    ServedRegistry registry(options);
    registry.put("flights-value", kFlight);
    std::jthread refused([&] { QCOMPARE(registry.put("flights-value", kBroken).status, 409); });
    audience.begun.wait();
    QCOMPARE(registry.put("other", R"("int")").status, 200);
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").status, 200);
    audience.go.count_down();
}

void RefusalTest::whatComesWhileManyWaitIsAnsweredWithout() {
    class Slow : public SchemaAudience {
    public:
        std::string sentence(const RefusedChange&) override {
            begun.count_down();
            go.wait();
            return "words";
        }
        std::latch begun{1}, go{1};
    } audience;
    RefusalTeller teller(&audience);
    std::mutex mutex;
    std::vector<std::string> told;
    const auto ask = [&] {
        teller.tell([] { return RefusedChange{}; },
                    [&](const std::string& sentence) {
                        const std::scoped_lock lock(mutex);
                        told.push_back(sentence);
                    });
    };
    ask();
    audience.begun.wait();
    for (std::size_t i = 0; i < RefusalTeller::kMaxWaiting + 3; ++i) {
        ask();
    }
    {
        const std::scoped_lock lock(mutex);
        QCOMPARE(told, std::vector<std::string>(3));
    }
    std::jthread stopping([&] { teller.stop(); });
    QTest::qWait(20);
    audience.go.count_down();
    stopping.join();
    QCOMPARE(told.size(), RefusalTeller::kMaxWaiting + 4); // each is answered, once
    ask();
    QCOMPARE(told.back(), std::string());
}

QTEST_MAIN(RefusalTest)
#include "refusal_test.moc"
