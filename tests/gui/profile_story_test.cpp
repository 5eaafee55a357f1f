// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"

#include "shell/capability_list.h"
#include "shell/client_user.h"
#include "shell/profile_dialog.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::TestWindow;

namespace {

/// The menu as it is when it is shown.
QMenu* shownMenu(const TestWindow& t) {
    auto* menu = t.find<QMenu>("profileMenu");
    emit menu->aboutToShow();
    return menu;
}

QAction* actionOf(const QMenu& menu, const QString& text) {
    for (auto* action : menu.actions()) {
        if (action->text() == text) {
            return action;
        }
    }
    return nullptr;
}

QStringList linesOf(const TestWindow& t) {
    QStringList lines;
    const auto* found = t.find<CapabilityList>("profileFound");
    for (const auto* line : found->findChildren<QWidget*>(QStringLiteral("capability"))) {
        if (!line->isHidden()) {
            lines << line->accessibleName();
        }
    }
    return lines;
}

} // namespace

/// The on-call engineer keeps clusters and goes from one to another.
class ProfileStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

    static void click(const TestWindow& t, const char* name) {
        auto* button = t.find<Button>(name);
        QVERIFY(button != nullptr && button->isEnabled());
        button->click();
    }
    static void type(const TestWindow& t, const char* name, const QString& value) {
        auto* line = t.find<QLineEdit>(name);
        QVERIFY(line != nullptr && line->isEnabled());
        line->setText(value);
    }

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("profile-story")); }

    void aNewClusterIsTestedSavedAndOpened() {
        TestWindow t(QStringLiteral("overview"));
        QTRY_VERIFY(t.window->context().abilities.found()); // nobody else looks at what the test finds
        actionOf(*shownMenu(t), QStringLiteral("New Profile…"))->trigger();
        QPointer<QDialog> dialog = t.find<QDialog>("profileDialog");
        QVERIFY(dialog != nullptr);
        QVERIFY(t.find<QLabel>("profileKept")->text().contains(QStringLiteral("profiles.json")));
        QCOMPARE(t.find<QLineEdit>("profilePassword")->echoMode(), QLineEdit::Password);
        type(t, "profileName", QStringLiteral("stage"));
        type(t, "profileBootstrap", QStringLiteral("kafka-1.example:9093"));
        type(t, "profileUser", QStringLiteral("ada"));
        type(t, "profilePassword", QStringLiteral("s3cret"));
        type(t, "profileRegistryUrl", QStringLiteral("https://registry.example:8081"));
        t.find<QPlainTextEdit>("profileProperties")->setPlainText(QStringLiteral("socket.keepalive.enable=false\n"));
        t.mesh.found->features[1] = {backbone::Feature::AlterAcls, true, false, "This user lacks ALTER."};
        click(t, "profileTest");
        QTRY_COMPARE(linesOf(t).size(), 8); // a broker, as whom, six capabilities
        QCOMPARE(linesOf(t)[0], QStringLiteral("Broker 1 at 127.0.0.1:9092: yes. Answers, and serves 35 APIs."));
        QVERIFY(linesOf(t)[1].contains(QStringLiteral("User:ada")));
        QCOMPARE(linesOf(t)[3], QStringLiteral("Change access control lists: no. This user lacks ALTER."));
        click(t, "profileOpen");
        QTRY_VERIFY(dialog == nullptr || !dialog->isVisible());
        QTRY_VERIFY(t.find<QDialog>("confirm") != nullptr); // the embedded backbone's clients lose it
        QVERIFY(t.mesh.opened.empty());
        click(t, "verb");
        QCOMPARE(t.mesh.opened, std::vector<std::string>{"stage"});
        const auto& saved = t.mesh.clusters.back();
        QCOMPARE(saved.profile.name, std::string("stage"));
        QCOMPARE(saved.profile.securityProtocol, std::string("SASL_SSL"));
        QCOMPARE(saved.profile.saslMechanism, std::string("SCRAM-SHA-512"));
        QCOMPARE(saved.profile.password, std::string("s3cret"));
        QCOMPARE(saved.registry.url, std::string("https://registry.example:8081"));
        QCOMPARE(saved.profile.properties.at("socket.keepalive.enable"), std::string("false"));
        QVERIFY(!saved.production);
    }

    void aTestThatFailsSaysWhy() {
        TestWindow t(QStringLiteral("overview"));
        QTRY_VERIFY(t.window->context().abilities.found());
        t.mesh.found = fail(ErrorCode::PermissionDenied, "The password was not accepted.");
        actionOf(*shownMenu(t), QStringLiteral("New Profile…"))->trigger();
        click(t, "profileTest");
        QTRY_COMPARE(linesOf(t), QStringList{QStringLiteral("No connection: no. The password was not accepted.")});
    }

    void wrongInputStaysInTheForm() {
        TestWindow t(QStringLiteral("overview"));
        actionOf(*shownMenu(t), QStringLiteral("New Profile…"))->trigger();
        type(t, "profileName", QStringLiteral("prod-eu"));
        t.find<QPlainTextEdit>("profileProperties")->setPlainText(QStringLiteral("no value"));
        click(t, "profileSave");
        auto* dialog = t.find<ProfileDialog>("profileDialog");
        QVERIFY(dialog->message()->sentence().contains(QStringLiteral("no value")));
        t.find<QPlainTextEdit>("profileProperties")->clear();
        click(t, "profileSave");
        QTRY_VERIFY(dialog->message()->sentence().contains(QStringLiteral("already")));
        QVERIFY(dialog->isVisible());
        QCOMPARE(t.mesh.clusters.size(), 1U);
    }

    void whatTheProtocolHasNoUseForIsDisabled() {
        TestWindow t(QStringLiteral("overview"));
        actionOf(*shownMenu(t), QStringLiteral("New Profile…"))->trigger();
        auto* protocol = t.find<Choice>("profileProtocol");
        protocol->setCurrentText(QStringLiteral("SSL"));
        QVERIFY(!t.find<QLineEdit>("profileUser")->isEnabled() && t.find<QLineEdit>("profileKeyFile")->isEnabled());
        protocol->setCurrentText(QStringLiteral("SASL_PLAINTEXT"));
        QVERIFY(t.find<QLineEdit>("profileUser")->isEnabled() && !t.find<QLineEdit>("profileCaFile")->isEnabled());
    }

    void aProfileIsEditedAndRemoved() {
        TestWindow t(QStringLiteral("overview"));
        const auto edit = [&] {
            auto* editing = shownMenu(t)->findChild<QMenu*>(QStringLiteral("editProfile"));
            actionOf(*editing, QStringLiteral("prod-eu…"))->trigger();
        };
        edit();
        QVERIFY(!t.find<QLineEdit>("profileName")->isEnabled());
        QCOMPARE(t.find<Segmented>("profileStake")->current(), 1);
        t.find<Choice>("profileProtocol")->setCurrentText(QStringLiteral("PLAINTEXT"));
        type(t, "profileBootstrap", QStringLiteral("other.example:9092"));
        click(t, "profileSave");
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("profileDialog")) == nullptr);
        QCOMPARE(t.mesh.clusters.front().profile.bootstrap, std::string("other.example:9092"));
        QVERIFY(t.mesh.clusters.front().production);
        edit();
        click(t, "profileRemove");
        click(t, "verb");
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("profileDialog")) == nullptr);
        QVERIFY(t.mesh.clusters.empty());
        QVERIFY(actionOf(*shownMenu(t), QStringLiteral("prod-eu")) == nullptr);
        QVERIFY(actionOf(*shownMenu(t), QStringLiteral("embedded"))->isChecked());
    }

    void goingAwayFromTheEmbeddedBackboneAsks() {
        TestWindow t(QStringLiteral("overview"));
        actionOf(*shownMenu(t), QStringLiteral("prod-eu"))->trigger();
        QVERIFY(t.find<QDialog>("confirm") != nullptr);
        t.find<QDialog>("confirm")->reject();
        QVERIFY(t.mesh.opened.empty());
        QVERIFY(t.window->findChild<QWidget*>(QStringLiteral("production")) == nullptr);
    }

    void whatTheClusterLacksIsDisabledWithItsReason() {
        TestWindow t(QStringLiteral("overview"));
        auto& context = t.window->context();
        QTRY_VERIFY(context.abilities.found());
        QVERIFY(whyNoUsers(context).isEmpty());
        t.mesh.found->features[5] = {backbone::Feature::ScramUsers, false, false, "No users here."};
        // A cluster that comes back may be another one: it is looked at anew.
        t.mesh.backbone.setReachability(backbone::Reachability::Unreachable, "It is away.");
        QTRY_VERIFY(!context.feed.isHealthy());
        t.mesh.backbone.setReachability(backbone::Reachability::Healthy, {});
        QTRY_COMPARE(whyNoUsers(context), QStringLiteral("No users here."));
        QCOMPARE(context.abilities.whyNotOffered(backbone::Feature::ScramUsers), QStringLiteral("No users here."));
        QVERIFY(context.abilities.whyNot(backbone::Feature::ReadAcls).isEmpty());
    }
};

QTEST_MAIN(ProfileStoryTest)
#include "profile_story_test.moc"
