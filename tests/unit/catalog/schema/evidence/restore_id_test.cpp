// SPDX-License-Identifier: Apache-2.0
#include "support/fake_registry.h"

#include <catalog/restore_id.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;

namespace {

constexpr auto kOrder = R"({"type":"record","name":"Order","fields":[{"name":"id","type":"int"}]})";
constexpr auto kBill = R"({"type":"record","name":"Bill","fields":[{"name":"sum","type":"long"}]})";
const std::string kSubject = "orders-value";

/// A registry that counts what is done to modes, and can refuse it.
class ModeRegistry : public test::FakeRegistry {
public:
    ModeRegistry()
        : FakeRegistry(false) {}
    Status setMode(const std::string& subject, std::optional<SubjectMode> mode, bool isForced,
                   const CallOptions& call) override {
        ++changes;
        if (changes == refusedChange) {
            return fail(ErrorCode::Conflict, "Modes can't be changed.");
        }
        return FakeRegistry::setMode(subject, mode, isForced, call);
    }
    [[nodiscard]] std::optional<SubjectMode> modeNow() {
        const auto all = settings({kSubject}, {});
        for (const auto& one : *all) {
            if (one.subject == kSubject) {
                return one.mode;
            }
        }
        return std::nullopt;
    }
    Result<RestoredId> restore(const std::string& text, int id, int version = 0) {
        const auto book = readSchemaBook(*this, false, {});
        return restoreId(*this, **book, {kSubject, {SchemaType::Avro, text, {}, {}, {}}, {SchemaId(id), version}}, {});
    }
    int changes = 0, refusedChange = 0;
};

bool says(const Result<RestoredId>& done, std::string_view words) {
    return !done && done.error().message.find(words) != std::string::npos;
}

} // namespace

class RestoreIdTest : public QObject {
    Q_OBJECT

private slots:
    void anIdComesBackAndTheModeTooEvenOfASubjectThatHasVersions() {
        ModeRegistry registry;
        registry.put(kSubject, kBill);
        QVERIFY(registry.FakeRegistry::setMode(kSubject, SubjectMode::ReadOnly, false, {}));
        const auto done = registry.restore(kOrder, 17, 5);
        QVERIFY2(done, done ? "" : done.error().message.c_str());
        QCOMPARE(done->registered.id, SchemaId(17));
        QCOMPARE(done->registered.version, 5);
        QCOMPARE(done->modeBefore, SubjectMode::ReadOnly);
        QCOMPARE(registry.modeNow(), SubjectMode::ReadOnly);
        QCOMPARE(registry.changes, 2);
        QCOMPARE(registry.version(kSubject, 5, {})->id, SchemaId(17));
    }
    void aSubjectInImportIsntTouched() {
        ModeRegistry registry;
        QVERIFY(registry.FakeRegistry::setMode({}, SubjectMode::Import, true, {})); // of all subjects
        const auto done = registry.restore(kOrder, 17);
        QVERIFY(done && done->wasImport);
        QCOMPARE(registry.changes, 0);
        QVERIFY(!registry.modeNow());
    }
    void whatIsTakenIsRefusedBeforeAnythingIsChanged() {
        ModeRegistry registry;
        registry.put("bills-value", kBill);
        QVERIFY(says(registry.restore(kOrder, 1), "stands for another schema, that of bills-value version 1"));
        registry.put(kSubject, kOrder);
        QVERIFY(says(registry.restore(kOrder, 17, 1), "orders-value version 1 is there already, with id 2"));
        QVERIFY(says(registry.restore("{", 17), ""));
        QVERIFY(says(registry.restore(kOrder, 0), "from 1 on"));
        QCOMPARE(registry.changes, 0);
    }
    void theSameSchemaMayHaveItsIdInAnotherSubject() {
        ModeRegistry registry;
        registry.put("bills-value", kBill);
        QVERIFY(registry.restore(kBill, 1));
    }
    void theModeIsPutBackWhenTheRegistryRefuses() {
        ModeRegistry registry;
        registry.put("bills-value", kBill);
        const auto book = SchemaBook(); // as it was before somebody else took the id
        const auto done =
            restoreId(registry, book, {kSubject, {SchemaType::Avro, kOrder, {}, {}, {}}, {SchemaId(1), 0}}, {});
        QVERIFY(says(done, "Overwrite new schema with id 1"));
        QVERIFY(!registry.modeNow());
        QCOMPARE(registry.changes, 2);
    }
    void aRegistryWithoutImportSaysSo() {
        ModeRegistry registry;
        registry.refusedChange = 1;
        QVERIFY(says(registry.restore(kOrder, 17), "set to IMPORT, the mode in which ids can be given: Modes can't"));
    }
    void aModeThatStaysIsTold() {
        ModeRegistry registry;
        registry.refusedChange = 2;
        const auto done = registry.restore(kOrder, 17);
        QVERIFY(says(done, "Id 17 is back, as orders-value version 1. The mode of orders-value couldn't be put back"));
        QVERIFY(says(done, "--mode default"));
    }
};

QTEST_GUILESS_MAIN(RestoreIdTest)
#include "restore_id_test.moc"
