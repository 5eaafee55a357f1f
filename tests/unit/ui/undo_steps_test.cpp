// SPDX-License-Identifier: Apache-2.0
// What Ctrl+Z takes back, where one act of a person is several entries.
#include "support/fake_services.h"

#include "shell/undo_steps.h"
#include "widgets/english.h"

#include <catalog/enforcer_words.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;

namespace {

const std::string kPrincipal = "User:dashboard";

struct Scene {
    test::FakeMesh mesh;
    Services services = mesh.services();

    void must(const catalog::Command& command) {
        const auto entry = mesh.catalog.submit({command, "because", {}}, {});
        if (!entry) {
            qFatal("%s", entry.error().message.c_str());
        }
    }
    void put(bool disabled) {
        must(catalog::PutPrincipal{kPrincipal, "Dashboard", catalog::PrincipalKind::Service, "", "", disabled});
    }
    void removeUser() { must(catalog::RecordAct{"user.removed", kPrincipal, {{"SCRAM-SHA-512", "a password"}}, {}}); }
    [[nodiscard]] LastAct last() const { return lastActOf(services, "ada", {}).value().value(); }
    [[nodiscard]] bool isDisabled() const { return mesh.catalog.principals().front().disabled; }
};

} // namespace

class UndoStepsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { installEnglish(); }

    void disablingWithItsUserIsOneAct() {
        Scene scene;
        scene.put(false);
        scene.put(true);
        scene.removeUser();
        const auto act = scene.last();
        QCOMPARE(act.entry.act, std::string("principal.put"));
        QVERIFY2(act.undo.has_value(), act.undo ? "" : act.undo.error().message.c_str());
        QVERIFY2(act.rest.contains(u"can't come back"), qPrintable(act.rest));
        const auto done = performUndo(scene.services, *act.undo, JobContext({}, [](double) {}));
        QVERIFY(done.has_value() && !scene.isDisabled());
        const auto before = scene.last(); // both are taken back: the one before is the last now
        QVERIFY(before.rest.isEmpty());
        QCOMPARE(before.entry.act, std::string("principal.put"));
        QVERIFY(before.entry.number < act.entry.number);
    }

    void aUserWhoIsRemovedAloneStaysRemoved() {
        Scene scene;
        scene.put(true);
        scene.put(false);
        scene.removeUser();
        QCOMPARE(scene.last().entry.act, std::string("user.removed"));
        QVERIFY(!scene.last().undo.has_value());
    }

    /// Once a binding that was retired is gone, the enforcer says so in the name of whom it works for.
    void whatTheEnforcerSaysOfABindingIsNoActOfThePerson() {
        Scene scene;
        scene.put(false);
        const backbone::AclBinding binding{backbone::ResourceKind::Topic, backbone::PatternType::Literal, "t",
                                           kPrincipal};
        scene.must(catalog::PutTeam{"ops", "Operations", "", {"ada"}});
        scene.must(catalog::MarkBinding{binding, catalog::BindingStanding::Adopted, false, "ops", catalog::kNoEnd});
        const auto own = scene.last();
        QCOMPARE(own.entry.act, std::string("access.mark"));
        const catalog::MarkBinding forget{binding, catalog::BindingStanding::Adopted, true, "ops", catalog::kNoEnd};
        scene.mesh.catalog.submit({forget, std::string(catalog::kWhyForgotten), {}}, {}).value();
        QCOMPARE(scene.last().entry.number, own.entry.number);
    }
};

QTEST_GUILESS_MAIN(UndoStepsTest)
#include "undo_steps_test.moc"
