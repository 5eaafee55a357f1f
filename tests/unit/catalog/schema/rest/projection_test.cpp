// SPDX-License-Identifier: Apache-2.0
#include "served_registry.h"

#include "../registry/random_history.h"
#include "store/schemas/schemas_store.h"
#include "support/seed.h"

#include "schema/service/schemas_projection.h"
#include "schema/service/shared_registry.h"

#include <catalog/schema_fetches.h>

#include <QtTest>

#include <fstream>

using namespace meshbone;
using namespace meshbone::catalog;
using Json = nlohmann::json;
using test::dumpOf;
using test::RandomHistory;
using test::ServedRegistry;
namespace fs = std::filesystem;

namespace {

std::string numbered(int number) {
    return R"({"type":"enum","name":"E)" + std::to_string(number) + R"(","symbols":["A"]})";
}

/// A registry with a projection, and what it said of it.
class ProjectedRegistry {
    SchemaFetches m_fetches; // outlives what is served

public:
    ProjectedRegistry()
        : served(std::make_unique<ServedRegistry>(options())) {}

    [[nodiscard]] fs::path file() const { return fs::path(m_folder.path().toStdString()) / "schemas.db"; }
    void restart() { served->restart(false); }
    /// Stops the registry, has `change` done to its file, and starts it again.
    void changeFile(const std::function<void()>& change) {
        served->service().stop();
        change();
        restart();
    }
    /// Something that only the file says: whether it was believed shows in the answers.
    void mark() {
        changeFile([this] {
            auto store = SchemasStore::open(file()).value();
            const auto position = store->position().value();
            QVERIFY(position.last != kNoOffset);
            const std::vector<RegistryChanges> changes{{ConfigRow{"marked", R"({"compatibilityLevel":"FULL"})", 1}}};
            QVERIFY(store->apply(changes, position));
        });
    }
    void move(const std::function<void(SchemasPosition&)>& move) {
        changeFile([&] {
            auto store = SchemasStore::open(file()).value();
            auto position = store->position().value();
            move(position);
            QVERIFY(store->apply({}, position));
        });
    }
    [[nodiscard]] bool isMarked() { return served->ask("GET", "/config/marked").status == 200; }
    [[nodiscard]] std::string told() {
        const std::scoped_lock lock(m_mutex);
        return m_told;
    }
    /// All that its REST surface tells.
    [[nodiscard]] std::string all() {
        std::string text;
        for (const char* target : {"/schemas?deleted=true", "/subjects?deleted=true", "/contexts",
                                   "/meshbone/v1/settings", "/meshbone/v1/status"}) {
            text += served->ask("GET", target).text + "\n";
        }
        return text;
    }

private:
    SchemaServiceOptions options() {
        SchemaServiceOptions made;
        made.projection = file();
        made.fetches = &m_fetches; // since when they are known is told, and isn't the projection's
        made.tell = [this](const std::string& sentence) {
            const std::scoped_lock lock(m_mutex);
            m_told += sentence + "\n";
        };
        return made;
    }
    QTemporaryDir m_folder;
    std::mutex m_mutex;
    std::string m_told;

public:
    std::unique_ptr<ServedRegistry> served; ///< last: it uses the others
};

void fill(ServedRegistry& registry, int from = 0) {
    for (int i = from; i < from + 5; ++i) {
        registry.put("s" + std::to_string(i), numbered(i));
    }
    registry.ask("PUT", "/config/s1", {{"compatibility", "FULL"}});
    registry.ask("DELETE", "/subjects/s2");
}

} // namespace

class ProjectionTest : public QObject {
    Q_OBJECT
private slots:
    void aStageIsToldOnce();
    void aStartBeginsWithIt();
    void whatItLacksComesFromTheTopic();
    void withoutItTheStartIsTheSame();
    void aDamagedFileIsPutAsideAndBuiltAgain();
    void aFileInUseIsNoError();
    void aTopicThatWasMadeAgainIsNoticed();
    void aTopicThatLostItsBeginningIsNoticed();
    void aShorterTopicIsNoticed();
    void anotherRecordInItsPlaceIsNoticed();
    void aTopicThatIsGoneIsNoticed();
    void theSameFromBothForRandomHistories();
    void tooMuchAtOnceEndsItForNow();
};

void ProjectionTest::aStartBeginsWithIt() {
    ProjectedRegistry t;
    fill(*t.served);
    const auto before = t.all();
    t.restart();
    QCOMPARE(t.all(), before);
    t.mark();
    QVERIFY(t.isMarked());
    QCOMPARE(t.served->put("more", numbered(90)).json()["id"], 6); // it goes on
    t.restart();
    QVERIFY(t.isMarked());
    QCOMPARE(t.served->ask("GET", "/schemas/ids/6").status, 200);
    QCOMPARE(t.told(), std::string());
}

