// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"

#include "access/access_page.h"
#include "access/policies_model.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDialog>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableView>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::TestWindow;

namespace {

struct PoliciesWindow : TestWindow {
    PoliciesWindow()
        : TestWindow(QStringLiteral("overview")) {
        window->context().navigator.goTo(QStringLiteral("access"));
        (void)settle();
        find<AccessPage>("accessPage")->showTab(QStringLiteral("policies"));
        (void)settle();
        new QAbstractItemModelTester(rows(), QAbstractItemModelTester::FailureReportingMode::QtTest, rows());
    }
    [[nodiscard]] QAbstractItemModel* rows() const { return find<QTableView>("policiesTable")->model(); }
    bool run(const char* command) const { return window->context().commands.run(QLatin1String(command)); }
    template <class W>
    [[nodiscard]] W* in(const char* dialog, const char* name) const {
        return window->findChild<QDialog*>(QLatin1String(dialog))->findChild<W*>(QLatin1String(name));
    }
    void put(const catalog::Command& command) {
        const auto entry = mesh.catalog.submit({command, {}, {}}, {});
        if (!entry) {
            qFatal("%s", entry.error().message.c_str());
        }
    }
    void putPolicy(const char* id, std::int64_t maxDays) {
        catalog::Policy policy;
        policy.id = policy.name = id;
        policy.maxDays = maxDays;
        put(catalog::PutPolicy{policy});
    }
    [[nodiscard]] const AccessState& access() const { return window->context().feed.catalog()->access; }
    [[nodiscard]] QString verdict() const { return find<Label>("trialVerdict")->text(); }
};

} // namespace

class PoliciesStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("policies-story")); }

    void aPolicyIsMadeAndChanged() {
        PoliciesWindow t;
        QVERIFY(t.run("policy.new"));
        t.in<QLineEdit>("policyForm", "name")->setText(QStringLiteral("Seismic, 90 days"));
        t.in<Choice>("policyForm", "reach")->setCurrentIndex(static_cast<int>(catalog::PolicyReach::Domain));
        auto* subject = t.in<Choice>("policyForm", "subject");
        subject->setCurrentIndex(subject->findData(QStringLiteral("seismic")));
        t.in<Choice>("policyForm", "approval")->setCurrentIndex(static_cast<int>(catalog::Approval::Automatic));
        t.in<QSpinBox>("policyForm", "maxDays")->setValue(90);
        t.in<Button>("policyForm", "verb")->click();
        QTRY_COMPARE(t.rows()->rowCount(), 1);
        QCOMPARE(t.rows()->index(0, PoliciesModel::Reach).data().toString(), QStringLiteral("domain seismic"));
        QCOMPARE(t.rows()->index(0, PoliciesModel::Approval).data().toString(), QStringLiteral("by itself"));
        QCOMPARE(t.rows()->index(0, PoliciesModel::MaxDays).data().toString(), QStringLiteral("90"));
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("policyForm")) == nullptr);
        t.find<QTableView>("policiesTable")->selectRow(0);
        QVERIFY(t.run("policy.edit"));
        QCOMPARE(t.in<Choice>("policyForm", "subject")->currentData().toString(), QStringLiteral("seismic"));
        t.in<QSpinBox>("policyForm", "maxDays")->setValue(30);
        t.in<Button>("policyForm", "verb")->click();
        QTRY_COMPARE(t.rows()->index(0, PoliciesModel::MaxDays).data().toString(), QStringLiteral("30"));
        QCOMPARE(t.access().policies.at(0).subject, std::string("seismic"));
    }

    void aRemovedPolicyIsPutBack() {
        PoliciesWindow t;
        t.putPolicy("half-a-year", 180);
        QTRY_COMPARE(t.rows()->rowCount(), 1);
        t.find<QTableView>("policiesTable")->selectRow(0);
        QVERIFY(t.run("policy.remove"));
        QTRY_COMPARE(t.rows()->rowCount(), 0);
        QTRY_VERIFY(t.window->findChild<Button*>(QStringLiteral("undoRemoval")) != nullptr);
        t.find<Button>("undoRemoval")->click();
        QTRY_COMPARE(t.rows()->rowCount(), 1);
        QCOMPARE(t.access().policies.at(0).maxDays, 180);
    }

    void whoAdminsAreIsSaidAndNamed() {
        PoliciesWindow t;
        auto* words = t.find<Label>("policyRoles");
        QVERIFY2(words->text().contains(QStringLiteral("each of the 2 enrolled people")), qPrintable(words->text()));
        QVERIFY(t.run("policy.roles"));
        auto* admins = t.in<Choice>("rolesForm", "admins");
        admins->setCurrentIndex(admins->findData(QStringLiteral("team-seismic")));
        t.in<Button>("rolesForm", "verb")->click();
        QTRY_VERIFY2(words->text().startsWith(QStringLiteral("Admins: team-seismic.")), qPrintable(words->text()));
    }

    void theLimitThatWinsIsNamed() {
        PoliciesWindow t;
        t.putPolicy("a-year", 365);
        t.putPolicy("a-week", 7);
        QTRY_COMPARE(t.rows()->rowCount(), 2);
        t.find<QLineEdit>("trialTopic")->setText(QStringLiteral("seismic.quakes"));
        QTRY_VERIFY2(t.verdict().contains(QStringLiteral("Policy 'a-week' allows 7 days at most.")),
                     qPrintable(t.verdict()));
        QVERIFY(t.verdict().contains(QStringLiteral("team-seismic")));
        QVERIFY(t.verdict().contains(QStringLiteral("a-week, a-year")));
        QVERIFY(t.run("policy.classify"));
        auto* subject = t.in<Choice>("classifyForm", "subject");
        subject->setCurrentIndex(subject->findText(QStringLiteral("topic seismic.quakes")));
        t.in<Choice>("classifyForm", "level")->setCurrentIndex(static_cast<int>(catalog::Classification::Restricted));
        t.in<Button>("classifyForm", "verb")->click();
        QTRY_VERIFY2(t.verdict().contains(QStringLiteral("Its data is restricted.")), qPrintable(t.verdict()));
    }

    void aFormThatCantBeRightSaysWhy() {
        PoliciesWindow t;
        QVERIFY(t.run("policy.new"));
        t.in<QLineEdit>("policyForm", "name")->setText(QStringLiteral("Classified"));
        t.in<Choice>("policyForm", "reach")->setCurrentIndex(static_cast<int>(catalog::PolicyReach::Classification));
        t.in<Choice>("policyForm", "approval")->setCurrentIndex(static_cast<int>(catalog::Approval::Automatic));
        t.in<Button>("policyForm", "verb")->click();
        auto* form = t.find<QDialog>("policyForm");
        QTRY_VERIFY(std::ranges::any_of(form->findChildren<MessageBar*>(), [](const MessageBar* bar) {
            return bar->sentence().contains(QStringLiteral("never approved by itself"));
        }));
        QCOMPARE(t.access().policies.size(), std::size_t{0});
    }
};

QTEST_MAIN(PoliciesStoryTest)
#include "policies_story_test.moc"
