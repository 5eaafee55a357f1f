// SPDX-License-Identifier: Apache-2.0
// On a real broker with an authorizer: what the window says of who may do what is what the broker does.
#include "gui/live_window.h"

#include "access/access_page.h"
#include "access/principals_model.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTableView>

using namespace meshbone;
using namespace meshbone::ui;
using backbone::ScramMechanism;
using meshbone::test::LiveWindow;

namespace {

constexpr auto kSha256 = "SCRAM-SHA-256";
constexpr auto kSha512 = "SCRAM-SHA-512";

struct PrincipalsWindow : LiveWindow {
    explicit PrincipalsWindow(bool enforces = true)
        : LiveWindow(QStringLiteral("overview"), enforces) {}
    void goThere() {
        window->context().navigator.goTo(QStringLiteral("access"));
        if (!QTest::qWaitFor([&] { return window->findChild<AccessPage*>() != nullptr && settle(); })) {
            qFatal("the page did not come");
        }
        find<AccessPage>("accessPage")->showTab(QStringLiteral("principals"));
        if (!settle()) {
            qFatal("the tab did not settle");
        }
    }
    [[nodiscard]] QAbstractItemModel* rows() const { return find<QTableView>("principalsTable")->model(); }
    /// What stands in a column of a principal's row; empty where there is no such row.
    [[nodiscard]] QString cell(const QString& principal, int column) const {
        for (int row = 0; row < rows()->rowCount(); ++row) {
            if (rows()->index(row, 0).data(CopyRole).toString() == principal) {
                return rows()->index(row, column).data().toString();
            }
        }
        return {};
    }
    void choose(const QString& principal) {
        window->context().navigator.select({SelectionKind::Principal, principal});
        QTRY_COMPARE(find<QTableView>("principalsTable")->currentIndex().data(CopyRole).toString(), principal);
    }
    bool run(const char* command) {
        const auto id = QLatin1String(command);
        if (!QTest::qWaitFor([&] { return window->context().commands.whyDisabled(id).isEmpty(); })) {
            qWarning("%s: %s", command, qPrintable(window->context().commands.whyDisabled(id)));
            return false;
        }
        return window->context().commands.run(id);
    }
    /// The password in the configuration that is shown, in librdkafka's form.
    [[nodiscard]] std::string passwordShown() const {
        find<Segmented>("clientKind")->setCurrent(3);
        static const QRegularExpression line(QStringLiteral("sasl.password=(.*)"));
        return line.match(find<QPlainTextEdit>("clientConfig")->toPlainText()).captured(1).toStdString();
    }
    template <class W>
    W* in(const char* dialog, const char* name) {
        auto* found = window->findChild<QDialog*>(QLatin1String(dialog));
        return found == nullptr ? nullptr : found->findChild<W*>(QLatin1String(name));
    }
    [[nodiscard]] std::vector<backbone::AclBinding> acls(const std::string& principal) {
        backbone::AclFilter filter;
        filter.principal = principal;
        return backbone->access().acls(filter, {}).value();
    }
};

} // namespace

class PrincipalsStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("principals-story")); }

    /// From nothing to a client that works, with nobody else enrolled who could agree.
    void aClientIsMadeAndGrantedWhatItAskedFor() {
        PrincipalsWindow t;
        QVERIFY(t.run("client.connect"));
        t.find<QLineEdit>("clientUser")->setText(QStringLiteral("svc-orders"));
        t.find<Button>("createUser")->click();
        QTRY_VERIFY(t.passwordShown() != "<password>");
        QVERIFY(t.letsIn("svc-orders", t.passwordShown(), kSha256));
        auto* standing = t.find<MessageBar>("clientStanding");
        QVERIFY(standing->sentence().contains(QStringLiteral("may do nothing yet")));
        t.find<QLineEdit>("scopeReads")->setText(QStringLiteral("orders"));
        QTRY_VERIFY(t.find<Label>("accessVerdict")->text().contains(QStringLiteral("an admin")));
        t.find<Button>("sendRequest")->click(); // without a purpose
        QCOMPARE(t.window->context().feed.catalog()->access.requests.size(), std::size_t{0});
        t.find<QLineEdit>("requestPurpose")->setText(QStringLiteral("Bill them"));
        auto* offer = t.find<QCheckBox>("offerPolicy");
        QTRY_VERIFY(!offer->isHidden());
        offer->setChecked(true);
        t.find<Button>("sendRequest")->click();
        QTRY_COMPARE(t.acls("User:svc-orders").size(), std::size_t{2}); // READ topic, READ group
        QTRY_VERIFY(standing->sentence().contains(QStringLiteral("granted something already")) || standing->isHidden());
        QVERIFY(t.find<QPlainTextEdit>("clientConfig")->toPlainText().contains(QStringLiteral("group.id=svc-orders")));
        QTRY_COMPARE(t.window->context().feed.catalog()->access.policies.size(), std::size_t{1});
    }

    void withoutAPolicyItWaitsAndThatIsSaid() {
        PrincipalsWindow t;
        QVERIFY(t.run("client.connect"));
        t.find<QLineEdit>("scopeReads")->setText(QStringLiteral("orders"));
        t.find<QLineEdit>("requestPurpose")->setText(QStringLiteral("Bill them"));
        t.find<Button>("sendRequest")->click();
        QTRY_COMPARE(t.window->context().feed.catalog()->access.requests.size(), std::size_t{1});
        auto* dialog = t.find<QDialog>("connectDialog");
        QTRY_VERIFY(std::ranges::any_of(dialog->findChildren<MessageBar*>(), [](const MessageBar* bar) {
            return bar->sentence().contains(QStringLiteral("nobody else is enrolled who could agree"));
        }));
        QVERIFY(t.acls("User:my-client").empty());
    }

    void everybodyIsListedRegisteredOrNot() {
        PrincipalsWindow t;
        t.must(catalog::PutPrincipal{"User:to-come", "To come", catalog::PrincipalKind::Service, "ops", "ada", false});
        QVERIFY(t.backbone->access().putUser("loader", "pw", ScramMechanism::Sha512, {}).has_value());
        const backbone::AclBinding binding{
            backbone::ResourceKind::Topic, backbone::PatternType::Literal, "t", "User:t1", "*",
            backbone::Operation::Read,     backbone::Permission::Allow};
        auto other = binding;
        other.principal = "User:T1"; // another one: names are compared byte by byte
        QVERIFY(t.backbone->access().createAcls(std::vector{binding, other}, {}).has_value());
        t.goThere();
        new QAbstractItemModelTester(t.rows(), QAbstractItemModelTester::FailureReportingMode::QtTest, this);
        using At = PrincipalsModel::At;
        QTRY_COMPARE(t.cell(QStringLiteral("User:loader"), At::Login), QLatin1String(kSha512));
        QCOMPARE(t.cell(QStringLiteral("User:loader"), At::State), QStringLiteral("not registered"));
        QTRY_COMPARE(t.cell(QStringLiteral("User:to-come"), At::State), QStringLiteral("enabled"));
        QCOMPARE(t.cell(QStringLiteral("User:to-come"), At::Team), QStringLiteral("Operations"));
        QCOMPARE(t.cell(QStringLiteral("User:to-come"), At::Login), QStringLiteral("no SCRAM user"));
        QCOMPARE(t.cell(QStringLiteral("User:t1"), At::Acls), QStringLiteral("1"));
        QCOMPARE(t.cell(QStringLiteral("User:T1"), At::Acls), QStringLiteral("1"));
    }

    void whoStandsOnTheBackboneOnlyIsRegistered() {
        PrincipalsWindow t;
        QVERIFY(t.backbone->access().putUser("loader", "pw", ScramMechanism::Sha512, {}).has_value());
        t.goThere();
        t.choose(QStringLiteral("User:loader"));
        QVERIFY(t.run("principal.edit"));
        auto* form = t.window->findChild<QDialog*>();
        QVERIFY(form != nullptr);
        form->findChild<QLineEdit*>(QStringLiteral("name"))->setText(QStringLiteral("Flights loader"));
        auto* team = form->findChild<Choice*>(QStringLiteral("team"));
        team->setCurrentIndex(team->findData(QStringLiteral("ops")));
        form->findChild<Button*>(QStringLiteral("verb"))->click();
        QTRY_COMPARE(t.cell(QStringLiteral("User:loader"), PrincipalsModel::State), QStringLiteral("enabled"));
        const auto* known = t.window->context().feed.catalog()->access.principal("User:loader");
        QVERIFY(known != nullptr);
        QCOMPARE(known->name, std::string("Flights loader"));
        QCOMPARE(known->team, std::string("ops"));
    }

    void aPasswordIsRotatedWithAnOverlap() {
        PrincipalsWindow t;
        QVERIFY(t.backbone->access().putUser("loader", "old-secret", ScramMechanism::Sha256, {}).has_value());
        t.goThere();
        t.choose(QStringLiteral("User:loader"));
        QVERIFY(t.run("principal.password"));
        QVERIFY(t.find<Label>("passwordEffect")->text().startsWith(QStringLiteral("With an overlap")));
        t.in<Button>("passwordDialog", "verb")->click();
        QTRY_VERIFY(t.find<Label>("passwordChecked")->text().contains(QStringLiteral("lets it in by SCRAM-SHA-512")));
        const auto fresh = t.passwordShown();
        QVERIFY(t.find<QPlainTextEdit>("clientConfig")->toPlainText().contains(QLatin1String(kSha512)));
        QVERIFY(t.letsIn("loader", "old-secret", kSha256));
        QVERIFY(t.letsIn("loader", fresh, kSha512));
        t.find<QDialog>("passwordDialog")->close();
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("passwordDialog")) == nullptr);
        QTRY_VERIFY(t.window->findChild<Button*>(QStringLiteral("endPassword-SCRAM-SHA-256")) != nullptr);
        t.find<Button>("endPassword-SCRAM-SHA-256")->click();
        t.in<Button>("confirm", "verb")->click();
        QTRY_COMPARE(t.cell(QStringLiteral("User:loader"), PrincipalsModel::Login), QLatin1String(kSha512));
        QVERIFY(!t.letsIn("loader", "old-secret", kSha256));
        QVERIFY(t.letsIn("loader", fresh, kSha512));
        // Nothing of it stands anywhere but on the screen.
        const auto entries = t.desk->entries({}).value().entries;
        QVERIFY(entries.size() >= 3);
        for (const auto& entry : entries) {
            QVERIFY(entry.json.find(fresh) == std::string::npos);
        }
    }

    void disablingRevokesAndClosesWhatIsOpen() {
        PrincipalsWindow t;
        catalog::Policy automatic;
        automatic.id = automatic.name = "automatic";
        automatic.approval = catalog::Approval::Automatic;
        t.must(catalog::PutPolicy{automatic});
        catalog::AccessScope scope;
        scope.principal = "User:loader";
        scope.reads = {{"flights"}};
        scope.group = {"loader"};
        t.must(catalog::SubmitRequest{"r-1", scope, {}, {}, "Load", catalog::kNoEnd});
        QTRY_COMPARE(t.acls("User:loader").size(), std::size_t{2});
        const auto client = t.connect("loader", "loader-secret");
        t.goThere();
        QTRY_COMPARE(t.cell(QStringLiteral("User:loader"), PrincipalsModel::Grants), QStringLiteral("1"));
        t.choose(QStringLiteral("User:loader"));
        QVERIFY(t.run("principal.disable"));
        QVERIFY(t.in<QCheckBox>("principalState", "removeUser")->isChecked());
        t.in<Button>("principalState", "verb")->click();
        QTRY_COMPARE(t.cell(QStringLiteral("User:loader"), PrincipalsModel::State), QStringLiteral("disabled"));
        QTRY_VERIFY(t.acls("User:loader").empty());
        QTRY_VERIFY(!t.letsIn("loader", "loader-secret", kSha256));
        QTRY_VERIFY_WITH_TIMEOUT(client->state().reachability == backbone::Reachability::Unreachable, 30'000);

        // Enabled again its grants are in force, and it needs a new password.
        QVERIFY(t.run("principal.enable"));
        t.in<Button>("principalState", "verb")->click();
        QTRY_COMPARE(t.acls("User:loader").size(), std::size_t{2});
        QTRY_COMPARE(t.cell(QStringLiteral("User:loader"), PrincipalsModel::Login), QStringLiteral("no SCRAM user"));
    }

    void aDisabledOneIsRemovedWithItsGrants() {
        PrincipalsWindow t;
        t.must(catalog::PutPrincipal{"User:gone", "Gone", catalog::PrincipalKind::Service, "ops", {}, true});
        t.goThere();
        t.choose(QStringLiteral("User:gone"));
        QVERIFY(t.run("principal.remove"));
        t.in<Button>("removePrincipal", "verb")->click();
        QTRY_VERIFY(t.window->context().feed.catalog()->access.principal("User:gone") == nullptr);
        QTRY_VERIFY(t.cell(QStringLiteral("User:gone"), PrincipalsModel::State).isEmpty());
    }

    void whoMayNotChangeUsersIsToldWhichRightIsMissing() {
        PrincipalsWindow t(false);
        const auto weak = t.connect("weak", "weak-secret");
        const backbone::AclBinding describe{
            backbone::ResourceKind::Cluster, backbone::PatternType::Literal, "kafka-cluster", "User:weak", "*",
            backbone::Operation::Describe,   backbone::Permission::Allow};
        QVERIFY(t.backbone->access().createAcls(std::vector{describe}, {}).has_value());
        QVERIFY(t.backbone->access().putUser("loader", "pw", ScramMechanism::Sha512, {}).has_value());
        t.open(t.services(*weak), QStringLiteral("overview"));
        t.goThere();
        t.choose(QStringLiteral("User:loader"));
        QTRY_VERIFY(t.window->context()
                        .commands.whyDisabled(QStringLiteral("principal.password"))
                        .contains(QStringLiteral("lacks the right ALTER")));
        t.window.reset(); // before the connection that it works on
    }

    void oneDoesNotLockOneselfOut() {
        PrincipalsWindow t;
        t.goThere();
        t.choose(QStringLiteral("User:admin"));
        for (const auto* command : {"principal.password", "principal.disable"}) {
            QTRY_VERIFY(t.window->context()
                            .commands.whyDisabled(QLatin1String(command))
                            .contains(QStringLiteral("lock itself out")));
        }
    }

    void aSecondPersonIsEnrolledByTheirKey() {
        PrincipalsWindow t;
        test::CatalogDesk noor("noor", *t.backbone);
        QVERIFY(noor.open().has_value());
        QVERIFY(!noor.submit(catalog::PutTeam{"mine", "Mine", "", {"noor"}}).has_value());
        QVERIFY(t.run("person.key"));
        const auto own = t.find<QLineEdit>("ownKey")->text();
        QVERIFY(own.startsWith(QStringLiteral("ada ")));
        QVERIFY(own.contains(QString::fromStdString(t.desk->publicKey())));
        t.find<QDialog>("ownKeyDialog")->close();
        QVERIFY(t.run("person.enroll"));
        t.in<QLineEdit>("personForm", "publicKey")
            ->setText(QStringLiteral("noor %1 Noor Haddad").arg(QString::fromStdString(noor->publicKey())));
        QCOMPARE(t.in<QLineEdit>("personForm", "id")->text(), QStringLiteral("noor"));
        QCOMPARE(t.in<QLineEdit>("personForm", "name")->text(), QStringLiteral("Noor Haddad"));
        t.in<Button>("personForm", "verb")->click();
        QTRY_COMPARE(t.window->context().feed.catalog()->people.size(), std::size_t{2});
        QVERIFY(noor.await([&] { return noor->people().size() == 2; }));
        const auto accepted = noor.submit(catalog::PutTeam{"mine", "Mine", "", {"noor"}});
        QVERIFY2(accepted.has_value(), accepted ? "" : accepted.error().message.c_str());
    }
};

QTEST_MAIN(PrincipalsStoryTest)
#include "principals_story_test.moc"
