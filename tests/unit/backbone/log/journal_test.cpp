// SPDX-License-Identifier: Apache-2.0
// The journal in front of several active logs: its format, and that nothing acknowledged by it is lost, doubled or out
// of place, on a disk that loses power. MESHBONE_SEED replays a run.
#include "fault_file_system.h"
#include "log_fixture.h"

#include "log/journal_format.h"
#include "log/log_names.h"

#include <map>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::test;

namespace {

const std::filesystem::path kFile = "/data/meshbone-journal";

// Two groups of two entries each.
std::string sampleJournal(const TopicId& id) {
    auto bytes = journalHeader(7);
    JournalGroup group;
    for (std::uint64_t sequence = 0; sequence < 2; ++sequence) {
        group.begin();
        for (int i = 0; i < 2; ++i) {
            const auto batch = makeBatch(3 + i);
            std::ranges::copy(batch, group.add(id, Partition(i), batch.size()).begin());
        }
        bytes += group.finish(7, sequence);
    }
    return bytes;
}

JournalContent read(FaultFileSystem& disk, std::string bytes) {
    disk.setContent(kFile, std::move(bytes));
    const auto file = disk.open(kFile, OpenMode::Read).value();
    auto content = readJournal(*file);
    return content ? std::move(*content) : JournalContent{};
}

// What was appended to each log, by value; a log's index is its partition.
class Mesh {
public:
    explicit Mesh(unsigned seed)
        : m_random(seed) {
        m_fixture.files = &m_disk;
        m_fixture.config.segmentBytes = 4'000 << below(4);
        m_fixture.journalBytes = 16'384ULL << below(4);
        must(m_fixture.open());
    }

    void step() {
        const auto dice = below(100);
        if (dice < 60) {
            appendRound();
        } else if (dice < 75) {
            m_fixture.directory->drain();
        } else if (dice < 80) {
            recreate();
        } else if (dice < 84) {
            must(m_fixture.reopen());
        } else {
            stopUncleanly(dice >= 88);
        }
    }
    [[nodiscard]] bool journalWasUsed() const { return m_journalUsed; }

private:
    template <class T>
    static void must(const Result<T>& status) {
        if (!status) {
            qFatal("%s", status.error().message.c_str());
        }
    }
    unsigned below(unsigned limit) { return m_random() % limit; }
    static TopicPartition nameOf(int partition) { return {"t", Partition(partition)}; }

