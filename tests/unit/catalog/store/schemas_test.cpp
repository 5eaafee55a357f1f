// SPDX-License-Identifier: Apache-2.0
#include "store/schemas/reference_text.h"
#include "store/schemas/schemas_store.h"

#include "../schema/registry/random_history.h"
#include "support/seed.h"

#include <QtTest>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

using namespace meshbone;
using namespace meshbone::catalog;
using test::dumpOf;
using test::RandomHistory;
namespace fs = std::filesystem;

namespace {

constexpr int kKilled = 9;

/// A store that is written as a registry's records are applied, some to a transaction.
class Applying {
public:
    explicit Applying(SchemasStore& store)
        : m_store(store)
        , m_position(store.position().value())
        , m_state(store.load().value()) {}

    [[nodiscard]] std::size_t next() const { return static_cast<std::size_t>(m_position.last.value() + 1); }
    [[nodiscard]] const RegistryState& state() const { return m_state; }
    Status apply(const std::vector<RegistryRecord>& records, std::size_t count) {
        std::vector<RegistryChanges> changes;
        for (const auto end = std::min(next() + count, records.size()); next() < end;) {
            changes.emplace_back();
            const auto at = next();
            const bool isTaken = m_state.apply(records[at], static_cast<TimestampMs>(1'000 + at), &changes.back());
            m_position.last = Offset(static_cast<std::int64_t>(at));
            m_position.lastSum = static_cast<std::int64_t>(at * 7);
            m_position.counts.contradicting += isTaken ? 0 : 1;
        }
        return m_store.apply(changes, m_position);
    }

private:
    SchemasStore& m_store;
    SchemasPosition m_position;
    RegistryState m_state;
};

std::string stateOf(const std::vector<RegistryRecord>& records, std::size_t count) {
    RegistryState state;
    for (std::size_t i = 0; i < count; ++i) {
        state.apply(records[i], static_cast<TimestampMs>(1'000 + i));
    }
    return dumpOf(state);
}

/// Applies all records in a process that dies without warning before step `dieAt`; says whether it died.
bool applyAndDie(const fs::path& path, const std::vector<RegistryRecord>& records, int dieAt) {
    const pid_t child = ::fork();
    if (child == 0) {
        int steps = 0;
        auto store = SchemasStore::open(path, [&](std::string_view) {
            if (++steps == dieAt) {
                ::_exit(kKilled);
            }
        });
        Applying applying(**store);
        while (applying.next() < records.size()) {
            if (!applying.apply(records, 3)) {
                ::_exit(1);
            }
        }
        (*store)->close() ? ::_exit(0) : ::_exit(1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || (WEXITSTATUS(status) != kKilled && WEXITSTATUS(status) != 0)) {
        qFatal("the child failed by itself");
    }
    return WEXITSTATUS(status) == kKilled;
}

} // namespace

class SchemasStoreTest : public QObject {
    Q_OBJECT
private slots:
    void cleanup() {
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
            fs::remove(path().string() + suffix);
        }
    }
    void itIsWhatTheRecordsAddUpTo();
    void whereItStoppedIsKept();
    void everyStepLeavesAPrefix();
    void killedAtAnyMomentItHasAPrefix();
    void damageIsNoticed();
    void onlyItsOwnerReadsIt();
    void anotherProgramsFileKeepsItsBytes();
    void referencesAreOneText();

private:
    fs::path path(const std::string& name = "schemas.db") const {
        return fs::path(m_folder.path().toStdString()) / name;
    }
    QTemporaryDir m_folder;
};

void SchemasStoreTest::itIsWhatTheRecordsAddUpTo() {
    RandomHistory history(test::testSeed());
    for (int round = 0; round < 12; ++round) {
        cleanup();
        const auto records = history.records(400);
        std::size_t done = 0;
        while (done < records.size()) {
            auto store = SchemasStore::open(path()).value();
            Applying applying(*store);
            QCOMPARE(applying.next(), done);
            QCOMPARE(dumpOf(applying.state()), stateOf(records, done));
            for (int batch = history.number(1, 6); batch > 0; --batch) {
                QVERIFY(applying.apply(records, static_cast<std::size_t>(history.number(1, 40))));
            }
            done = applying.next();
            QCOMPARE(dumpOf(store->load().value()), stateOf(records, done));
        }
    }
}

void SchemasStoreTest::whereItStoppedIsKept() {
    auto store = SchemasStore::open(path()).value();
    QCOMPARE(store->position().value().last, kNoOffset);
    SchemasPosition position{{"AAAAAAAAAAAAAAAAAAAAAQ", Offset(7)}, Offset(41), -5, {}};
    position.counts = {RegistryStatus::Stage::Ready, "told anew", 12, 3, "Record 8: no.", 2, "record 9"};
    QVERIFY(store->apply({}, position));
    QVERIFY(store->close());
    store = SchemasStore::open(path()).value();
    const auto kept = store->position().value();
    QCOMPARE(kept.source, position.source);
    QCOMPARE(kept.last, Offset(41));
    QCOMPARE(kept.lastSum, -5);
    position.counts.stage = RegistryStatus::Stage::Connecting;
    position.counts.reason.clear();
    QCOMPARE(kept.counts, position.counts);
    QVERIFY(store->clear({"AAAAAAAAAAAAAAAAAAAAAg", Offset(0)}));
    QCOMPARE(store->position().value().last, kNoOffset);
    QCOMPARE(store->position().value().source.topicId, std::string("AAAAAAAAAAAAAAAAAAAAAg"));
    QCOMPARE(dumpOf(store->load().value()), stateOf({}, 0));
}

void SchemasStoreTest::everyStepLeavesAPrefix() {
    RandomHistory history(test::testSeed());
    const auto records = history.records(30);
    int step = 1;
    for (;; ++step) {
        cleanup();
        const bool died = applyAndDie(path(), records, step);
        {
            auto store = SchemasStore::open(path()).value();
            const auto done = static_cast<std::size_t>(store->position().value().last.value() + 1);
            QVERIFY2(done % 3 == 0, "a transaction was torn");
            QCOMPARE(dumpOf(store->load().value()), stateOf(records, done));
        }
        QVERIFY(!applyAndDie(path(), records, 0)); // goes on where it was
        QCOMPARE(dumpOf(SchemasStore::open(path()).value()->load().value()), stateOf(records, records.size()));
        if (!died) {
            break;
        }
    }
    QVERIFY2(step > 40, qPrintable(QString::number(step)));
}

void SchemasStoreTest::killedAtAnyMomentItHasAPrefix() {
    RandomHistory history(test::testSeed());
    const auto records = history.records(6'000);
    std::size_t last = 0;
    for (int round = 0; round < 12 && last < records.size(); ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            auto store = SchemasStore::open(path());
            Applying applying(**store);
            while (applying.next() < records.size() && applying.apply(records, 20)) {
            }
            ::_exit(0);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(history.number(1, 60)));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        auto store = SchemasStore::open(path()).value();
        const auto done = static_cast<std::size_t>(store->position().value().last.value() + 1);
        QVERIFY2(done >= last && done % 20 == 0, qPrintable(QString::number(done)));
        QCOMPARE(dumpOf(store->load().value()), stateOf(records, done));
        last = done;
    }
}

void SchemasStoreTest::damageIsNoticed() {
    RandomHistory history(test::testSeed());
    const auto records = history.records(300);
    QVERIFY(!applyAndDie(path(), records, 0));
    std::ifstream file(path(), std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(file)), {});
    const auto right = stateOf(records, records.size());
    int noticed = 0;
    for (int round = 0; round < 120; ++round) {
        cleanup();
        auto bytes = whole;
        const auto at = static_cast<std::size_t>(history.number(0, static_cast<int>(bytes.size()) - 1));
        switch (history.number(0, 3)) {
        case 0:
            bytes.resize(at);
            break;
        case 1:
            bytes.replace(at / 4'096 * 4'096, 4'096, std::string(4'096, '\0'));
            break;
        default:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << history.number(0, 7)));
        }
        std::ofstream(path(), std::ios::binary) << bytes;
        const auto store = SchemasStore::open(path());
        const auto position = store ? (*store)->position() : std::unexpected(store.error());
        const auto state = position ? (*store)->load() : std::unexpected(position.error());
        if (!state) {
            QVERIFY(!state.error().message.empty());
            ++noticed;
        } else if (position->last != kNoOffset) { // else it was cut to nothing, and is built from the first record
            QCOMPARE(position->last.value(), static_cast<std::int64_t>(records.size()) - 1);
            QCOMPARE(dumpOf(*state), right); // a byte that nothing is in
        }
    }
    QVERIFY2(noticed > 40, qPrintable(QString::number(noticed)));
}

