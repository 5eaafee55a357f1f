// SPDX-License-Identifier: Apache-2.0
#include "support/file_mesh.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::FileMesh;

namespace {

constexpr TimestampMs kDay = 86'400'000;

/// "~ product flights: +owner: x; note" lines, a change each.
QString shown(const FilePlan& plan) {
    QString text;
    for (const FilePlanUnit& unit : plan.units) {
        for (const FileChange& change : unit.changes) {
            constexpr const char* kSigns[] = {"+", "~", "-", "="};
            text += QString::fromLatin1(kSigns[static_cast<int>(change.sign)]) + ' ' +
                    QString::fromStdString(change.kind + " " + change.id) + ':';
            for (const DiffLine& line : change.lines) {
                text +=
                    line.sign == ' '
                        ? QString()
                        : QStringLiteral(" %1%2").arg(QLatin1Char(line.sign)).arg(QString::fromStdString(line.text));
            }
            for (const std::string& note : change.notes) {
                text += " | " + QString::fromStdString(note);
            }
            for (const std::string& problem : change.problems) {
                text += " ! " + QString::fromStdString(problem);
            }
            text += '\n';
        }
    }
    return text;
}

FileGrant asking(const std::string& id, TimestampMs untilMs = kNoEnd) {
    return {id, FileMesh<>::reading("flights.v1"), "flights", "To see", untilMs, {}};
}

} // namespace

/// What a file would change, as a reviewer sees it.
class FilePlanTest : public QObject {
    Q_OBJECT

    static bool says(const FilePlan& plan, const char* words) {
        const QString text = shown(plan);
        const bool does = text.contains(QString::fromUtf8(words));
        if (!does) {
            qWarning("'%s' isn't in:\n%s", words, qPrintable(text));
        }
        return does;
    }

private slots:
    void anExportChangesNothing() {
        FileMesh mesh;
        mesh.must(PutPrincipal{"User:dashboard", "Dashboard", PrincipalKind::Service, "ops", "bob", true});
        mesh.must(Classify{true, "quakes", Classification::Confidential});
        mesh.must(Classify{false, "quakes.v1", Classification::Restricted});
        mesh.as("eve");
        mesh.must(Classify{false, "lonely", Classification::Confidential});
        mesh.must(
            PutPolicy{{"ninety", "Ninety days", PolicyReach::Product, "quakes", Approval::Required, "admins", 2, 90}});
        mesh.grant("g"); // suspended, since its principal is disabled
        const std::string text = mesh.text();
        const auto read = readAccessFile(text);
        QVERIFY(read.has_value());
        const FilePlan plan = mesh.plan(*read);
        QVERIFY2(plan.isEmpty() && plan.units.empty(), qPrintable(shown(plan)));
        const auto entries = mesh.catalog.status().appliedEntries;
        QVERIFY(mesh.apply(*read).isComplete());
        QCOMPARE(mesh.catalog.status().appliedEntries, entries);
        QCOMPARE(mesh.text(), text);
        QVERIFY(text.find("  g:\n") != std::string::npos && text.find("lonely") != std::string::npos);
    }

    void aProductIsMadeChangedAndRemoved() {
        FileMesh mesh;
        AccessFile file = mesh.file();
        Product delays{"delays", "Delays", "", "aviation", "ops", {{"delays.v1", PortDirection::Output, "Late"}}, 0};
        file.products->push_back(
            {delays, Classification::Confidential, {{"delays.v1", Classification::Restricted}}, {}});
        file.products->at(0).product.description = "All flights";
        QVERIFY(says(mesh.plan(file), "~ product flights: +description: All flights"));
        QVERIFY(says(mesh.plan(file), "+ product delays: +name: Delays"));
        mesh.as("eve"); // classified topics are an admin's to give to a product
        QVERIFY(mesh.apply(file).isComplete());
        QCOMPARE(mesh.plan(file).units.size(), std::size_t{0});
        std::erase_if(*file.products, [](const FileProduct& one) { return one.product.id == "delays"; });
        QVERIFY(says(mesh.plan(file), "- product delays: -name: Delays"));
        QVERIFY(mesh.apply(file, 2).isComplete()); // the product, and its topic's classification
        QCOMPARE(mesh.text(), writeAccessFile(file));
    }

    void whatTheRulesForbidIsAProblem() {
        FileMesh mesh;
        AccessFile file = mesh.file();
        file.products->at(0).product.owner = "nobody";
        const FilePlan plan = mesh.plan(file);
        QVERIFY(plan.hasProblems());
        QVERIFY(says(plan, "There is no team 'nobody'"));
    }