void ProjectionTest::whatItLacksComesFromTheTopic() {
    ProjectedRegistry t;
    fill(*t.served);
    fs::path old = t.file().string() + ".old";
    t.changeFile([&] { fs::copy_file(t.file(), old); });
    fill(*t.served, 50); // what the old file doesn't know
    const auto before = t.all();
    t.changeFile([&] { fs::rename(old, t.file()); });
    QCOMPARE(t.all(), before);
    QCOMPARE(t.told(), std::string());
}

void ProjectionTest::withoutItTheStartIsTheSame() {
    ProjectedRegistry t;
    fill(*t.served);
    t.mark();
    const auto withMark = t.all();
    t.changeFile([&] { fs::remove(t.file()); });
    QVERIFY(!t.isMarked());
    QCOMPARE(Json::parse(withMark.substr(0, withMark.find('\n'))),
             t.served->ask("GET", "/schemas?deleted=true").json());
    QCOMPARE(t.told(), std::string());
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(t.file()), 30'000);
    t.mark(); // it was built again
    QVERIFY(t.isMarked());
}

void ProjectionTest::aDamagedFileIsPutAsideAndBuiltAgain() {
    ProjectedRegistry t;
    fill(*t.served);
    const auto before = t.all();
    t.changeFile([&] { std::ofstream(t.file(), std::ios::binary) << std::string(9'000, 'x'); });
    QCOMPARE(t.all(), before);
    QVERIFY2(t.told().find("built again from the topic") != std::string::npos, t.told().c_str());
    QCOMPARE(fs::file_size(t.file().string() + ".damaged"), 9'000U);
    t.mark();
    QVERIFY(t.isMarked());
}

void ProjectionTest::aFileInUseIsNoError() {
    ProjectedRegistry t;
    fill(*t.served);
    const auto before = t.all();
    std::unique_ptr<SchemasStore> other;
    t.changeFile([&] { other = SchemasStore::open(t.file()).value(); });
    QCOMPARE(t.all(), before);
    QVERIFY2(t.told().find("in use by another program") != std::string::npos, t.told().c_str());
    QCOMPARE(t.served->put("more", numbered(90)).status, 200);
}

void ProjectionTest::aTopicThatWasMadeAgainIsNoticed() {
    ProjectedRegistry t;
    fill(*t.served);
    t.mark();
    t.served->service().stop();
    const CallOptions call{std::chrono::seconds(30), {}};
    QVERIFY(t.served->backbone().admin().deleteTopic("_schemas", call));
    bool isMade = false; // as soon as the one before is gone
    QTRY_VERIFY_WITH_TIMEOUT(isMade = isMade || t.served->backbone().admin().createTopic(
                                                    {"_schemas", 1, 1, {{"cleanup.policy", "compact"}}}, call),
                             30'000);
    auto producer = t.served->backbone().producer({}).value();
    for (int i = 0; i < 30; ++i) { // longer than the one before
        const auto number = std::to_string(i);
        Record record;
        record.topic = "_schemas";
        record.partition = Partition(0);
        record.key = R"({"keytype":"SCHEMA","subject":"n)" + number + R"(","version":1,"magic":1})";
        record.value = R"({"id":)" + number + R"(,"schema":"\"int\"","metadata":{"properties":{"n":")" + number +
                       R"("}},"deleted":false})";
        QVERIFY(producer->produceAndWait(std::move(record), call));
    }
    t.restart();
    QVERIFY(!t.isMarked());
    QCOMPARE(t.served->ask("GET", "/subjects").json().size(), 30U);
    QCOMPARE(t.served->ask("GET", "/subjects/s1/versions").status, 404);
    // By its id, or, where the client still remembers the one before, by its last record.
    QVERIFY2(t.told().find("isn't the one that was read before") != std::string::npos, t.told().c_str());
    t.mark();
    QVERIFY(t.isMarked());
    QCOMPARE(t.served->ask("GET", "/subjects").json().size(), 30U);
}

void ProjectionTest::aTopicThatLostItsBeginningIsNoticed() {
    ProjectedRegistry t;
    fill(*t.served);
    t.mark();
    t.served->service().stop();
    const CallOptions call{std::chrono::seconds(30), {}};
    auto& admin = t.served->backbone().admin();
    QVERIFY(admin.alterTopicConfig("_schemas", {{"cleanup.policy", "delete"}}, call));
    QVERIFY(admin.deleteRecords({{{"_schemas", Partition(0)}, Offset(2), -1}}, call));
    t.restart();
    QVERIFY(!t.isMarked());
    QCOMPARE(t.served->ask("GET", "/subjects/s0/versions").status, 404); // as the topic says now
    QCOMPARE(t.served->ask("GET", "/subjects/s3/versions").status, 200);
    QVERIFY2(t.told().find("its beginning is gone") != std::string::npos, t.told().c_str());
}

void ProjectionTest::aShorterTopicIsNoticed() {
    ProjectedRegistry t;
    fill(*t.served);
    const auto before = t.all();
    t.mark();
    t.move([](SchemasPosition& position) { position.last = position.last + 10; });
    QCOMPARE(t.all(), before);
    QVERIFY2(t.told().find("it is shorter than it was") != std::string::npos, t.told().c_str());
}

void ProjectionTest::anotherRecordInItsPlaceIsNoticed() {
    ProjectedRegistry t;
    fill(*t.served);
    const auto before = t.all();
    t.mark();
    t.move([](SchemasPosition& position) { ++position.lastSum; });
    QCOMPARE(t.all(), before);
    QVERIFY2(t.told().find("another record stands where the last one was") != std::string::npos, t.told().c_str());
    t.mark(); // it was built again, and is believed again
    QVERIFY(t.isMarked());
}

void ProjectionTest::aStageIsToldOnce() {
    using Stage = RegistryStatus::Stage;
    SharedRegistry registry;
    int told = 0;
    const auto changes = registry.onChanged([&] { ++told; });
    registry.setStage(Stage::Ready);
    registry.setStage(Stage::Ready); // a topic that isn't there is looked for again and again
    QCOMPARE(told, 1);
    registry.setStage(Stage::Connecting, "The backbone can't be reached.");
    registry.setStage(Stage::Connecting, "The backbone is shut down.");
    QCOMPARE(told, 3);
    QVERIFY(registry.isComplete());
}

void ProjectionTest::aTopicThatIsGoneIsNoticed() {
    ProjectedRegistry t;
    fill(*t.served);
    t.served->service().stop();
    QVERIFY(t.served->backbone().admin().deleteTopic("_schemas", {std::chrono::seconds(30), {}}));
    t.restart();
    QCOMPARE(t.served->ask("GET", "/subjects").text, std::string("[]"));
    QVERIFY2(t.told().find("it is gone") != std::string::npos, t.told().c_str());
    QCOMPARE(t.served->put("first", numbered(1)).json()["id"], 1);
    t.restart();
    QCOMPARE(t.served->ask("GET", "/subjects").json(), Json({"first"}));
}

void ProjectionTest::theSameFromBothForRandomHistories() {
    const QTemporaryDir folder;
    const auto file = fs::path(folder.path().toStdString()) / "schemas.db";
    RandomHistory history(test::testSeed());
    for (int round = 0; round < 5; ++round) {
        fs::remove(file);
        const auto records = history.records(1'500);
        SharedRegistry whole;
        for (std::size_t i = 0; i < records.size(); ++i) {
            whole.apply(Offset(static_cast<std::int64_t>(i)), 5, records[i]);
        }
        while (true) { // as registries that are stopped somewhere, and started again
            SchemasProjection projection(file, [](const std::string& sentence) { qFatal("%s", sentence.c_str()); });
            SharedRegistry registry(&projection);
            if (auto kept = projection.load()) {
                registry.adopt(std::move(kept->state), kept->position.counts, kept->position.last + 1);
            }
            const auto begun = static_cast<std::size_t>(registry.next().value());
            const auto end = std::min(records.size(), begun + static_cast<std::size_t>(history.number(1, 700)));
            for (auto i = begun; i < end; ++i) {
                registry.apply(Offset(static_cast<std::int64_t>(i)), 5, records[i]);
            }
            projection.stop();
            if (begun == records.size()) {
                QCOMPARE(dumpOf(registry.copy()), dumpOf(whole.copy()));
                QCOMPARE(registry.status(), whole.status());
                break;
            }
        }
    }
}

void ProjectionTest::tooMuchAtOnceEndsItForNow() {
    const QTemporaryDir folder;
    const auto file = fs::path(folder.path().toStdString()) / "schemas.db";
    std::mutex mutex;
    std::string told;
    std::promise<void> go;
    std::atomic<bool> isStuck = false;
    auto gone = go.get_future().share();
    SchemasProjection projection(
        file,
        [&](const std::string& sentence) {
            const std::scoped_lock lock(mutex);
            told += sentence;
        },
        [gone, &isStuck](std::string_view step) {
            if (isStuck && step == "begin") {
                gone.wait(); // a disk that takes nothing
            }
        });
    SharedRegistry registry(&projection);
    QVERIFY(!projection.load());
    isStuck = true;
    constexpr auto kMany =
        static_cast<std::int64_t>(SchemasProjection::kMaxWaiting + SchemasProjection::kMaxBatch + 10);
    for (std::int64_t i = 0; i < kMany; ++i) {
        registry.apply(Offset(i), 5, RegistryRecord(ConfigRecord{std::to_string(i), "{}"}));
    }
    go.set_value();
    projection.stop();
    QVERIFY2(told.find("More changes of schemas came") != std::string::npos, told.c_str());
    auto store = SchemasStore::open(file).value();
    const auto last = store->position().value().last;
    QVERIFY(last >= Offset(static_cast<std::int64_t>(SchemasProjection::kMaxWaiting) - 1) && last < Offset(kMany - 1));
    QCOMPARE(static_cast<std::int64_t>(store->load().value().configs().size()), last.value() + 1); // a whole prefix
}

QTEST_MAIN(ProjectionTest)
#include "projection_test.moc"
