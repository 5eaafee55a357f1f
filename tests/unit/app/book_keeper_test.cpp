// SPDX-License-Identifier: Apache-2.0
#include "schema_marks.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::app;
using catalog::SchemaFetches;
using catalog::SchemaId;

/// A book that is kept in its file, with who asked for schemas as the book.
class BookKeeperTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return m_folder.filePath(QLatin1String(name)).toStdString();
    }

private slots:
    void whatIsNotedComesBack() {
        std::vector<catalog::SchemaFetch> noted;
        {
            SchemaFetches book;
            const FetchesKeeper keeper(book, path("kept.json"), "test");
            QVERIFY(keeper.isOnlyOne());
            book.note({".", SchemaId(3), "User:ada", "127.0.0.1", "py", -1});
            noted = book.all();
        } // it ends at once, and what changed last is written
        SchemaFetches book;
        const FetchesKeeper keeper(book, path("kept.json"), "test");
        QCOMPARE(book.all(), noted);
    }

    void itIsWrittenWhileItRuns() {
        SchemaFetches book;
        const FetchesKeeper keeper(book, path("running.json"), "test");
        book.note({".", SchemaId(3), "User:ada", "127.0.0.1", "py", -1});
        QVERIFY(QTest::qWaitFor([&] { return std::filesystem::exists(path("running.json")); }, 60'000));
    }

    void aDamagedFileIsPutAside() {
        QFile file(QString::fromStdString(path("damaged.json").string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"v\":1,\"fetches\":[7");
        file.close();
        SchemaFetches book;
        {
            const FetchesKeeper keeper(book, path("damaged.json"), "test");
            QVERIFY(book.all().empty());
            QVERIFY(!file.exists());
            QVERIFY(std::filesystem::exists(path("damaged.json.damaged")));
            book.note({".", SchemaId(4), "", "127.0.0.1", "", -1});
        }
        SchemaFetches again;
        const FetchesKeeper keeper(again, path("damaged.json"), "test");
        QCOMPARE(again.all(), book.all());
    }

    void aSecondOneWritesNothing() {
        SchemaFetches book, other;
        const FetchesKeeper keeper(book, path("shared.json"), "test");
        {
            const FetchesKeeper second(other, path("shared.json"), "other");
            QVERIFY(!second.isOnlyOne());
            other.note({".", SchemaId(5), "", "127.0.0.1", "", -1});
        }
        QVERIFY(!std::filesystem::exists(path("shared.json")));
    }
};

QTEST_GUILESS_MAIN(BookKeeperTest)
#include "book_keeper_test.moc"
