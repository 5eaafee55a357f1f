// SPDX-License-Identifier: Apache-2.0
// The whole module over a cluster in memory: two desktops, restarts, a backbone that goes away.
#include "evidence/entry.h"
#include "support/memory_backbone.h"

#include <catalog/catalog.h>
#include <lineage/access_evidence.h>
#include <lineage/lineage.h>

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <memory>

using namespace meshbone;
using namespace meshbone::lineage;
using namespace std::chrono_literals;
using backbone::Operation;
using test::MemoryCluster;

namespace {
const CallOptions kPatient{30s, {}};

/// One desktop: its own database, backbone and, if it holds the broker, capture.
struct Desktop {
    Desktop(std::shared_ptr<MemoryCluster> cluster, const QTemporaryDir& folder, const std::string& name, bool observes,
            bool groups = false)
        : backbone(test::openMemoryBackbone(std::move(cluster)))
        , capture(observes ? Capture::create() : nullptr) {
        options.database = std::filesystem::path(folder.path().toStdString()) / (name + ".db");
        options.observer = name;
        options.readGroups = groups;
        options.readGroupsEvery = 10min; // only when publishNow asks
        options.publishEvery = 10min;
        open();
    }
    void open() {
        auto opened = Lineage::open(options, *backbone, nullptr, capture.get());
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        lineage = std::move(*opened);
    }
    void see(const std::string& principal, bool writes, const std::string& topic, std::uint64_t records = 1,
             bool granted = true) const {
        const backbone::ClientIdentity client{"User:" + principal, "127.0.0.1", principal + "-id", "librdkafka",
                                              "2.15.0"};
        capture->observer().observed({&client, static_cast<std::int16_t>(writes ? 0 : 1),
                                      writes ? Operation::Write : Operation::Read, backbone::ResourceKind::Topic, topic,
                                      granted, records, records * 100});
    }
    [[nodiscard]] std::vector<std::string> picture() const {
        const auto view = lineage->view({});
        std::map<std::int32_t, std::string> names;
        for (const auto& node : view.nodes) {
            names[node.id] = node.name;
        }
        std::vector<std::string> lines;
        for (const auto& edge : view.edges) {
            lines.push_back(names[edge.from] + " -> " + names[edge.to] + " " + std::to_string(edge.records));
        }
        std::ranges::sort(lines);
        return lines;
    }

    std::unique_ptr<backbone::Backbone> backbone;
    std::unique_ptr<Capture> capture;
    LineageOptions options;
    std::unique_ptr<Lineage> lineage;
};
using Lines = std::vector<std::string>;

backbone::GroupDetail groupOf(const std::string& name, const std::string& clientId, const std::string& topic) {
    backbone::GroupDetail detail;
    detail.group = name;
    detail.state = clientId.empty() ? "Empty" : "Stable";
    if (!clientId.empty()) {
        detail.members.push_back({"m-1", "", clientId, "/127.0.0.1", {{topic, Partition(0)}}});
    }
    return detail;
}
} // namespace

class ServiceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<MemoryCluster> m_cluster;

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_cluster = std::make_shared<MemoryCluster>();
    }

    void thePictureOfWhatIsStoredMayComeLater() {
        {
            const Desktop desktop(m_cluster, *m_folder, "embedded", true);
            desktop.see("feed", true, "quakes", 5);
            QVERIFY(desktop.lineage->publishNow(kPatient));
        }
        m_cluster->setAway(true); // nothing but the store can tell
        Desktop again(m_cluster, *m_folder, "embedded", false);
        QVERIFY(again.picture() == Lines{"feed -> quakes 5"});
        again.lineage.reset();
        again.options.pictureAtOpen = false;
        again.open();
        QTRY_VERIFY(again.picture() == Lines{"feed -> quakes 5"});
    }

    void whatIsObservedBecomesThePicture() {
        const Desktop desktop(m_cluster, *m_folder, "embedded", true);
        std::atomic<int> told = 0;
        const auto subscription = desktop.lineage->onChanged([&] { ++told; });
        desktop.see("feed", true, "quakes", 5);
        desktop.see("near", false, "quakes", 4);
        desktop.see("near", true, "near-airports", 2);
        desktop.see("ops", false, "near-airports", 2);
        desktop.see("nosy", false, "quakes", 0, false);
        desktop.see("meshbone", false, "_meshbone.ledger");
        QVERIFY(desktop.lineage->publishNow(kPatient));
        QVERIFY((desktop.picture() == Lines{"feed -> quakes 5", "near -> near-airports 2", "near-airports -> ops 2",
                                            "quakes -> near 4", "quakes -> nosy 0"}));
        QCOMPARE(desktop.lineage->node("near")->kind, NodeKind::Task);
        QVERIFY(!desktop.lineage->node("_meshbone.ledger"));
        const auto down = desktop.lineage->downstream("feed", std::nullopt);
        QCOMPARE(down.size(), std::size_t{5});
        QCOMPARE(down.back().node->name, std::string("ops"));
        QCOMPARE(down.back().hops, 4);
        QCOMPARE(desktop.lineage->upstream("ops", std::nullopt).size(), std::size_t{4});
        QCOMPARE(desktop.lineage->nodeCount(), std::size_t{6});
        QCOMPARE(desktop.lineage->search("qua", 5).size(), std::size_t{1});
        QTRY_VERIFY(told > 0);
        const auto changes = desktop.lineage->changes(0, std::numeric_limits<TimestampMs>::max());
        QCOMPARE(changes.size(), std::size_t{5});
        QVERIFY(std::ranges::any_of(
            changes, [](const Change& c) { return c.sentence == "nosy tried to read quakes, not granted"; }));
    }

    void newClientsAreToldBeforeTheIntervalIsOver() {
        const Desktop desktop(m_cluster, *m_folder, "embedded", true);
        QVERIFY(desktop.lineage->waitCaughtUp(kPatient));
        desktop.see("feed", true, "quakes");
        QTRY_COMPARE_WITH_TIMEOUT(desktop.picture().size(), std::size_t{1}, 30'000);
    }

    void theOwnPictureGoesBeforeTheTopic() {
        const Desktop desktop(m_cluster, *m_folder, "embedded", true);
        desktop.see("feed", true, "quakes", 5);
        QVERIFY(desktop.lineage->publishNow(kPatient));
        const auto published = m_cluster->end(std::string(kEvidenceTopic));
        desktop.see("feed", true, "quakes", 2); // to be published in ten minutes
        QTRY_VERIFY_WITH_TIMEOUT((desktop.picture() == Lines{"feed -> quakes 7"}), 30'000);
        QVERIFY(!desktop.lineage->view({}).edges.at(0).perSecond); // two seconds are too few for a rate
        QCOMPARE(m_cluster->end(std::string(kEvidenceTopic)).value(), published.value());
        QVERIFY(desktop.lineage->publishNow(kPatient));
        QVERIFY((desktop.picture() == Lines{"feed -> quakes 7"}));
    }

    void aLookNeitherMakesNorWritesTheTopic() {
        const Desktop look(m_cluster, *m_folder, "meshctl", false);
        QVERIFY(look.lineage->waitCaughtUp(kPatient));
        QVERIFY(look.lineage->publishNow(kPatient));
        QVERIFY(m_cluster->topics().empty());
    }

    void aSecondDesktopShowsTheSame() {
        const Desktop first(m_cluster, *m_folder, "embedded", true);
        first.see("feed", true, "quakes", 5);
        first.see("ops", false, "quakes", 5);
        QVERIFY(first.lineage->publishNow(kPatient));
        const Desktop second(m_cluster, *m_folder, "desktop-b", false);
        QVERIFY(second.lineage->waitCaughtUp(kPatient));
        QVERIFY(second.picture() == first.picture());
        QCOMPARE(second.picture().size(), std::size_t{2});
    }

    void twoObserversAddUpAndRetriesDoNot() {
        const Desktop a(m_cluster, *m_folder, "broker-a", true), b(m_cluster, *m_folder, "broker-b", true);
        a.see("feed", true, "quakes", 5);
        b.see("feed", true, "quakes", 7);
        QVERIFY(a.lineage->publishNow(kPatient));
        QVERIFY(b.lineage->publishNow(kPatient));
        for (auto record : m_cluster->records(std::string(kEvidenceTopic))) {
            m_cluster->append(record); // everything comes twice, as after a retry
        }
        QVERIFY(a.lineage->waitCaughtUp(kPatient));
        QVERIFY(b.lineage->waitCaughtUp(kPatient));
        QVERIFY((a.picture() == Lines{"feed -> quakes 12"}));
        QVERIFY((b.picture() == Lines{"feed -> quakes 12"}));
    }

    void aRestartLosesNothing() {
        std::vector<std::string> before;
        std::int32_t id = -1;
        {
            const Desktop desktop(m_cluster, *m_folder, "embedded", true);
            desktop.see("feed", true, "quakes", 5);
            QVERIFY(desktop.lineage->publishNow(kPatient));
            desktop.see("feed", true, "quakes", 2); // not published yet when it is closed
            id = desktop.lineage->node("quakes")->id;
        }
        m_cluster->compact(std::string(kEvidenceTopic));
        Desktop desktop(m_cluster, *m_folder, "embedded", true);
        QVERIFY(desktop.lineage->waitCaughtUp(kPatient));
        QVERIFY((desktop.picture() == Lines{"feed -> quakes 7"}));
        QCOMPARE(desktop.lineage->node("quakes")->id, id);
        desktop.see("feed", true, "quakes", 1);
        QVERIFY(desktop.lineage->publishNow(kPatient));
        QVERIFY((desktop.picture() == Lines{"feed -> quakes 8"}));
        desktop.lineage.reset();
        std::filesystem::remove(desktop.options.database); // the topic alone is enough
        desktop.open();
        QVERIFY(desktop.lineage->waitCaughtUp(kPatient));
        QVERIFY((desktop.picture() == Lines{"feed -> quakes 8"}));
    }

    void withoutABackboneTheLastPictureIsThere() {
        {
            const Desktop desktop(m_cluster, *m_folder, "embedded", true);
            desktop.see("feed", true, "quakes", 5);
            QVERIFY(desktop.lineage->publishNow(kPatient));
        }
        m_cluster->setAway(true);
        const Desktop desktop(m_cluster, *m_folder, "embedded", true);
        QVERIFY((desktop.picture() == Lines{"feed -> quakes 5"})); // at once
        desktop.see("feed", true, "quakes", 3);
        const auto refused = desktop.lineage->publishNow({300ms, {}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Timeout);
        m_cluster->setAway(false);
        QVERIFY(desktop.lineage->publishNow(kPatient)); // what was seen meanwhile is not lost
        QVERIFY((desktop.picture() == Lines{"feed -> quakes 8"}));
    }

    void anotherTopicOfTheSameNameStartsAfresh() {
        {
            const Desktop desktop(m_cluster, *m_folder, "embedded", true);
            desktop.see("feed", true, "quakes", 5);
            QVERIFY(desktop.lineage->publishNow(kPatient));
        }
        { // the id of a topic is learnt when it is connected again
            const Desktop desktop(m_cluster, *m_folder, "embedded", true);
            QVERIFY(desktop.lineage->waitCaughtUp(kPatient));
        }
        m_cluster->deleteTopic(std::string(kEvidenceTopic));
        const Desktop desktop(m_cluster, *m_folder, "embedded", true);
        QVERIFY(desktop.lineage->publishNow(kPatient));
        QVERIFY(desktop.picture().empty());
    }

    void groupsAreReadOnAnyCluster() {
        m_cluster->setGroup(groupOf("alerts", "svc-alerts", "quakes"), {{{"quakes", Partition(0)}, Offset(10), ""}});
        m_cluster->setGroup(groupOf("nightly", "", ""), {{{"flights", Partition(0)}, Offset(3), ""}});
        m_cluster->setGroup(groupOf("own", "meshbone-browser", "quakes"), {});
        const Desktop desktop(m_cluster, *m_folder, "desktop", false, true);
        QVERIFY(desktop.lineage->publishNow(kPatient));
        QVERIFY((desktop.picture() == Lines{"flights -> nightly 0", "quakes -> svc-alerts 0"}));
        m_cluster->setGroup(groupOf("alerts", "svc-alerts", "quakes"), {{{"quakes", Partition(0)}, Offset(25), ""}});
        QVERIFY(desktop.lineage->publishNow(kPatient));
        QVERIFY((desktop.picture() == Lines{"flights -> nightly 0", "quakes -> svc-alerts 15"}));
        const auto view = desktop.lineage->view({});
        QVERIFY(std::ranges::all_of(
            view.edges, [](const Edge& e) { return e.evidence == Evidence::Group && e.groups.size() == 1; }));
    }

    void whatWasSeenIsEvidenceForAccess() {
        const Desktop desktop(m_cluster, *m_folder, "embedded", true);
        desktop.see("feed", true, "quakes", 5);
        desktop.see("stranger", false, "quakes", 0, false);
        QVERIFY(desktop.lineage->publishNow(kPatient));
        m_cluster->setAway(true); // what is known is known
        AccessEvidenceQuery query;
        query.toMs = std::numeric_limits<TimestampMs>::max();
        const auto evidence = desktop.lineage->accessEvidence(query, kPatient);
        QVERIFY2(evidence, evidence ? "" : evidence.error().message.c_str());
        QCOMPARE(evidence->tuples.size(), std::size_t{2});
        QCOMPARE(evidence->grade, catalog::EvidenceGrade::Observed);
        QCOMPARE(evidence->coverage.observers, std::vector<std::string>{"embedded"});
        const auto refused = std::ranges::find(evidence->tuples, false, &catalog::EvidenceTuple::granted);
        QVERIFY(refused != evidence->tuples.end());
        QCOMPARE(refused->principal, std::string("User:stranger"));
    }

    void groupsThatMayNotBeReadAreNoObstacle() {
        m_cluster->failGroups(true);
        const Desktop desktop(m_cluster, *m_folder, "embedded", true, true);
        desktop.see("feed", true, "quakes", 5);
        QVERIFY(desktop.lineage->publishNow(kPatient));
        QCOMPARE(desktop.picture().size(), std::size_t{1});
    }

    void recordsOfOthersThatMakeNoSenseAreSkipped() {
        m_cluster->createTopic(std::string(kEvidenceTopic));
        const std::string topic(kEvidenceTopic);
        for (const std::optional<Bytes>& value :
             {std::optional<Bytes>("{"), std::optional<Bytes>("[]"), std::optional<Bytes>(std::string(100'000, 'x')),
              std::optional<Bytes>(R"({"v":9,"evidence":"openlineage"})"), std::optional<Bytes>()}) {
            Record record;
            record.topic = topic;
            record.key = "k";
            record.value = value;
            m_cluster->append(record);
            record.key.reset();
            m_cluster->append(record);
        }
        const Desktop desktop(m_cluster, *m_folder, "embedded", true);
        desktop.see("feed", true, "quakes", 5);
        QVERIFY(desktop.lineage->publishNow(kPatient));
        QVERIFY((desktop.picture() == Lines{"feed -> quakes 5"}));
    }

    void callsThatWaitCanBeCancelledAndEnd() {
        m_cluster->setAway(true);
        auto desktop = std::make_unique<Desktop>(m_cluster, *m_folder, "embedded", true);
        std::stop_source source;
        source.request_stop();
        QCOMPARE(desktop->lineage->publishNow({30s, source.get_token()}).error().code, ErrorCode::Cancelled);
        const auto start = std::chrono::steady_clock::now();
        desktop.reset(); // with a call that nobody waits for any more
        QVERIFY(std::chrono::steady_clock::now() - start < 20s);
    }

    void aSubscriberMayLeaveInItsOwnCallback() {
        const Desktop desktop(m_cluster, *m_folder, "embedded", true);
        std::atomic<int> told = 0;
        Subscription subscription;
        std::mutex mutex;
        {
            const std::lock_guard lock(mutex);
            subscription = desktop.lineage->onChanged([&] {
                const std::lock_guard inner(mutex);
                subscription.reset();
                ++told;
            });
        }
        desktop.see("feed", true, "quakes");
        QVERIFY(desktop.lineage->publishNow(kPatient));
        QTRY_COMPARE(told.load(), 1);
        desktop.see("feed", true, "flights");
        QVERIFY(desktop.lineage->publishNow(kPatient));
        QCOMPARE(told.load(), 1);
    }

    void badOptionsAreRefused() {
        const auto backbone = test::openMemoryBackbone(m_cluster);
        LineageOptions options;
        options.database = std::filesystem::path(m_folder->path().toStdString()) / "x.db";
        QCOMPARE(Lineage::open(options, *backbone, nullptr, nullptr).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(ServiceTest)
#include "service_test.moc"
