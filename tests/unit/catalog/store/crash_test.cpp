// SPDX-License-Identifier: Apache-2.0
#include "ledger/projector.h"
#include "store/projection_store.h"
#include "support/ledger_author.h"

#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace meshbone;
using namespace meshbone::catalog;
namespace fs = std::filesystem;

namespace {

constexpr int kKilled = 9;

std::vector<Record> ledger() {
    const test::LedgerAuthor ada("ada");
    const std::vector<Command> commands{ada.enrolment(),
                                        PutTeam{"ops", "Operations", "", {"ada"}},
                                        PutDomain{"aviation", "Aviation", "", "ops"},
                                        PutProduct{"flights", "Flights", "", "aviation", "ops"},
                                        PutPort{"flights", {"a", PortDirection::Output, ""}},
                                        PutPort{"flights", {"b", PortDirection::Output, ""}},
                                        RemovePort{"flights", "a", PortDirection::Output},
                                        RemoveProduct{"flights"}};
    std::vector<Record> records;
    for (const Command& command : commands) {
        records.push_back(test::ledgerRecord(static_cast<std::int64_t>(records.size()), ada.write(command)));
    }
    return records;
}

std::vector<Record> part(const std::vector<Record>& records, std::size_t from, std::size_t to) {
    return {records.begin() + static_cast<std::ptrdiff_t>(from), records.begin() + static_cast<std::ptrdiff_t>(to)};
}

std::string dumpOf(const std::vector<Record>& records) {
    auto store = ProjectionStore::inMemory().value();
    if (!records.empty()) {
        Projector::open(*store).value()->apply(records).value();
    }
    return store->dump().value().text;
}

/// Applies records from `at` on, two in a transaction, in a process that dies without warning before step `dieAt`.
/// Returns whether it died (false: it got to the end).
bool applyAndDie(const fs::path& path, const std::vector<Record>& records, int dieAt) {
    const pid_t child = ::fork();
    if (child == 0) {
        int steps = 0;
        auto store = ProjectionStore::open(path, [&](std::string_view) {
            if (++steps == dieAt) {
                ::_exit(kKilled);
            }
        });
        auto projector = Projector::open(**store);
        const auto start = static_cast<std::size_t>((*projector)->head().number + 1);
        for (std::size_t at = start; at < records.size(); at += 2) {
            if (!(*projector)->apply(part(records, at, std::min(at + 2, records.size())))) {
                ::_exit(1);
            }
        }
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || (WEXITSTATUS(status) != kKilled && WEXITSTATUS(status) != 0)) {
        qFatal("the child failed by itself");
    }
    return WEXITSTATUS(status) == kKilled;
}

} // namespace

class CrashTest : public QObject {
    Q_OBJECT

private slots:
    /// Whatever step the process dies at, the file holds a whole number of transactions and is continued from there.
    void everyStepLeavesAPrefix() {
        const QTemporaryDir folder;
        const auto records = ledger();
        std::vector<std::string> prefixes;
        for (std::size_t n = 0; n <= records.size(); ++n) {
            prefixes.push_back(dumpOf(part(records, 0, n)));
        }
        int deaths = 0;
        for (int step = 1;; ++step) {
            const fs::path path = fs::path(folder.path().toStdString()) / ("at-" + std::to_string(step) + ".db");
            const bool died = applyAndDie(path, records, step);
            {
                auto store = ProjectionStore::open(path).value();
                const auto head = store->head().value();
                QVERIFY2(head.number % 2 == 1 || head.number == -1, "a transaction was torn");
                QCOMPARE(store->dump().value().text, prefixes.at(static_cast<std::size_t>(head.number + 1)));
            }
            QVERIFY(!applyAndDie(path, records, 0)); // goes on where it was
            QCOMPARE(ProjectionStore::open(path).value()->dump().value().text, prefixes.back());
            if (!died) {
                break;
            }
            ++deaths;
        }
        QVERIFY2(deaths >= 25, qPrintable(QString::number(deaths)));
    }

    /// A process that dies again and again still gets through.
    void dyingAtEveryTransactionStillMakesProgress() {
        const QTemporaryDir folder;
        const fs::path path = fs::path(folder.path().toStdString()) / "catalog.db";
        const auto records = ledger();
        int rounds = 0;
        while (rounds < 200) {
            const bool died = applyAndDie(path, records, 4 + rounds % 17);
            ++rounds;
            if (!died) {
                break;
            }
        }
        QVERIFY(rounds < 200);
        QCOMPARE(ProjectionStore::open(path).value()->dump().value().text, dumpOf(records));
    }
};

QTEST_GUILESS_MAIN(CrashTest)
#include "crash_test.moc"