    void whoMayNotDecideAsks() {
        FileMesh mesh;
        AccessFile file = mesh.file();
        file.grants->push_back(asking("g"));
        mesh.as("bob");
        const FilePlan plan = mesh.plan(file);
        QCOMPARE(plan.requests, std::size_t{1});
        QVERIFY(says(plan, "Becomes a request; must agree: one of team 'ops' (owner of product 'flights')"));
        QVERIFY(mesh.apply(file).isComplete());
        QVERIFY(mesh.catalog.grants().empty());
        QVERIFY(says(mesh.plan(file), "= grant g: | The request waits."));
        QVERIFY(says(mesh.plan(file), "somebody else must decide. | Must agree: one of team 'ops' (owner of"));

        mesh.as("ada"); // the same file in an owner's hands
        QVERIFY(says(mesh.plan(file), "Approves the request."));
        QVERIFY(mesh.apply(file).isComplete());
        QCOMPARE(mesh.catalog.grants().size(), std::size_t{1});
        QVERIFY(mesh.plan(file).units.empty());
        QCOMPARE(mesh.text(), writeAccessFile(file));
    }

    /// Somebody who neither asked nor decides: what is narrower than what was asked for is for others, and it says
    /// whom.
    void aNarrowerGrantSaysWhoMustAgree() {
        FileMesh mesh;
        mesh.as("bob");
        auto wide = FileMesh<>::reading("flights.v1");
        wide.reads.push_back({"flights.v2"});
        mesh.must(SubmitRequest{"g", wide, "flights", "", "To see", kNoEnd});
        AccessFile file = mesh.file();
        file.grants->push_back(asking("g"));
        mesh.as("carl");
        QVERIFY(says(mesh.plan(file), "Must agree: one of team 'ops' (owner of product 'flights')"));
        mesh.as("bob");
        QVERIFY(says(mesh.plan(file), "Becomes a request; must agree: one of team 'ops' (owner of product 'flights')"));
        mesh.as("ada");
        QVERIFY(says(mesh.plan(file), "Approves the request."));
    }

    void conditionsAreKeptAndAgreedToByTheFile() {
        FileMesh mesh;
        mesh.as("bob");
        mesh.must(SubmitRequest{"bound", FileMesh<>::reading("flights.v1"), "flights", "", "To see", kNoEnd});
        AccessFile file = mesh.file();
        FileGrant bound = asking("bound");
        bound.conditions = "Read only";
        file.grants->push_back(bound);
        mesh.as("ada");
        QVERIFY(mesh.apply(file).isComplete());
        QCOMPARE(mesh.catalog.grants().front().decisions.back().conditions, std::string("Read only"));
        QCOMPARE(mesh.text(), writeAccessFile(file)); // nothing is lost on the way
        QVERIFY(mesh.plan(mesh.file()).units.empty());

        file.grants->back().conditions = "Write, too";
        QVERIFY(says(mesh.plan(file), "What a grant is bound to stays as it was agreed."));
        file.grants->back().conditions.clear(); // an older file says nothing of them
        QVERIFY(mesh.plan(file).units.empty());

        mesh.as("eve");
        file.policies->push_back({{"open", "Open", PolicyReach::Product, "flights", Approval::Automatic}, {}});
        bound.id = "at-once";
        file.grants->push_back(bound);
        QVERIFY(says(mesh.plan(file), "so that nobody agrees to its conditions"));
    }

    void aPolicyMayGrantAtOnce() {
        FileMesh mesh;
        mesh.as("eve");
        AccessFile file = mesh.file();
        file.policies->push_back({{"open", "Open", PolicyReach::Product, "flights", Approval::Automatic}, {}});
        file.grants->push_back(asking("g"));
        QVERIFY(says(mesh.plan(file), "Policy 'open' grants it at once.")); // though the policy is new in this file
        QVERIFY(mesh.apply(file).isComplete());
        QCOMPARE(mesh.catalog.grants().size(), std::size_t{1});
    }

    void aRequestIsAmendedByItsAuthor() {
        FileMesh mesh;
        AccessFile file = mesh.file();
        file.grants->push_back(asking("g"));
        mesh.as("bob");
        mesh.apply(file);
        file.grants->at(0).untilMs = mesh.now() + 30 * kDay;
        QVERIFY(mesh.apply(file).isComplete());
        QCOMPARE(mesh.catalog.accessRequests().at(0).untilMs, mesh.now() + 30 * kDay);
    }

    void anEndMovesByThoseWhoMay() {
        FileMesh mesh;
        mesh.grant("g", mesh.now() + 10 * kDay);
        AccessFile file = mesh.file();
        file.grants->at(0).untilMs = mesh.now() + 20 * kDay;
        mesh.as("bob");
        QVERIFY(says(mesh.plan(file), "Becomes a request 'g-until-"));
        QVERIFY(mesh.apply(file).isComplete());
        QVERIFY(says(mesh.plan(file), "= grant g: | Its later end is asked for by request 'g-until-"));
        QVERIFY(mesh.apply(file).isComplete());
        QCOMPARE(mesh.catalog.grants().at(0).untilMs, mesh.now() + 10 * kDay);
        file.grants->at(0).untilMs = mesh.now() + 30 * kDay;
        mesh.as("ada");
        QVERIFY(says(mesh.plan(file), "Renews it."));
        QVERIFY(mesh.apply(file).isComplete());
        file.grants->at(0).untilMs = mesh.now() + 5 * kDay;
        QVERIFY(says(mesh.plan(file), "~ grant g:"));
        QVERIFY(mesh.apply(file).isComplete());
        QCOMPARE(mesh.catalog.grants().at(0).untilMs, mesh.now() + 5 * kDay);
    }

