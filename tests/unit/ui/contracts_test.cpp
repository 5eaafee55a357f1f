// SPDX-License-Identifier: Apache-2.0
#include "support/contract_example.h"
#include "support/fake_catalog.h"
#include "support/fake_registry.h"

#include "contracts/contract_look.h"
#include "contracts/contract_review.h"
#include "contracts/import_dialog.h"
#include "schemas/register_check.h"
#include "widgets/english.h"
#include "widgets/export_rows.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;
using catalog::ContractSubject;
using test::agreeContract;
using test::brokenContractText;
using test::contractWith;
using test::exampleContractText;

namespace {

const ContractSubject kQuakes{false, "seismic.quakes"};
const ContractSubject kFeed{true, "earthquake-feed"};
constexpr TimestampMs kNowMs = 1'517'950'000'000;

struct Desk {
    test::FakeCatalog catalog;
    test::FakeRegistry registry;

    [[nodiscard]] catalog::SchemaBookPtr book() { return catalog::readSchemaBook(registry, true, {}).value(); }
    ContractLook look(const ContractSubject& subject = kQuakes, const QString& notChecked = {}) {
        return lookAtContract(catalog, *book(), subject, notChecked).value();
    }
    [[nodiscard]] ContractReview review(const std::string& text, const ContractSubject& here = kQuakes) const {
        return reviewContract(text, here, catalog, kNowMs);
    }
};

QStringList targetsOf(const ContractReview& review) {
    QStringList words;
    for (const auto& one : review.targets) {
        words << one.words;
    }
    return words;
}

bool hasSentence(const std::vector<catalog::ContractFinding>& findings, const std::string& words) {
    return std::ranges::any_of(findings,
                               [&](const auto& one) { return one.sentence.find(words) != std::string::npos; });
}

} // namespace

