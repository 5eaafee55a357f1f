// SPDX-License-Identifier: Apache-2.0
#include "support/file_mesh.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;

namespace {

/// Before the n-th submission something happens: it fails, or somebody else is quicker.
class StumblingCatalog : public test::FakeCatalog {
public:
    using test::FakeCatalog::FakeCatalog;
    std::function<std::optional<Error>(int number)> before;

    Result<LedgerEntry> submit(const Submission& submission, const CallOptions& options) override {
        if (before && !m_within) {
            m_within = true;
            const auto error = before(++m_number);
            m_within = false;
            if (error) {
                return std::unexpected(*error);
            }
        }
        return FakeCatalog::submit(submission, options);
    }

private:
    int m_number = 0;
    bool m_within = false;
};
using Mesh = test::FileMesh<StumblingCatalog>;

/// Both products change, each by several entries.
AccessFile changedFile(const Mesh& mesh) {
    AccessFile file = mesh.file();
    for (FileProduct& product : *file.products) {
        product.product.description = "Changed";
        product.product.ports.push_back({product.product.id + ".v2", PortDirection::Output, "The next one"});
        product.level = Classification::Confidential;
    }
    return file;
}

} // namespace

/// All of a product's changes or none of them.
class FileApplyTest : public QObject {
    Q_OBJECT

    static std::string productIn(const std::string& text, const std::string& id) {
        const auto at = text.find("  " + id + ":\n");
        return text.substr(at, text.find("\n  q", at) - at);
    }

private slots:
    void everyPlaceOfAFailureLeavesAProductAsItWas() {
        for (int failing = 1; failing <= 3; ++failing) { // a product's entries: itself, its port, its class
            Mesh mesh;
            const AccessFile file = changedFile(mesh);
            const std::string before = mesh.text();
            mesh.catalog.before = [&](int number) {
                return number == failing ? std::optional(Error{ErrorCode::Unavailable, "The backbone is away.", 0})
                                         : std::nullopt;
            };
            const FileApplied applied = mesh.apply(file);
            mesh.catalog.before = nullptr;
            QVERIFY(!applied.isComplete());
            QCOMPARE(applied.units.size(), std::size_t{2});
            const AppliedUnit& flights = applied.units.at(0);
            QCOMPARE(flights.error->message, std::string("The backbone is away."));
            QCOMPARE(flights.entries.size(), static_cast<std::size_t>(failing - 1));
            QCOMPARE(flights.takenBack.size(), flights.entries.size());
            QVERIFY(flights.left.empty());
            QVERIFY(!applied.units.at(1).error); // the other product is another matter
            const std::string after = mesh.text();
            QCOMPARE(productIn(after, "flights"), productIn(before, "flights"));
            QVERIFY(after.find("quakes.v2") != std::string::npos);
            QVERIFY(mesh.apply(file).isComplete()); // once more, and all is there
            QCOMPARE(mesh.text(), writeAccessFile(file));
        }
    }

    void somebodyQuickerIsNeverOverwritten() {
        Mesh mesh;
        const AccessFile file = changedFile(mesh);
        mesh.catalog.before = [&](int number) {
            if (number == 2) { // between the first and the second entry of flights
                mesh.must(PutProduct{"flights", "Flights by Ada", "", "aviation", "ops"});
            }
            return std::optional<Error>();
        };
        const FileApplied applied = mesh.apply(file);
        mesh.catalog.before = nullptr;
        const AppliedUnit& flights = applied.units.at(0);
        QCOMPARE(flights.error->code, ErrorCode::Conflict);
        QVERIFY(flights.takenBack.empty());
        QCOMPARE(flights.left.size(), std::size_t{1}); // its own entry was overwritten, so there is nothing to undo
        QVERIFY(mesh.text().find("Flights by Ada") != std::string::npos);
        QVERIFY(mesh.text().find("flights.v2") == std::string::npos);
    }

    void aPlanThatIsOldIsNotBegun() {
        Mesh mesh;
        const AccessFile file = changedFile(mesh);
        const FilePlan plan = mesh.plan(file);
        mesh.must(PutProduct{"flights", "Flights", "Meanwhile", "aviation", "ops"});
        const auto applied = applyFilePlan(plan, mesh.catalog, {}, mesh.now(), {});
        QCOMPARE(applied->units.at(0).error->code, ErrorCode::Conflict);
        QVERIFY(applied->units.at(0).entries.empty());
        QVERIFY(!applied->units.at(1).error);
    }

    void aUnitWithAProblemIsNotBegun() {
        Mesh mesh;
        AccessFile file = changedFile(mesh);
        file.products->at(0).product.owner = "nobody";
        const FileApplied applied = mesh.apply(file);
        QVERIFY(applied.units.at(0).error && applied.units.at(0).entries.empty());
        QVERIFY(!applied.units.at(1).error);
    }

    void nothingIsBuiltOnAFailedGround() {
        Mesh mesh;
        AccessFile file = changedFile(mesh);
        file.principals->push_back({{"user:x", "Never matches", PrincipalKind::Service, "", "", false, 0}, {}});
        const FileApplied applied = mesh.apply(file);
        QCOMPARE(applied.units.size(), std::size_t{3});
        QCOMPARE(applied.units.at(2).error->code, ErrorCode::Cancelled);
    }

    void manyDeletionsNeedTheirCount() {
        Mesh mesh;
        mesh.grant("g");
        AccessFile file = mesh.file();
        file.grants->clear();
        const FilePlan plan = mesh.plan(file);
        const auto withCount = [&](std::optional<std::size_t> count) {
            return applyFilePlan(plan, mesh.catalog, count, mesh.now(), {});
        };
        QCOMPARE(withCount({}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(withCount(2).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!mesh.catalog.grants().at(0).revoked);
        QVERIFY(withCount(1)->isComplete());
        QVERIFY(mesh.catalog.grants().at(0).revoked);
        QCOMPARE(mesh.catalog.grants().at(0).revokedWhy, std::string("As code"));
    }

    /// Products, policies and principals don't make little of the grants that go.
    void aTenthIsOfEachKind() {
        Mesh mesh;
        for (int i = 0; i < 24; ++i) {
            mesh.grant("g" + std::to_string(i));
        }
        mesh.as("eve");
        for (int i = 0; i < 40; ++i) {
            const auto name = "User:p" + std::to_string(i);
            mesh.must(PutPrincipal{name, "P", PrincipalKind::Service, "ops", "", false});
        }
        AccessFile file = mesh.file();
        file.grants->resize(20);
        const FilePlan plan = mesh.plan(file);
        QCOMPARE(plan.manyDeletions(), std::string("4 of 24 grants"));
        const auto refused = applyFilePlan(plan, mesh.catalog, {}, mesh.now(), {});
        QVERIFY(refused.error().message.find("removes 4 of 24 grants, more than a tenth") != std::string::npos);
        file = mesh.file();
        file.grants->resize(22);
        QVERIFY(mesh.plan(file).manyDeletions().empty()); // 2 of 24
        file.principals->resize(30);
        const FilePlan both = mesh.plan(file);
        QCOMPARE(both.manyDeletions(), std::string("10 of 40 principals"));
        QCOMPARE(applyFilePlan(both, mesh.catalog, 10, mesh.now(), {}).error().code, ErrorCode::InvalidArgument);
        QVERIFY(applyFilePlan(both, mesh.catalog, 12, mesh.now(), {}).has_value()); // of all kinds together
    }
};

QTEST_APPLESS_MAIN(FileApplyTest)
#include "apply_test.moc"