    // As a turn of the loop that had requests for several partitions.
    void appendRound() {
        for (int partition = 0; partition < kLogs; ++partition) {
            if (below(3) == 0) {
                continue;
            }
            std::vector<Record> records;
            for (unsigned i = 0, count = 1 + below(3); i < count; ++i) {
                auto& values = m_values[partition];
                values.push_back(std::to_string(m_nextValue++) + std::string(below(100), '.'));
                records.push_back(makeRecord("k", values.back(), 1'000));
            }
            auto batch = buildBatch(records, {}).value();
            must(m_fixture.log(nameOf(partition)).append(batch, AppendOrigin::Client, 2'000));
        }
        m_fixture.directory->endTurn();
        if (below(2) == 0) {
            m_fixture.directory->drain();
        }
    }

    // The same name with another id: what the journal has of the old one must not come into the new one.
    void recreate() {
        const int partition = static_cast<int>(below(kLogs));
        if (m_fixture.directory->find(nameOf(partition)) != nullptr) {
            must(m_fixture.directory->remove(nameOf(partition)));
            m_values[partition].clear();
        }
    }

    void stopUncleanly(bool powerLoss) {
        m_fixture.directory->applyArrived();
        std::map<int, std::size_t> promised;
        for (const auto* log : m_fixture.directory->all()) {
            promised[log->name().partition.value()] = static_cast<std::size_t>(log->highWatermark().value());
        }
        m_fixture.directory.reset();
        if (m_disk.content(m_fixture.root() / journal_format::kName).size() > journal_format::kPageBytes) {
            const auto file = m_disk.open(m_fixture.root() / journal_format::kName, OpenMode::Read).value();
            const auto content = readJournal(*file);
            m_journalUsed = m_journalUsed || (content && !content->entries.empty());
        }
        if (powerLoss) {
            m_disk.losePower(m_random, below(2) == 0);
        }
        must(m_fixture.open());
        for (auto& [partition, values] : m_values) {
            check(partition, values, promised[partition]);
        }
    }

    void check(int partition, std::vector<std::string>& values, std::size_t promised) {
        auto* log = m_fixture.directory->find(nameOf(partition));
        if (log == nullptr) {
            if (!values.empty()) {
                qFatal("log %d is gone", partition);
            }
            return;
        }
        const auto records = readAll(*log, Offset(0));
        if (records.size() < promised || records.size() > values.size()) {
            qFatal("log %d has %zu records; %zu were acknowledged, %zu written", partition, records.size(), promised,
                   values.size());
        }
        values.resize(records.size());
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (records[i].value != values[i] || records[i].offset.value() != static_cast<std::int64_t>(i)) {
                qFatal("log %d has another record at %zu", partition, i);
            }
        }
        for (const auto& sentence : m_fixture.sentences) {
            if (sentence.contains("journal")) {
                qFatal("%s", sentence.c_str());
            }
        }
    }

    static constexpr int kLogs = 6;
    std::mt19937 m_random;
    FaultFileSystem m_disk;
    Fixture m_fixture;
    std::map<int, std::vector<std::string>> m_values;
    int m_nextValue = 0;
    bool m_journalUsed = false;
};

} // namespace

class JournalTest : public QObject {
    Q_OBJECT

private slots:
    void aGroupIsThereAsAWholeOrNotAtAll() {
        FaultFileSystem disk;
        MB_OK(disk.createDirectories("/data"));
        const auto id = TopicId::random();
        const auto whole = sampleJournal(id);
        const auto content = read(disk, whole);
        QCOMPARE(content.generation, 7U);
        QCOMPARE(content.entries.size(), 4U);
        QCOMPARE(content.entries[3].partition, Partition(1));
        QVERIFY(content.entries[3].topic == id);
        QCOMPARE(recordsIn(content.entries[3].batches).size(), 4U);
        const auto second = journal_format::kPageBytes * 2;
        for (std::size_t size = 0; size < whole.size(); size += 7) { // cut
            const auto entries = read(disk, whole.substr(0, size)).entries.size();
            QVERIFY(entries % 2 == 0);
            QVERIFY(size >= second || entries <= 2);
        }
        for (std::size_t at = 0; at < whole.size(); at += 3) { // and damaged
            auto damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
            const auto entries = read(disk, damaged).entries.size();
            QVERIFY(entries % 2 == 0);
            QVERIFY(at >= journal_format::kPageBytes || at < 16 || entries == 4);
        }
    }

    void whatIsOfAnEarlierUseIsNotRead() {
        FaultFileSystem disk;
        MB_OK(disk.createDirectories("/data"));
        auto bytes = sampleJournal(TopicId::random());
        QCOMPARE(read(disk, bytes).entries.size(), 4U);
        const auto header = journalHeader(8);
        std::ranges::copy(header, bytes.begin());
        const auto content = read(disk, bytes);
        QCOMPARE(content.generation, 8U);
        QVERIFY(content.entries.empty());
    }

    void nothingAcknowledgedIsLostDoubledOrOutOfPlace() {
        std::mt19937 random(runSeed());
        int used = 0;
        for (int round = 0; round < 60; ++round) {
            Mesh mesh(random());
            for (int i = 0; i < 60; ++i) {
                mesh.step();
            }
            used += mesh.journalWasUsed() ? 1 : 0;
        }
        QVERIFY2(used > 20, "the journal was hardly ever in use when the power went");
    }

    void aJournalThatFailsIsDoneWithout() {
        FaultFileSystem disk;
        Fixture fixture;
        fixture.files = &disk;
        MB_OK(fixture.open());
        const auto appendToAll = [&] {
            for (int i = 0; i < 4; ++i) {
                auto batch = makeBatch(1);
                MB_OK(fixture.log({"t", Partition(i)}).append(batch, AppendOrigin::Client, 2'000));
            }
            fixture.directory->drain();
        };
        const auto path = fixture.root() / journal_format::kName;
        for (int i = 0; i < 8; ++i) {
            appendToAll();
        }
        QVERIFY(disk.exists(fixture.root() / journal_format::kName));
        const auto file = disk.open(path, OpenMode::Read).value();
        QVERIFY(!readJournal(*file).value().entries.empty());
        disk.failNextSync("meshbone-journal.tmp"); // the name under which it was made
        appendToAll();
        appendToAll();
        for (const auto* log : fixture.directory->all()) {
            QVERIFY(!log->failure());
            QCOMPARE(log->highWatermark().value(), 10);
            QCOMPARE(log->recoveryPoint().value(), 10);
        }
    }

    void aCleanStopLeavesItEmptyAndNoPlaceForOneIsFine() {
        FaultFileSystem disk;
        Fixture fixture;
        fixture.files = &disk;
        const auto appendToAll = [&] {
            for (int i = 0; i < 4; ++i) {
                auto batch = makeBatch(1);
                MB_OK(fixture.log({"t", Partition(i)}).append(batch, AppendOrigin::Client, 2'000));
            }
            fixture.directory->drain();
        };
        MB_OK(fixture.open());
        for (int i = 0; i < 8; ++i) {
            appendToAll();
        }
        MB_OK(fixture.reopen());
        QVERIFY(fixture.directory->startedClean());
        const auto file = disk.open(fixture.root() / journal_format::kName, OpenMode::Read).value();
        QVERIFY(readJournal(*file).value().entries.empty());
        fixture.directory.reset();
        MB_OK(disk.remove(fixture.root() / journal_format::kName));
        MB_OK(fixture.open());
        disk.setCapacity(disk.usedBytes() + 20'000); // room for records, not for the journal
        for (int i = 0; i < 8; ++i) {
            appendToAll();
        }
        QVERIFY(!disk.exists(fixture.root() / journal_format::kName));
        QCOMPARE(fixture.log({"t", Partition(2)}).highWatermark().value(), 16);
    }
};

QTEST_GUILESS_MAIN(JournalTest)
#include "journal_test.moc"
