// SPDX-License-Identifier: Apache-2.0
// End to end: clients that log in to the embedded broker as themselves, produce and consume; their edges appear.
#include "support/broker_fixture.h"

#include <backbone/backbone.h>
#include <lineage/lineage.h>

#include <QtTest>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::lineage;
using namespace std::chrono_literals;

namespace {
const CallOptions kPatient{60s, {}};

/// A broker with a capture, and clients with principals of their own.
class Mesh {
public:
    Mesh()
        : m_capture(Capture::create())
        , m_broker(optionsOf(*m_capture)) {}

    backbone::Profile profile(const std::string& user) {
        if (std::ranges::find(m_users, user) == m_users.end()) {
            if (const auto put = m_broker.broker().putUser({user, "secret of " + user}); !put) {
                qFatal("%s", put.error().message.c_str());
            }
            m_users.push_back(user);
        }
        backbone::Profile profile;
        profile.bootstrap = m_broker.bootstrap();
        profile.securityProtocol = "SASL_PLAINTEXT";
        profile.saslMechanism = "SCRAM-SHA-256";
        profile.user = user;
        profile.password = "secret of " + user;
        profile.clientId = user == "admin" ? "meshbone" : user + "-client";
        return profile;
    }

    void createTopics(const std::vector<std::string>& names) {
        const auto admin = backbone::openAdmin(profile("admin")).value();
        for (const auto& name : names) {
            backbone::NewTopic topic;
            topic.name = name;
            const auto created = admin->createTopic(topic, kPatient);
            QVERIFY2(created, created ? "" : created.error().message.c_str());
        }
    }

    void produce(const std::string& user, const std::string& topic, int records) {
        const auto producer = backbone::openProducer(profile(user), {}).value();
        for (int i = 0; i < records; ++i) {
            Record record;
            record.topic = topic;
            record.value = "event " + std::to_string(i);
            const auto done = producer->produceAndWait(record, kPatient);
            QVERIFY2(done, done ? "" : done.error().message.c_str());
        }
    }

    /// Reads until so many records have come; commits. With an empty group it reads without one.
    void consume(const std::string& user, const std::string& topic, const std::string& group, int records) {
        backbone::ConsumerOptions options;
        options.group = group;
        const auto consumer = backbone::openConsumer(profile(user), options).value();
        const auto ready =
            group.empty() ? consumer->assign({{{topic, Partition(0)}, Offset(0)}}) : consumer->subscribe({topic});
        QVERIFY2(ready, ready ? "" : ready.error().message.c_str());
        int seen = 0;
        const QDeadlineTimer deadline(60'000);
        while (seen < records && !deadline.hasExpired()) {
            const auto polled = consumer->poll(100, 500ms);
            QVERIFY2(polled, polled ? "" : polled.error().message.c_str());
            seen += static_cast<int>(polled->size());
        }
        QCOMPARE(seen, records);
        if (!group.empty()) {
            QVERIFY(consumer->commit(kPatient));
        }
    }

    Capture* capture() { return m_capture.get(); }

private:
    static backbone::BrokerOptions optionsOf(Capture& capture) {
        backbone::BrokerOptions options;
        options.observers = {&capture.observer()};
        return options;
    }

    std::unique_ptr<Capture> m_capture;
    testing::BrokerFixture m_broker;
    std::vector<std::string> m_users;
};

struct Desktop {
    Desktop(Mesh& mesh, const QTemporaryDir& folder, const std::string& observer, Capture* capture, bool groups) {
        const auto base = std::filesystem::path(folder.path().toStdString());
        backbone = backbone::Backbone::open(mesh.profile("admin"), base / (observer + "-state")).value();
        LineageOptions options;
        options.database = base / (observer + ".db");
        options.observer = observer;
        options.readGroups = groups;
        options.publishEvery = options.readGroupsEvery = 10min;
        auto opened = Lineage::open(options, *backbone, nullptr, capture);
        if (!opened) {
            qFatal("%s", opened.error().message.c_str());
        }
        lineage = std::move(*opened);
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
    std::unique_ptr<Lineage> lineage;
};
using Lines = std::vector<std::string>;
} // namespace

class BrokerTest : public QObject {
    Q_OBJECT

private slots:
    void strangersClientsBecomeThePicture() {
        const QTemporaryDir folder;
        Mesh mesh;
        mesh.createTopics({"quakes", "near-airports"});
        mesh.produce("svc-usgs-feed", "quakes", 7);
        mesh.consume("near-airports-task", "quakes", "near", 7);
        mesh.produce("near-airports-task", "near-airports", 3);
        mesh.consume("notebook", "near-airports", "", 3);
        const Lines expected{"near-airports -> notebook 3", "near-airports-task -> near-airports 3",
                             "quakes -> near-airports-task 7", "svc-usgs-feed -> quakes 7"};
        std::int32_t id = -1;
        {
            const Desktop desktop(mesh, folder, "embedded", mesh.capture(), true);
            const auto published = desktop.lineage->publishNow(kPatient);
            QVERIFY2(published, published ? "" : published.error().message.c_str());
            QTRY_COMPARE_WITH_TIMEOUT(desktop.picture(), expected, 30'000);
            const auto task = desktop.lineage->node("near-airports-task");
            QCOMPARE(task->kind, NodeKind::Task);
            QVERIFY2(task->detail.find("librdkafka") != std::string::npos, task->detail.c_str());
            id = task->id;
            for (const auto& edge : desktop.lineage->view({}).edges) {
                QVERIFY(edge.granted);
                QCOMPARE(edge.evidence, Evidence::Observed);
                QVERIFY(edge.to != id || edge.groups == std::vector<std::string>{"near"});
            }
            // A second desktop, which observes nothing of its own and reads the same groups: the same picture, not
            // twice.
            const Desktop second(mesh, folder, "desktop-b", nullptr, true);
            QVERIFY(second.lineage->publishNow(kPatient));
            QCOMPARE(second.picture(), expected);
            QVERIFY(desktop.lineage->waitCaughtUp(kPatient));
            QCOMPARE(desktop.picture(), expected);
        }
        const Desktop again(mesh, folder, "embedded", mesh.capture(), true);
        QVERIFY(again.lineage->waitCaughtUp(kPatient));
        QCOMPARE(again.picture(), expected);
        QCOMPARE(again.lineage->node("near-airports-task")->id, id);
        mesh.produce("svc-usgs-feed", "quakes", 2);
        QVERIFY(again.lineage->publishNow(kPatient));
        QVERIFY(std::ranges::count(again.picture(), "svc-usgs-feed -> quakes 9") == 1);
    }

    void aLookPublishesNothing() {
        const QTemporaryDir folder;
        Mesh mesh;
        const Desktop look(mesh, folder, "meshctl", nullptr, false);
        QVERIFY(look.lineage->waitCaughtUp(kPatient));
        QVERIFY(look.lineage->publishNow(kPatient));
        QVERIFY(look.picture().empty());
        const auto topics = look.backbone->admin().topics(kPatient);
        QVERIFY(topics);
        QVERIFY(std::ranges::none_of(*topics, [](const auto& t) { return t.name == "_meshbone.lineage"; }));
    }
};

QTEST_GUILESS_MAIN(BrokerTest)
#include "broker_test.moc"
