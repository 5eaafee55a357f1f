// SPDX-License-Identifier: Apache-2.0
#include "store/schema.h"
#include "store/store.h"

#include <QtTest>

#include <sqlite3.h>

#include <fstream>
#include <memory>

using namespace meshbone;
using namespace meshbone::lineage;
namespace fs = std::filesystem;

namespace {
Entry entryOf(const std::string& topic, std::int64_t records) {
    Entry entry;
    entry.observer = "embedded";
    entry.tuple.client = {"User:a", "h", "c", "s", "v"};
    entry.tuple.operation = backbone::Operation::Write;
    entry.tuple.resource = topic;
    entry.tuple.granted = records % 2 == 0;
    entry.internal = records % 3 == 0;
    entry.fromMs = 5;
    entry.toMs = 9;
    entry.total = {1, records, 10 * records};
    entry.spans = {{1, 2}, {5, 9}};
    entry.recent = {{5, 0}, {9, records}};
    entry.counts.add(5, 1);
    return entry;
}

std::string bytesOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void run(const fs::path& file, const char* sql) {
    sqlite3* db = nullptr;
    QCOMPARE(sqlite3_open(file.c_str(), &db), SQLITE_OK);
    QCOMPARE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
}
} // namespace

class StoreTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_file;

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = fs::path(m_folder->path().toStdString()) / "deep" / "lineage.db";
    }

    void whatIsAppliedIsLoaded() {
        {
            auto store = Store::open(m_file).value();
            QVERIFY(store.apply({{"k1", entryOf("a", 1)}, {"k2", entryOf("b", 2)}, {"k3", entryOf("c", 3)}},
                                {"id", Offset(3)}));
            QVERIFY(store.apply({{"k1", entryOf("a", 6)}, {"k2", std::nullopt}, {"gone", std::nullopt}},
                                {"id", Offset(6)}));
            QVERIFY(store.addNodes(0, {"t:a", "c:a"}));
            QVERIFY(store.addNodes(2, {"t:c"}));
        }
        auto store = Store::open(m_file).value();
        const auto stored = store.load().value();
        QCOMPARE(stored.followed.topicId, std::string("id"));
        QCOMPARE(stored.followed.next.value(), 6);
        QCOMPARE(stored.entries.size(), std::size_t{2});
        const std::map<std::string, Entry> entries(stored.entries.begin(), stored.entries.end());
        QVERIFY(entries.at("k1") == entryOf("a", 6));
        QVERIFY(entries.at("k3") == entryOf("c", 3));
        QVERIFY((stored.nodeKeys == std::vector<std::string>{"t:a", "c:a", "t:c"}));
    }

    void aFileFromBeforeHoursWereKeptIsReadAndFollowedAnew() {
        fs::create_directories(m_file.parent_path());
        run(m_file, kSchemaV1);
        run(m_file, "PRAGMA application_id = 0x4d424c4e; PRAGMA user_version = 1;"
                    "UPDATE followed SET topic_id = 'id', next_offset = 9; INSERT INTO node VALUES (0, 't:a');"
                    "INSERT INTO evidence VALUES (1,'k1',0,'embedded','User:a','h','c','s','v',1,0,0,'a',1,'',0,5,9,"
                    "7,8,9); INSERT INTO validity VALUES (1,1,9);");
        for (int opened = 0; opened < 2; ++opened) { // the second time it is of this version
            auto store = Store::open(m_file).value();
            const auto stored = store.load().value();
            QCOMPARE(stored.followed.topicId, std::string("id"));
            QCOMPARE(stored.followed.next.value(), opened == 0 ? 0 : 4); // the topic has what the file never had
            QCOMPARE(stored.entries.size(), std::size_t{1});
            QCOMPARE(stored.entries.front().second.total.requests, std::int64_t{7});
            QVERIFY(stored.entries.front().second.counts == catalog::RequestCounts());
            QCOMPARE(stored.nodeKeys.size(), std::size_t{1});
            QVERIFY(store.apply({}, {"id", Offset(4)}));
        }
    }

    void clearingKeepsTheIdsOfNodes() {
        auto store = Store::open(m_file).value();
        QVERIFY(store.apply({{"k1", entryOf("a", 1)}}, {"old", Offset(3)}));
        QVERIFY(store.addNodes(0, {"t:a"}));
        QVERIFY(store.clear({"new", Offset(0)}));
        const auto stored = store.load().value();
        QVERIFY(stored.entries.empty());
        QCOMPARE(stored.followed.topicId, std::string("new"));
        QCOMPARE(stored.nodeKeys.size(), std::size_t{1});
    }

    void foreignFilesAreLeftAsTheyAre_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("code");
        QTest::newRow("text") << "text" << static_cast<int>(ErrorCode::Corrupt);
        QTest::newRow("another program's") << "other" << static_cast<int>(ErrorCode::Corrupt);
        QTest::newRow("no id, but tables") << "noid" << static_cast<int>(ErrorCode::Corrupt);
        QTest::newRow("from a newer version") << "newer" << static_cast<int>(ErrorCode::Unsupported);
        QTest::newRow("damaged") << "damaged" << static_cast<int>(ErrorCode::Corrupt);
    }
    void foreignFilesAreLeftAsTheyAre() {
        QFETCH(QString, kind);
        QFETCH(int, code);
        fs::create_directories(m_file.parent_path());
        if (kind == "text") {
            std::ofstream(m_file) << std::string(300, 'x');
        } else if (kind == "other") {
            run(m_file, "PRAGMA application_id = 77; CREATE TABLE mine (a);");
        } else if (kind == "noid") {
            run(m_file, "CREATE TABLE mine (a);");
        } else {
            {
                auto store = Store::open(m_file).value();
                std::vector<Applied> many;
                for (int i = 0; i < 500; ++i) {
                    many.push_back({"k" + std::to_string(i), entryOf("a", i)});
                }
                QVERIFY(store.apply(many, {"id", Offset(500)}));
            }
            if (kind == "newer") {
                run(m_file, "PRAGMA user_version = 3;");
            } else {
                std::fstream out(m_file, std::ios::in | std::ios::out | std::ios::binary);
                out.seekp(3 * 4096);
                out << std::string(40'000, '\x5a');
            }
        }
        const auto before = bytesOf(m_file);
        const auto refused = Store::open(m_file);
        QVERIFY(!refused);
        QCOMPARE(static_cast<int>(refused.error().code), code);
        QVERIFY(refused.error().message.ends_with('.'));
        QVERIFY(refused.error().message.find(m_file.string()) != std::string::npos);
        QVERIFY(bytesOf(m_file) == before);
    }

    void aSecondOneIsLockedOut() {
        auto first = Store::open(m_file).value();
        QVERIFY(first.apply({}, {"id", Offset(1)}));
        const auto second = Store::open(m_file);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Locked);
    }

    void aFolderInTheWayIsToldSo() {
        fs::create_directories(m_file);
        const auto refused = Store::open(m_file);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Io);
    }
};

QTEST_GUILESS_MAIN(StoreTest)
#include "store_test.moc"
