// SPDX-License-Identifier: Apache-2.0
#include <backbone/error.h>

#include "support/catalog_desk.h"
#include "support/fake_ledger_backbone.h"
#include "support/ledger_author.h"
#include "support/seed.h"

#include <QtTest>

#include <random>
#include <thread>

using namespace meshbone;
using namespace meshbone::catalog;
using test::CatalogDesk;
using test::FakeBackbone;
using test::FakeLog;

namespace {

constexpr int kCommands = 80; // of each desk

/// Random commands over few names, so that people get in each other's way.
class RandomCommands {
public:
    explicit RandomCommands(std::uint64_t seed)
        : m_random(seed) {}
    Command next() { return m_random() % 2 == 0 ? ofTheMesh() : ofAccess(); }
    std::optional<std::int64_t> expected(const Catalog& catalog, const Command& command) {
        if (m_random() % 2 == 0 || std::holds_alternative<RecordAct>(command)) {
            return std::nullopt;
        }
        for (const Product& product : catalog.products()) {
            if (product.id == subjectOf(command)) {
                return product.revision;
            }
        }
        return m_random() % 3;
    }

private:
    Command ofTheMesh() {
        switch (m_random() % 9) {
        case 0:
            return PutTeam{name("team"), "Team", text(), {person()}};
        case 1:
            return PutDomain{name("domain"), "Domain", text(), name("team")};
        case 2:
            return RemoveDomain{name("domain")};
        case 3:
            return RemoveProduct{name("product")};
        case 4:
            return PutPort{name("product"), {name("topic"), direction(), text()}};
        case 5:
            return RemovePort{name("product"), name("topic"), direction()};
        case 6:
            return DescribeTopic{name("topic"), text()};
        case 7:
            return RecordAct{"topic.configured", name("topic"), {{"a", text()}}, {{"a", text()}}};
        default:
            return PutProduct{name("product"), "Product", text(), name("domain"), name("team")};
        }
    }
    /// Few requests, so that people decide on the same ones; many fail, by who they are or what was before.
    Command ofAccess() {
        const std::string id = name("request");
        switch (m_random() % 12) {
        case 0:
            return PutPrincipal{"User:" + name("p"), "P",      PrincipalKind::Tool,
                                name("team"),        person(), m_random() % 4 == 0};
        case 1:
            return Classify{m_random() % 2 == 0, name(m_random() % 2 == 0 ? "topic" : "product"),
                            static_cast<Classification>(m_random() % 3)};
        case 2:
            return PutPolicy{Policy{.id = name("policy"), .name = "P", .maxDays = static_cast<int>(m_random() % 9)}};
        case 3:
            return ApproveRequest{id, scope(0), kNoEnd, text()};
        case 4:
            return DeclineRequest{id};
        case 5:
            return RevokeGrant{id};
        case 6:
            return RestoreGrant{id};
        case 7:
            return CommentRequest{id, text(), false};
        case 8:
            return ReportGrant{id, GrantState::Unknown, text(), 1, {}};
        case 9:
            return OpenCampaign{name("campaign"), "C", name("product"), kNoEnd};
        case 10:
            return ShortenGrant{id, QDateTime::currentMSecsSinceEpoch() + 1'000'000};
        default:
            return SubmitRequest{name("request"), scope(0), "", "", text(), kNoEnd};
        }
    }
    static AccessScope scope(int topic) {
        AccessScope scope;
        scope.principal = "User:p-0";
        scope.reads = {{"topic-" + std::to_string(topic)}};
        return scope;
    }
    std::string name(const std::string& kind) { return kind + "-" + std::to_string(m_random() % 3); }
    std::string person() { return m_random() % 2 == 0 ? "person-0" : "person-1"; }
    std::string text() { return std::to_string(m_random() % 100); }
    PortDirection direction() { return m_random() % 2 == 0 ? PortDirection::Input : PortDirection::Output; }
    std::mt19937_64 m_random;
};

} // namespace

