// SPDX-License-Identifier: Apache-2.0
// What has changed since a request was asked for, as its reviewer is told.
#include "support/fake_services.h"

#include "access/request_changes.h"
#include "widgets/english.h"

#include <QtTest>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::ui;

namespace {

struct Scene {
    test::FakeMesh mesh;
    Services services = mesh.services();
    JobRunner jobs;
    LiveFeed feed{services, jobs};

    void must(const catalog::Command& command) {
        const auto entry = mesh.catalog.submit({command, "because", {}}, {});
        if (!entry) {
            qFatal("%s", entry.error().message.c_str());
        }
    }
    static catalog::AccessScope reading(const std::string& topic) {
        catalog::AccessScope scope;
        scope.principal = "User:dashboard";
        scope.reads = {{topic}};
        scope.group = {"dashboard"};
        return scope;
    }
    [[nodiscard]] RequestChanges changes(const std::string& id) {
        const auto entries = mesh.catalog.status().appliedEntries;
        if (!QTest::qWaitFor([&] { return feed.catalog()->status.appliedEntries == entries; }, 10'000)) {
            qFatal("the view doesn't follow");
        }
        const auto requests = mesh.catalog.accessRequests();
        const auto& request = *std::ranges::find(requests, id, &catalog::AccessRequest::id);
        return changesSince(mesh.catalog,
                            {id, request.scope, request.product, request.submittedMs, {}, feed.catalog()});
    }
};

} // namespace

class RequestChangesTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { installEnglish(); }

    void itsAmendmentsAreToldFieldByField() {
        Scene scene;
        scene.must(catalog::SubmitRequest{"r", Scene::reading("seismic.quakes"), "", "", "To see"});
        QVERIFY(scene.changes("r").all.empty());
        scene.must(catalog::AmendRequest{"r", Scene::reading("reference.airports"), "To see more"});
        const auto changes = scene.changes("r");
        QCOMPARE(changes.all.size(), std::size_t(1));
        QVERIFY(changes.all.front().ofItself && changes.isWhole && changes.problem.isEmpty());
        const auto fields = changes.all.front().fields;
        QVERIFY2(fields.contains(QStringLiteral("reads: seismic.quakes → reference.airports")),
                 qPrintable(fields.join(u'|')));
        QVERIFY(fields.contains(QStringLiteral("purpose: To see → To see more")));
    }

    void whatBearsOnItInTheMeshIsToldAndNothingElse() {
        Scene scene;
        scene.must(catalog::SubmitRequest{"r", Scene::reading("seismic.quakes"), "", "", "To see"});
        scene.must(catalog::Classify{false, "seismic.quakes", catalog::Classification::Restricted});
        scene.must(catalog::Classify{false, "reference.airports", catalog::Classification::Restricted}); // another
        scene.must(catalog::PutPrincipal{"User:dashboard", "Dashboard", catalog::PrincipalKind::Service, "", ""});
        scene.must(catalog::PutPrincipal{"User:other", "Other", catalog::PrincipalKind::Service, "", ""});
        const auto changes = scene.changes("r");
        QCOMPARE(changes.all.size(), std::size_t(2));
        QVERIFY(changes.all.back().sentence.contains(u"seismic.quakes"));
        QVERIFY(std::ranges::none_of(changes.all, &RequestChange::ofItself));
    }
};

QTEST_GUILESS_MAIN(RequestChangesTest)
#include "request_changes_test.moc"