/// What the window says of contracts, without the window.
class ContractsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        installEnglish();
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    }

    void theModelKeepsItsPromises() {
        ContractFindingsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<catalog::ContractFinding> findings{{"status", "Told.", false, {3, 1}, {4, 9}},
                                                       {"Quake.id", "'Quake.id' is gone.", true, {7, 2}, {}}};
        auto rows = findingRows(findings, QStringLiteral("seismic.quakes"));
        sortByEffect(rows);
        model.setRows(rows);
        const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(cell(0, ContractFindingsModel::Effect), QStringLiteral("breaks"));
        QCOMPARE(cell(0, ContractFindingsModel::Line), QStringLiteral("was 7"));
        QCOMPARE(cell(0, ContractFindingsModel::What), QStringLiteral("'Quake.id' is gone. seismic.quakes Quake.id"));
        QCOMPARE(cell(1, ContractFindingsModel::Effect), QStringLiteral("no harm"));
        QCOMPARE(cell(1, ContractFindingsModel::Line), QStringLiteral("4:9"));
        const auto csv = rowsAsCsv(model, {0, 1});
        QVERIFY2(csv.startsWith(QStringLiteral("effect,what,line,path,of\r\n"
                                               "breaks,'Quake.id' is gone.,was 7,Quake.id,seismic.quakes\r\n")),
                 qPrintable(csv));
        model.setRows(problemRows(std::vector<catalog::FileProblem>{{{5, 1}, "`version` is a number."}}));
        QCOMPARE(cell(0, ContractFindingsModel::Effect), QStringLiteral("wrong"));
        QCOMPARE(cell(0, ContractFindingsModel::What), QStringLiteral("“version” is a number."));
        model.setRows({});
    }

    void aContractIsNamed() {
        const auto contract = catalog::readContract(exampleContractText()).value();
        QCOMPARE(contractWord(contract), QStringLiteral("“Earthquakes” 1.2.0"));
        QCOMPARE(standardWord(contract), QStringLiteral("Open Data Contract Standard 3.1.0"));
        QCOMPARE(contractFileName(kQuakes, contract.kind), QStringLiteral("seismic.quakes.odcs.yaml"));
        QCOMPARE(contractFileName(kFeed, catalog::ContractKind::DataProduct),
                 QStringLiteral("earthquake-feed.odps.yaml"));
        QCOMPARE(statusChip("active").tone, Tone::Ok);
        QCOMPARE(statusChip("retired").tone, Tone::Danger);
        QCOMPARE(statusChip("ours").text, QStringLiteral("ours"));
    }

    // ---- What is agreed ----

    void aLookSaysWhoAgreedItAndWhetherItIsKept() {
        Desk desk;
        QVERIFY(!desk.look().agreed);
        const auto entry = agreeContract(desk.catalog, exampleContractText());
        const auto look = desk.look();
        QVERIFY(look.agreed && look.contract);
        QCOMPARE(look.entry, entry.number);
        QCOMPARE(look.author, std::string("ada"));
        QCOMPARE(look.why, std::string("First contract with the insurers"));
        QCOMPARE(look.agreedMs, entry.timeMs);
        QCOMPARE(look.breaking(), 0);
        QVERIFY(hasSentence(look.findings, "'place' is in the schema and not in the contract."));
        const auto verdict = verdictOf(look, kQuakes, kNowMs);
        QCOMPARE(verdict.tone, Tone::Ok);
        QCOMPARE(verdict.sentence, QStringLiteral("The schema keeps the contract."));
        QVERIFY2(verdict.detail.startsWith(QStringLiteral("Compared with v3 of seismic.quakes-value at ")),
                 qPrintable(verdict.detail));
    }

    void aPromiseThatIsntKeptIsTold() {
        Desk desk;
        agreeContract(desk.catalog, brokenContractText());
        const auto look = desk.look();
        QCOMPARE(look.breaking(), 1);
        QCOMPARE(look.findings.front().sentence,
                 std::string("The contract promises 'station', and the schema doesn't have it."));
        QCOMPARE(look.findings.front().after.line, 21);
        QCOMPARE(verdictOf(look, kQuakes, kNowMs).sentence,
                 QStringLiteral("The schema breaks the contract in 1 place."));
        const auto unasked = desk.look(kQuakes, QStringLiteral("There is no registry."));
        QCOMPARE(unasked.breaking(), 0);
        QCOMPARE(verdictOf(unasked, kQuakes, kNowMs).detail, QStringLiteral("There is no registry."));
    }

    void whatIsNoContractIsTold() {
        Desk desk;
        agreeContract(desk.catalog, "kind: Something\n");
        const auto look = desk.look();
        QVERIFY(look.agreed && !look.contract && !look.problems.empty());
        QCOMPARE(verdictOf(look, kQuakes, kNowMs).tone, Tone::Danger);
        agreeContract(desk.catalog, "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: draft\n");
        const auto silent = desk.look();
        QVERIFY(!silent.saysEvents);
        QCOMPARE(verdictOf(silent, kQuakes, kNowMs).tone, Tone::Neutral);
    }

    void aProductIsCheckedByWhatItOffers() {
        Desk desk;
        agreeContract(desk.catalog, brokenContractText());
        auto draft = catalog::draftProductContract(desk.catalog, kFeed.name).value();
        agreeContract(desk.catalog, draft, "", kFeed);
        auto look = desk.look(kFeed);
        QCOMPARE(look.breaking(), 1);
        QCOMPARE(look.findings.front().path, std::string("seismic.quakes: Quake.station"));
        QCOMPARE(look.findings.front().after.line, 0); // it is a place in another text
        QVERIFY(hasSentence(look.findings, "No contract is agreed for the topic 'seismic.quakes.revisions'."));
        QVERIFY(!hasSentence(look.findings, "which its contract doesn't name"));
        QCOMPARE(verdictOf(look, kFeed, kNowMs).sentence,
                 QStringLiteral("1 thing that the product offers breaks what is promised."));

        agreeContract(desk.catalog, exampleContractText());
        draft = contractWith(draft, "name: seismic.quakes.revisions", "name: revisions");
        draft = contractWith(draft, "1.2.0", "1.1.0");
        agreeContract(desk.catalog, draft, "", kFeed);
        look = desk.look(kFeed);
        QCOMPARE(look.breaking(), 0);
        QVERIFY(hasSentence(look.findings, "The product offers the topic 'seismic.quakes.revisions', which"));
        QVERIFY(hasSentence(look.findings, "The contract names the output port 'revisions'; none of"));
        QVERIFY(hasSentence(look.findings, "names version 1.1.0 for 'seismic.quakes'; agreed for that topic is version "
                                           "1.2.0."));
        agreeContract(desk.catalog, brokenContractText(), "", kFeed); // a data contract may speak for a product
        look = desk.look(kFeed);
        QCOMPARE(look.breaking(), 1);
        QCOMPARE(look.findings.front().after.line, 21);
        QVERIFY(!catalog::checkProductContract(*look.contract, "nothing", desk.catalog, *desk.book()).empty());
    }

    // ---- Before it is agreed ----

    void whatIsWrongHasItsPlace() {
        const Desk desk;
        const auto review = desk.review(contractWith(exampleContractText(), "1.2.0", "1.2"));
        QVERIFY(review.contract && review.targets.empty());
        QCOMPARE(review.problems.size(), std::size_t{1});
        QCOMPARE(review.problems.front().at, (catalog::FilePlace{6, 1}));
        const auto verdict = verdictOf(review, nullptr);
        QCOMPARE(verdict.sentence, QStringLiteral("It can't be agreed: 1 thing is wrong with it."));
        QCOMPARE(verdict.detail, QStringLiteral("Judged by the Open Data Contract Standard 3.1.0."));
        QCOMPARE(reviewRows(review, nullptr).front().at.line, 6);
        const auto broken = desk.review("kind: DataContract\nkind: x\n");
        QVERIFY(!broken.contract);
        QCOMPARE(broken.problems.front().at.line, 2);
    }

    void aContractIsForWhatItNames() {
        const Desk desk;
        QCOMPARE(targetsOf(desk.review(exampleContractText())), QStringList{QStringLiteral("Topic seismic.quakes")});
        QCOMPARE(targetsOf(desk.review(exampleContractText(), {false, "aviation.flights"})),
                 (QStringList{QStringLiteral("Topic seismic.quakes"), QStringLiteral("Topic aviation.flights")}));
        QCOMPARE(targetsOf(desk.review(exampleContractText(), kFeed)),
                 (QStringList{QStringLiteral("Topic seismic.quakes"), QStringLiteral("Product earthquake-feed")}));
        const auto nameless = contractWith(exampleContractText(), "physicalType: topic", "physicalType: table");
        QCOMPARE(targetsOf(desk.review(nameless)), QStringList{QStringLiteral("Topic seismic.quakes")});
        auto several = exampleContractText();
        for (const auto* topic : {"a", "b", "c", "d"}) {
            several = contractWith(several, "slaProperties:\n",
                                   std::string("  - name: ") + topic + "\n    physicalType: topic\nslaProperties:\n");
        }
        const auto review = desk.review(several);
        QCOMPARE(targetsOf(review), (QStringList{QStringLiteral("Topics seismic.quakes, a, b and 2 more"),
                                                 QStringLiteral("Topic seismic.quakes")}));
        QCOMPARE(verdictOf(review, &review.targets.front()).sentence,
                 QStringLiteral("None of these topics has a contract yet."));
        QCOMPARE(reviewRows(review, &review.targets.front()).front().of, QStringLiteral("a"));
    }

    void aProductsDocumentIsForItsProduct() {
        const Desk desk;
        const auto draft = catalog::draftProductContract(desk.catalog, kFeed.name).value();
        QCOMPARE(targetsOf(desk.review(draft)), QStringList{QStringLiteral("Product earthquake-feed")});
        QCOMPARE(targetsOf(desk.review(draft, kFeed)), QStringList{QStringLiteral("Product earthquake-feed")});
        const auto other = contractWith(draft, "\nid: earthquake-feed\n", "\nid: elsewhere\n");
        const auto review = desk.review(other);
        QVERIFY(review.problems.empty() && review.targets.empty());
        QCOMPARE(verdictOf(review, nullptr).sentence,
                 QStringLiteral("It describes the product “elsewhere”, which the catalog doesn't have."));
        QCOMPARE(targetsOf(desk.review(other, kFeed)), QStringList{QStringLiteral("Product earthquake-feed")});
    }

    void whatIsReplacedIsCompared() {
        Desk desk;
        auto review = desk.review(exampleContractText());
        QCOMPARE(verdictOf(review, &review.targets.front()).sentence,
                 QStringLiteral("It is the first contract of the topic seismic.quakes."));
        agreeContract(desk.catalog, exampleContractText());
        review = desk.review(exampleContractText());
        QVERIFY(review.targets.front().isThere());
        QCOMPARE(verdictOf(review, &review.targets.front()).tone, Tone::Neutral);

        review = desk.review(contractWith(exampleContractText(), "value: 5", "value: 1"));
        QVERIFY(!review.targets.front().isBreaking());
        QCOMPARE(verdictOf(review, &review.targets.front()).sentence,
                 QStringLiteral("It replaces “Earthquakes” 1.2.0 and breaks nothing of it."));

        review = desk.review(contractWith(exampleContractText(), "value: 5", "value: 60"));
        const auto& target = review.targets.front();
        QVERIFY(target.isBreaking());
        QCOMPARE(verdictOf(review, &target).sentence, QStringLiteral("1 change breaks what is agreed."));
        const auto rows = reviewRows(review, &target);
        QCOMPARE(rows.front().effect, ContractRow::Effect::Breaks);
        QVERIFY2(rows.front().sentence.contains(QStringLiteral("latency")), qPrintable(rows.front().sentence));
        QVERIFY(rows.front().at.line > 20);
        QVERIFY(target.refused.empty());
    }

    void theCatalogsRefusalIsKnownBefore() {
        const Desk desk;
        const auto review =
            desk.review(exampleContractText() + "# " + std::string(catalog::kMaxAgreedContractBytes, 'x') + "\n");
        QVERIFY(review.problems.empty());
        const auto verdict = verdictOf(review, &review.targets.front());
        QCOMPARE(verdict.tone, Tone::Danger);
        QVERIFY2(verdict.detail.contains(QStringLiteral("128 KiB")), qPrintable(verdict.detail));
    }

    void aFileIsReadAsItIs() {
        const QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("a.yaml"));
        const QByteArray bytes = "\xEF\xBB\xBF# a\r\nkind: DataContract\r\n";
        QVERIFY(writeFile(path, bytes));
        QCOMPARE(QByteArray::fromStdString(readContractFile(path).value()), bytes);
        QVERIFY(writeFile(path, QByteArray(static_cast<qsizetype>(catalog::kMaxAgreedContractBytes) + 1, 'x')));
        QCOMPARE(readContractFile(path).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(readContractFile(folder.filePath(QStringLiteral("none"))).error().code, ErrorCode::Io);
    }

    // ---- A schema before it is registered ----

    void aCandidateSaysWhichContractItBreaks() {
        Desk desk;
        agreeContract(desk.catalog, exampleContractText());
        const auto book = desk.book();
        const auto latest = book->latest("seismic.quakes-value").value();
        auto candidate = *latest.definition;
        const auto check = [&](const std::string& subject) {
            return checkToRegister(*book, subject, candidate, &desk.catalog).broken;
        };
        QVERIFY(check("seismic.quakes-value").empty());
        candidate.text = contractWith(candidate.text, R"("name":"mag","type":"double")",
                                      R"("name":"magnitude","type":"double","default":0)");
        const auto broken = check("seismic.quakes-value");
        QCOMPARE(broken.size(), std::size_t{1});
        QCOMPARE(broken.front().title, std::string("Earthquakes"));
        QCOMPARE(broken.front().findings.size(), std::size_t{1}); // what is only told isn't repeated there
        QVERIFY(hasSentence(broken.front().findings, "promises 'mag'"));
        QVERIFY(check("seismic.quakes-key").empty());
        QVERIFY(check("seismic.quakes-near-airports-value").empty()); // another topic's, though its name begins so
        QVERIFY(checkToRegister(*book, "seismic.quakes-value", candidate).broken.empty());
    }
};

QTEST_MAIN(ContractsTest)
#include "contracts_test.moc"