class RaceTest : public QObject {
    Q_OBJECT

private slots:
    /// Three desks write at once, one of them is closed and opened again in between; all end with the same bytes, and
    /// each was told of every command of its own what everybody else sees of it.
    void racingDesksDecideAlike() {
        const std::uint64_t seed = test::testSeed();
        const auto log = std::make_shared<FakeLog>();
        std::vector<std::unique_ptr<FakeBackbone>> backbones;
        std::vector<std::unique_ptr<CatalogDesk>> desks;
        for (int i = 0; i < 3; ++i) {
            backbones.push_back(std::make_unique<FakeBackbone>(log));
            desks.push_back(std::make_unique<CatalogDesk>("person-" + std::to_string(i), *backbones.back()));
            QVERIFY(desks.back()->open());
            enrol(*desks.front(), *desks.back(), i);
        }
        std::vector<std::jthread> threads;
        std::atomic<int> accepted = 0, rejected = 0, wrong = 0;
        for (std::size_t i = 0; i < desks.size(); ++i) {
            threads.emplace_back([&, i] {
                RandomCommands commands(seed + i);
                for (int n = 0; n < kCommands; ++n) {
                    CatalogDesk& desk = *desks[i];
                    if (i == 2 && n == kCommands / 2) {
                        desk.close();
                        desk.open().value();
                    }
                    const Command command = commands.next();
                    const auto outcome = desk.submit(command, commands.expected(*desk, command), "because");
                    ++(outcome ? accepted : rejected);
                    if (outcome && *log->copy()[static_cast<std::size_t>(outcome->number)].value != outcome->json) {
                        ++wrong;
                    }
                }
            });
        }
        threads.clear();
        QCOMPARE(wrong.load(), 0);
        QVERIFY(accepted > 20 && rejected > 20);
        const auto entries = static_cast<std::int64_t>(log->copy().size());
        for (const auto& desk : desks) {
            QVERIFY(desk->awaitEntries(entries));
            QCOMPARE((*desk)->canonicalDump().value(), (*desks.front())->canonicalDump().value());
        }
        const std::string before = (*desks.front())->canonicalDump().value();
        QVERIFY((*desks.front())->rebuild(CatalogDesk::kPatience));
        QCOMPARE((*desks.front())->canonicalDump().value(), before);
        const auto report = (*desks.back())->verify(CatalogDesk::kPatience).value();
        QVERIFY2(report.intact && report.projectionEqual, report.reason.c_str());
    }

    /// Of several who find an empty ledger at the same moment, one becomes its first person, and all see which.
    void onlyOneIsTheFirst() {
        for (int round = 0; round < 10; ++round) {
            const auto log = std::make_shared<FakeLog>();
            FakeBackbone left(log), right(log);
            CatalogDesk ada("ada", left), bob("bob", right);
            std::jthread other([&] { bob.open().value(); });
            ada.open().value();
            other.join();
            QVERIFY(ada.awaitEntries(1) && bob.awaitEntries(1));
            QVERIFY(ada.await([&] { return (*ada).people().size() == 1; }));
            QVERIFY(bob.await([&] { return (*bob).people().size() == 1; }));
            QCOMPARE((*ada).people().at(0).id, (*bob).people().at(0).id);
            QVERIFY(ada.awaitMode(CatalogMode::Live) && bob.awaitMode(CatalogMode::Live));
            const bool adaMay = ada.submit(DescribeTopic{"t", "by ada"}).has_value();
            const bool bobMay = bob.submit(DescribeTopic{"t", "by bob"}).has_value();
            QVERIFY(adaMay != bobMay);
        }
    }

private:
    static void enrol(CatalogDesk& first, CatalogDesk& desk, int index) {
        if (index == 0) {
            QVERIFY(first.awaitEntries(1));
            return;
        }
        QVERIFY(desk.awaitEntries(index));
        const std::string refusal = desk.submit(DescribeTopic{"t", "x"}).error().message;
        const auto id = "person-" + std::to_string(index);
        QVERIFY(first.submit(PutPerson{id, id, refusal.substr(refusal.size() - 45, 44)}));
        QVERIFY(desk.awaitEntries(index + 1));
    }
};

QTEST_GUILESS_MAIN(RaceTest)
#include "race_test.moc"
