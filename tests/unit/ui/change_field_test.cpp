// SPDX-License-Identifier: Apache-2.0
// A change that is tried and not made: a grant revoked or narrowed.
#include "support/fake_services.h"

#include "access/change_field.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/english.h"

#include <catalog/access_presets.h>

#include <QLineEdit>
#include <QSignalSpy>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;
using backbone::AclBinding;

namespace {

enum Kind : int { Revoke = 0, Narrow = 4 };
constexpr TimestampMs kDayMs = 86'400'000;

/// The example mesh, in which User:dashboard may read two topics.
struct Scene {
    test::FakeMesh mesh;
    DriftLookPtr look;
    ChangeField field;

    Scene() {
        catalog::Policy automatic;
        automatic.id = "automatic";
        automatic.name = "Automatic";
        automatic.approval = catalog::Approval::Automatic;
        must(catalog::PutPolicy{automatic});
        catalog::AccessScope scope;
        scope.principal = "User:dashboard";
        scope.reads = {{"seismic.quakes"}, {"reference.airports"}};
        must(catalog::SubmitRequest{"g1", scope, "", "", "To see it work"});
        for (const auto& binding : catalog::bindingsOf(scope)) {
            mesh.backbone.fakeAccess().put(binding);
        }
        look = lookForDrift(mesh.services(), {}, JobContext({}, [](double) {})).value();
        field.setLists(ExplainLists::of(*look), look);
        field.prefer("User:dashboard");
        field.show();
    }
    void must(const catalog::Command& command) {
        const auto entry = mesh.catalog.submit({command, "because", {}}, {});
        if (!entry) {
            qFatal("%s", entry.error().message.c_str());
        }
    }
    void choose(Kind kind) { field.findChild<Choice*>(QStringLiteral("changeKind"))->setCurrentIndex(kind); }
    [[nodiscard]] QLineEdit* topic() const { return field.findChild<QLineEdit*>(QStringLiteral("scopeReads")); }
};

} // namespace

class ChangeFieldTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        installEnglish();
        Theme::instance().install(*qApp);
    }

    void aRevokedGrantTakesItsBindings() {
        Scene scene;
        QCOMPARE(scene.field.change(*scene.look).value().remove.size(), std::size_t(2));
        QVERIFY(scene.topic() == nullptr); // its scope isn't asked for
    }

    void aPeriodIsTheLastDaysOrTyped() {
        Scene scene;
        auto* days = scene.field.findChild<Choice*>(QStringLiteral("changeDays"));
        auto* from = scene.field.findChild<QLineEdit*>(QStringLiteral("changeDaysFrom"));
        auto* to = scene.field.findChild<QLineEdit*>(QStringLiteral("changeDaysTo"));
        const auto usual = scene.field.period().value();
        QCOMPARE(usual.words(), QStringLiteral("the last 30 days"));
        QCOMPARE(usual.at(40 * kDayMs).fromMs, 10 * kDayMs);
        QVERIFY(!from->isVisible());
        days->setCurrentIndex(days->count() - 1);
        QVERIFY(from->isVisible() && to->isVisible());
        QCOMPARE(scene.field.period().value().words(), QStringLiteral("all time"));
        const QSignalSpy changed(&scene.field, &ChangeField::changed);
        from->setText(QStringLiteral("1970-01-03"));
        to->setText(QStringLiteral("1970-01-04"));
        QCOMPARE(changed.size(), 2);
        const auto typed = scene.field.period().value();
        QCOMPARE(typed.at(0).fromMs, 2 * kDayMs);
        QCOMPARE(typed.at(0).toMs, 4 * kDayMs - 1); // to the day's end
        QCOMPARE(typed.words(), QStringLiteral("1970-01-03 00:00 to 1970-01-04 23:59"));
        from->setText(QStringLiteral("1970-01-05"));
        QCOMPARE(scene.field.period().error().message, std::string("The period ends before it begins."));
        from->setText(QStringLiteral("soon"));
        QVERIFY(scene.field.period().error().message.starts_with("“soon” isn't a time"));
    }

    void aNarrowedGrantLosesWhatIsLeftOut() {
        Scene scene;
        scene.choose(Narrow);
        QVERIFY(scene.topic() != nullptr && scene.topic()->isVisible());
        const auto own = scene.field.change(*scene.look);
        QVERIFY(!own && own.error().message.starts_with("The scope is the grant's own."));
        const QSignalSpy changed(&scene.field, &ChangeField::changed);
        scene.topic()->clear();
        QVERIFY(!changed.isEmpty());
        const auto change = scene.field.change(*scene.look).value();
        QCOMPARE(change.remove.size(), std::size_t(1));
        QVERIFY(change.add.empty());
        scene.topic()->setText(QStringLiteral("elsewhere"));
        QVERIFY(scene.field.change(*scene.look).error().message.starts_with("That isn't narrower"));
        scene.choose(Revoke);
        QVERIFY(!scene.topic()->isVisible());
        scene.choose(Narrow); // begins with the grant's scope again
        QVERIFY(!scene.field.change(*scene.look));
    }
};

QTEST_MAIN(ChangeFieldTest)
#include "change_field_test.moc"
