// SPDX-License-Identifier: Apache-2.0
#include "ledger/as_of.h"
#include "support/catalog_desk.h"
#include "support/fake_ledger_backbone.h"
#include "support/ledger_author.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::CatalogDesk;
using test::FakeBackbone;
using test::FakeLog;

namespace {

constexpr TimestampMs kStart = 1'700'000'000'000;
constexpr TimestampMs kDay = 86'400'000;

std::size_t until(const std::vector<TimestampMs>& times, TimestampMs timeMs) {
    std::vector<EntryTime> entries;
    for (const TimestampMs time : times) {
        entries.push_back({static_cast<std::int64_t>(entries.size()), time});
    }
    return entriesUntil(entries, timeMs);
}

/// A ledger that Ada and Bob wrote by hand, one entry a day.
class Diary {
public:
    Diary()
        : m_log(std::make_shared<FakeLog>())
        , m_backbone(m_log)
        , desk("reader", m_backbone) {
        write(ada, ada.enrolment());
        write(ada, bob.enrolment());
        write(ada, PutTeam{"ops", "Operations", "", {"ada"}});
        write(ada, PutDomain{"aviation", "Aviation", "", "ops"});
        write(ada, PutProduct{"flights", "Flights", "", "aviation", "ops"});
        write(ada, PutPort{"flights", {"flights.v1", PortDirection::Output, ""}});
        write(ada, PutPrincipal{"User:x", "X", PrincipalKind::Tool, "", "bob"}, 0);
        asked = write(bob, SubmitRequest{"r", scope(), "flights", "", "To read", kNoEnd}, 0);
        approved = write(ada, ApproveRequest{"r", scope(), kNoEnd, ""}, asked + 1);
        revoked = write(ada, RevokeGrant{"r"}, approved + 1);
    }
    static AccessScope scope() { return {"User:x", "*", Role::Consumer, {{"flights.v1"}}, {}, {"g"}, {}}; }
    static TimestampMs timeOf(std::int64_t number) { return kStart + number * kDay; }

    std::int64_t write(const test::LedgerAuthor& author, const Command& command,
                       std::optional<std::int64_t> expected = {}, std::optional<TimestampMs> timeMs = {}) {
        Entry entry = author.draft(command);
        entry.timeMs = timeMs.value_or(timeOf(m_next));
        entry.expected = expected;
        entry.why = "because";
        m_log->append(test::ledgerRecord(0, author.sign(entry)));
        return m_next++;
    }
    AccessAsOf at(TimestampMs timeMs) {
        auto access = desk->accessAsOf(timeMs, CatalogDesk::kPatience);
        if (!access) {
            qFatal("%s", access.error().message.c_str());
        }
        return std::move(*access);
    }
    [[nodiscard]] bool read() const { return desk.awaitEntries(m_next); }

private:
    std::shared_ptr<FakeLog> m_log;
    FakeBackbone m_backbone;
    std::int64_t m_next = 0;

public:
    const test::LedgerAuthor ada{"ada"}, bob{"bob"};
    CatalogDesk desk;
    std::int64_t asked = 0, approved = 0, revoked = 0;
};

} // namespace

/// Who could do what at an earlier time.
class AsOfTest : public QObject {
    Q_OBJECT

private slots:
    void theLedgerIsCutWhereTheClocksSay() {
        QCOMPARE(until({}, 5), std::size_t{0});
        QCOMPARE(until({1, 2, 3}, 0), std::size_t{0});
        QCOMPARE(until({1, 2, 3}, 2), std::size_t{2});
        QCOMPARE(until({1, 2, 3}, 9), std::size_t{3});
        QCOMPARE(until({1, 2, 99, 4, 5, 6}, 5), std::size_t{5});   // a clock that is ahead
        QCOMPARE(until({1, 2, 3, 4, 5, 0, 7}, 2), std::size_t{2}); // and one that is behind
        QCOMPARE(until({1, 1, 1}, 1), std::size_t{3});
    }

    void accessIsShownAsItWas() {
        Diary diary;
        QVERIFY(diary.desk.open());
        QVERIFY(diary.read());
        QVERIFY(diary.at(kStart - 1).principals.empty());
        QCOMPARE(diary.at(kStart - 1).number, std::int64_t{-1});

        const auto waiting = diary.at(Diary::timeOf(diary.approved) - 1);
        QVERIFY(waiting.grants.empty());
        QCOMPARE(waiting.number, diary.asked);
        QCOMPARE(waiting.requests.at(0).state, RequestState::Submitted);

        const auto granted = diary.at(Diary::timeOf(diary.approved) + kDay / 2);
        QCOMPARE(granted.number, diary.approved);
        QVERIFY(granted.grants.at(0).inForceAt(granted.timeMs));
        QCOMPARE(granted.grants.at(0).scope, Diary::scope());

        const auto now = diary.at(Diary::timeOf(diary.revoked) + kDay);
        QVERIFY(!now.grants.at(0).inForceAt(now.timeMs));
        QCOMPARE(now.grants.at(0).revokedBy, std::string("ada"));
        QCOMPARE(now.hash, diary.desk->status().head);
        // Earlier again, after later was looked at.
        QVERIFY(diary.at(Diary::timeOf(diary.asked)).grants.empty());
        QCOMPARE(diary.at(Diary::timeOf(diary.approved)).hash, granted.hash);
    }

    void whatWasRejectedDoesNotCountAndWhatComesIsSeen() {
        Diary diary;
        diary.write(diary.bob, RestoreGrant{"r"}, diary.revoked + 1); // his own: rejected
        QVERIFY(diary.desk.open());
        QVERIFY(diary.read());
        const auto later = Diary::timeOf(diary.revoked) + 30 * kDay;
        QCOMPARE(diary.at(later).number, diary.revoked);
        const auto restored = diary.write(diary.ada, RestoreGrant{"r"}, diary.revoked + 1);
        QVERIFY(diary.read());
        QVERIFY(diary.at(later).grants.at(0).inForceAt(later));
        QCOMPARE(diary.at(later).number, restored);
        QVERIFY(!diary.at(Diary::timeOf(diary.revoked)).grants.at(0).inForceAt(later));
        QVERIFY(diary.desk->rebuild(CatalogDesk::kPatience));
        QCOMPARE(diary.at(later).number, restored);
    }

    void itCanBeCancelled() {
        Diary diary;
        QVERIFY(diary.desk.open());
        QVERIFY(diary.read());
        std::stop_source stop;
        stop.request_stop();
        const auto access = diary.desk->accessAsOf(kStart + 90 * kDay, {std::chrono::seconds(30), stop.get_token()});
        QCOMPARE(access.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(AsOfTest)
#include "as_of_test.moc"