    /// The same file in the hands of who may decide: nothing is left waiting, and what it is bound to stays.
    void aRenewalThatWaitsIsApprovedByTheFile() {
        FileMesh mesh;
        mesh.as("bob");
        mesh.must(SubmitRequest{"g", FileMesh<>::reading("flights.v1"), "flights", "", "To see", mesh.now() + kDay});
        mesh.as("ada");
        mesh.must(ApproveRequest{"g", FileMesh<>::reading("flights.v1"), mesh.now() + kDay, "Read only"});
        AccessFile file = mesh.file();
        file.grants->at(0).untilMs = mesh.now() + 20 * kDay;
        mesh.as("bob");
        QVERIFY(mesh.apply(file).isComplete());
        mesh.as("ada");
        QVERIFY(says(mesh.plan(file), "| Approves request 'g-until-"));
        QVERIFY(mesh.apply(file).isComplete());
        QCOMPARE(mesh.catalog.grants().at(0).untilMs, mesh.now() + 20 * kDay);
        QVERIFY(std::ranges::none_of(mesh.catalog.accessRequests(), [&](const AccessRequest& request) {
            return request.stateAt(mesh.now()) == RequestState::Submitted;
        }));
        QCOMPARE(mesh.text(), writeAccessFile(file));
        QVERIFY(mesh.plan(file).units.empty());
    }

    void aLimitOfThePoliciesIsNamed() {
        FileMesh mesh;
        mesh.as("eve");
        mesh.must(PutPolicy{{"ninety", "Ninety days", PolicyReach::Mesh, "", Approval::Unsaid, "", 0, 90}});
        AccessFile file = mesh.file();
        file.grants->push_back(asking("g"));
        QVERIFY(says(mesh.plan(file), "! Policy 'ninety' allows 90 days at most. Write an 'until' of"));
        file.grants->at(0).untilMs = mesh.now() + 89 * kDay;
        QVERIFY(!mesh.plan(file).hasProblems());
    }

    void whatWasAgreedStaysAsItWasAgreed() {
        FileMesh mesh;
        mesh.grant("g");
        AccessFile file = mesh.file();
        file.grants->at(0).scope.reads = {{"flights.*"}};
        QVERIFY(says(mesh.plan(file), "! What a grant gives"));
    }

    void whatWasDeclinedIsNotAskedAgain() {
        FileMesh mesh;
        AccessFile file = mesh.file();
        file.grants->push_back(asking("g"));
        mesh.as("bob");
        mesh.apply(file);
        mesh.as("ada");
        mesh.must(DeclineRequest{"g"}, "Not needed");
        mesh.as("bob");
        QVERIFY(says(mesh.plan(file), "It was declined by 'ada' (Not needed)."));
    }

    void aTopicThatMovesTiesItsProducts() {
        FileMesh mesh;
        AccessFile file = mesh.file();
        FileProduct& flights = file.products->at(0);
        FileProduct& quakes = file.products->at(1);
        flights.product.ports.push_back(quakes.product.ports.at(0));
        quakes.product.ports.clear();
        const FilePlan plan = mesh.plan(file);
        QCOMPARE(plan.units.size(), std::size_t{1});
        QCOMPARE(plan.units.at(0).title, std::string("products 'flights', 'quakes'"));
        QVERIFY2(!plan.hasProblems(), qPrintable(shown(plan)));
        QVERIFY(mesh.apply(file).isComplete());
        QCOMPARE(mesh.text(), writeAccessFile(file));
    }

    void aFileForOneProductLeavesTheOthersAlone() {
        FileMesh mesh;
        mesh.grant("g");
        AccessFile file = mesh.file({"quakes"});
        QCOMPARE(file.products->size(), std::size_t{1});
        QVERIFY(file.grants->empty());
        QVERIFY(mesh.plan(file).units.empty());
        file.products->clear();
        const FilePlan plan = mesh.plan(file);
        QCOMPARE(plan.deletions, std::size_t{1});
        const auto products = std::ranges::find(plan.kinds, "product", &FileKindCount::kind);
        QCOMPARE(products->managed, std::size_t{1});
        QCOMPARE(products->deletions, std::size_t{1});
        file.grants->push_back(asking("h"));
        const auto refused = planFile(file, mesh.catalog, "", mesh.now());
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        file.grants->back().at = {7, 3};
        const auto outside = outsideOf(file, mesh.catalog);
        QCOMPARE(outside.size(), std::size_t{1});
        QCOMPARE(outside.front().at, (FilePlace{7, 3}));
        file.covers = {"flights", "quakes"};
        file.products.reset();
        QVERIFY(outsideOf(file, mesh.catalog).empty());
    }
};

QTEST_APPLESS_MAIN(FilePlanTest)
#include "plan_test.moc"