void SchemasStoreTest::onlyItsOwnerReadsIt() {
    const auto mask = ::umask(0);
    const auto records = RandomHistory(1).records(50);
    {
        auto store = SchemasStore::open(path()).value();
        Applying applying(*store);
        QVERIFY(applying.apply(records, records.size()));
        for (const char* suffix : {"", "-wal"}) {
            struct stat found {};
            QCOMPARE(::stat((path().string() + suffix).c_str(), &found), 0);
            QCOMPARE(found.st_mode & 0777U, 0600U);
        }
        QCOMPARE(SchemasStore::open(path()).error().code, ErrorCode::Locked);
    }
    ::umask(mask);
}

void SchemasStoreTest::anotherProgramsFileKeepsItsBytes() {
    const std::string theirs(5'000, 'x');
    std::ofstream(path(), std::ios::binary) << theirs;
    QCOMPARE(SchemasStore::open(path()).error().code, ErrorCode::Corrupt);
    std::ifstream file(path(), std::ios::binary);
    QCOMPARE(std::string((std::istreambuf_iterator<char>(file)), {}), theirs);
}

void SchemasStoreTest::referencesAreOneText() {
    const std::vector<SchemaReference> references{
        {"a.proto", "a", 1}, {"1:x;", "", -1}, {std::string("\0\n", 2), "7", 2'147'483'647}};
    QCOMPARE(referencesOf(referenceText(references)), references);
    QCOMPARE(referencesOf(""), std::vector<SchemaReference>());
    for (const char* wrong : {"x", "3:ab", "1:a1:b", "1:a1:b1", "1:a1:bx;", "99999999999999999999:a", "-1:a", ":;"}) {
        QVERIFY2(!referencesOf(wrong), wrong);
    }
}

QTEST_GUILESS_MAIN(SchemasStoreTest)
#include "schemas_test.moc"
