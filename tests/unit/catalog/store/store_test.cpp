// SPDX-License-Identifier: Apache-2.0
#include "ledger/projector.h"
#include "store/database.h"
#include "store/projection_store.h"
#include "support/ledger_author.h"

#include <QtTest>

#include <fstream>
#include <random>
#include <sstream>

using namespace meshbone;
using namespace meshbone::catalog;
using test::ledgerRecord;
namespace fs = std::filesystem;

namespace {

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
void write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

/// A query with one thing or another set.
LedgerQuery where(const std::function<void(LedgerQuery&)>& set) {
    LedgerQuery query;
    set(query);
    return query;
}

std::vector<Record> smallLedger() {
    const test::LedgerAuthor ada("ada");
    const std::vector<Command> commands{ada.enrolment(),
                                        PutTeam{"ops", "Operations", "", {"ada"}},
                                        PutDomain{"aviation", "Aviation", "", "ops"},
                                        PutProduct{"flights", "Flights", "\xc3\x9c", "aviation", "ops"},
                                        PutPort{"flights", {"flights.v1", PortDirection::Output, "all"}},
                                        DescribeTopic{"flights.v1", "One a flight"},
                                        RemoveDomain{"aviation"}, // rejected
                                        RecordAct{"topic.created", "flights.v1", {}, {{"partitions", "3"}}}};
    std::vector<Record> records;
    for (const Command& command : commands) {
        records.push_back(ledgerRecord(static_cast<std::int64_t>(records.size()), ada.write(command)));
    }
    return records;
}

backbone::AclBinding flightsBinding() {
    return {backbone::ResourceKind::Topic, backbone::PatternType::Literal, "flights.v1", "User:x"};
}

/// One of everything about access: Bob asks, Ada decides, enforces and asks again whether it is needed.
std::vector<Record> accessLedger() {
    const test::LedgerAuthor ada("ada"), bob("bob");
    std::vector<Record> records;
    std::map<std::string, std::int64_t> revisions;
    const auto write = [&](const test::LedgerAuthor& author, const Command& command, const char* why = "") {
        Entry entry = author.draft(command);
        const auto number = static_cast<std::int64_t>(records.size());
        std::string thing = std::string(kindName(*kindOf(command))) + subjectOf(command);
        entry.expected = revisions[thing];
        entry.why = why;
        revisions[thing] = revisionOfEntry(number);
        records.push_back(ledgerRecord(number, author.sign(entry)));
        return number;
    };
    write(ada, ada.enrolment());
    write(ada, bob.enrolment());
    write(ada, PutTeam{"ops", "Operations", "", {"ada"}});
    write(ada, PutDomain{"aviation", "Aviation", "", "ops"});
    write(ada, PutProduct{"flights", "Flights", "", "aviation", "ops"});
    write(ada, PutPort{"flights", {"flights.v1", PortDirection::Output, ""}});
    write(ada, PutAccessRoles{"ops", ""});
    write(ada, PutPrincipal{"User:x", "X", PrincipalKind::Tool, "", "bob"});
    write(ada, Classify{false, "flights.v1", Classification::Confidential});
    write(ada, Classify{true, "flights", Classification::Restricted});
    write(ada, PutPolicy{Policy{.id = "p", .name = "P", .maxDays = 30}});
    write(ada, PutPolicy{Policy{.id = "gone", .name = "Gone"}});
    write(ada, RemovePolicy{"gone"});
    write(ada, PutPolicy{Policy{.id = "gone", .name = "Here"}});
    write(ada, RemovePolicy{"gone"});
    const AccessScope scope{"User:x", "*", Role::Consumer, {{"flights.v1"}}, {}, {"g"}, {}};
    write(bob, SubmitRequest{"r", scope, "flights", "", "To read \xc3\xa4", kNoEnd});
    write(ada, CommentRequest{"r", "Why?", true});
    write(ada, ApproveRequest{"r", scope, kNoEnd, "if"}, "Fine");
    revisions["grantr"] = revisionOfEntry(static_cast<std::int64_t>(records.size()) - 1);
    write(ada, ReportGrant{"r", GrantState::Enforced, "", 3, {{flightsBinding(), BindingOutcome::Created, ""}}});
    write(ada, OpenCampaign{"c", "C", "flights", kNoEnd});
    write(ada, AnswerCampaign{"c", "r", true});
    revisions["grantr"] = revisionOfEntry(static_cast<std::int64_t>(records.size()) - 1);
    write(ada, ReportGrant{"r", GrantState::Partly, "", 4, {{flightsBinding(), BindingOutcome::Failed, "no"}}});
    return records;
}

} // namespace

namespace {

void asVersion9(const std::filesystem::path& path) {
    auto database = Database::open(path).value();
    database->transaction([&] { database->prepared("PRAGMA user_version = 9").exec(); });
    database->close();
}

} // namespace

class StoreTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    [[nodiscard]] fs::path path(const char* name = "catalog.db") const {
        return fs::path(m_folder.path().toStdString()) / QTest::currentTestFunction() / name;
    }
    void makeCatalog() const {
        auto store = ProjectionStore::open(path()).value();
        QVERIFY(Projector::open(*store).value()->apply(smallLedger()));
        QVERIFY(store->close());
    }
    /// Opening fails with `code`, and not one byte of the file has changed.
    void refused(ErrorCode code, const char* word) const {
        const std::string before = bytesOf(path());
        auto opened = ProjectionStore::open(path());
        QVERIFY(!opened);
        QVERIFY2(opened.error().code == code, opened.error().message.c_str());
        QVERIFY2(opened.error().message.find(word) != std::string::npos, opened.error().message.c_str());
        QVERIFY(bytesOf(path()) == before);
    }

private slots:
    void init() { fs::create_directories(path().parent_path()); }

    void whatWasAppliedIsThereAgain() {
        const auto records = smallLedger();
        std::string dump;
        {
            auto store = ProjectionStore::open(path()).value();
            QVERIFY(Projector::open(*store).value()->apply(records));
            dump = store->dump().value().text;
        }
        auto store = ProjectionStore::open(path()).value();
        QCOMPARE(store->dump().value().text, dump);
        const auto head = store->head().value();
        QCOMPARE(head.number, 7);
        QCOMPARE(head.entries, 8);
        QCOMPARE(head.raw, *records.back().value);
        const Mesh mesh = store->loadMesh().value();
        QCOMPARE(mesh.products.find("flights")->ports.size(), std::size_t{1});
        QCOMPARE(mesh.products.find("flights")->revision, 5);
        QCOMPARE(mesh.people.find("ada")->publicKeys.size(), std::size_t{1});
        QCOMPARE(mesh.teams.find("ops")->people, std::vector<std::string>{"ada"});
        QCOMPARE(mesh.topics.find("flights.v1")->description, std::string("One a flight"));
        QCOMPARE(*mesh.outputs.find("flights.v1"), std::string("flights"));
        QVERIFY(store->dump().value().text.find("description=\"\\xc3\\x9c\"") != std::string::npos);
    }

    void queriesFilterAndCount() {
        makeCatalog();
        auto store = ProjectionStore::open(path()).value();
        auto page = store->query({}).value();
        QCOMPARE(page.total, 8);
        QCOMPARE(page.matching, 8);
        QCOMPARE(page.entries.front().number, 7); // newest first
        QCOMPARE(page.entries.front().act, std::string("topic.created"));
        QVERIFY(!page.entries[1].accepted);
        QVERIFY(page.entries[1].rejection.find("flights") != std::string::npos);
        page = store->query(where([](auto& q) { q.act = "product.put"; })).value();
        QCOMPARE(page.matching, 1);
        QCOMPARE(page.entries.at(0).changes.size(), std::size_t{4});
        page = store->query(where([](auto& q) { q.contains = "ONE A fl"; })).value();
        QCOMPARE(page.entries.at(0).number, 5);
        QCOMPARE(store->query(where([](auto& q) { q.contains = "%"; })).value().matching,
                 0); // a letter, not a wildcard
        page = store->query(where([](auto& q) { q.author = "ada", q.offset = 2, q.limit = 3; })).value();
        QCOMPARE(page.matching, 8);
        QCOMPARE(page.entries.size(), std::size_t{3});
        QCOMPARE(page.entries[0].number, 5);
        QCOMPARE(store->query(where([](auto& q) { q.fromMs = 1'700'000'000'001; })).value().matching, 0);
        const auto both =
            where([](auto& q) { q.contains = "flights", q.subject = "flights", q.toMs = 1'700'000'000'001; });
        QCOMPARE(store->query(both).value().matching, 2);
        QCOMPARE(store->lastChange(Kind::Product, "flights", 7).value()->number, 4);
        QVERIFY(!store->lastChange(Kind::Team, "flights", 7).value());
        QCOMPARE(store->entry(99).error().code, ErrorCode::NotFound);
    }

    /// Everything about a topic is found by it, whatever it is named by.
    void entriesAreFoundByTopicAndProduct() {
        auto store = ProjectionStore::open(path()).value();
        QVERIFY(Projector::open(*store).value()->apply(accessLedger()));
        const auto acts = [&](const LedgerQuery& query) {
            std::string found;
            const auto page = store->query(query).value();
            for (auto entry = page.entries.rbegin(); entry != page.entries.rend(); ++entry) {
                found += (found.empty() ? "" : " ") + entry->act;
            }
            return page.matching == static_cast<std::int64_t>(page.entries.size()) ? found : "miscounted";
        };
        const std::string all = "product.put port.put access.classify access.classify request.submit request.comment "
                                "request.approve grant.report access.campaign_answer grant.report";
        QCOMPARE(acts(where([](auto& q) { q.topic = "flights.v1"; })), all);
        QCOMPARE(acts(where([](auto& q) { q.topic = "flights.v2"; })), std::string());
        QCOMPARE(acts(where([](auto& q) { q.topic = "flights.v1", q.author = "bob"; })), std::string("request.submit"));
        QVERIFY(acts(where([](auto& q) { q.product = "flights"; })).find("campaign_open") != std::string::npos);
        QCOMPARE(acts(where([](auto& q) { q.product = "quakes"; })), std::string());
        QCOMPARE(store->matching(where([](auto& q) { q.topic = "flights.v1"; })).value().size(), std::size_t{10});
        QCOMPARE(store->topicsOf("flights").value(), std::vector<std::string>{"flights.v1"});
    }
    void aPrefixOrAWildcardCoversATopic() {
        const test::LedgerAuthor ada("ada");
        const auto asking = [&](const char* id, const NamePattern& pattern) {
            Entry entry = ada.draft(SubmitRequest{
                id, {"User:x", "*", Role::Consumer, {pattern}, {}, {"g"}, {}}, "", "", "To read", kNoEnd});
            entry.expected = 0;
            return ada.sign(entry);
        };
        const backbone::AclBinding everything{backbone::ResourceKind::Topic, backbone::PatternType::Literal, "*",
                                              "User:y", "*"};
        Entry mark = ada.draft(MarkBinding{everything, BindingStanding::Adopted, false, "ops", kNoEnd});
        mark.expected = 0;
        const std::vector<std::string> entries{ada.write(ada.enrolment()),
                                               ada.write(PutTeam{"ops", "Operations", "", {"ada"}}),
                                               asking("narrow", {"eu.flights"}),
                                               asking("wide", {"eu.", backbone::PatternType::Prefixed}),
                                               asking("other", {"us.", backbone::PatternType::Prefixed}),
                                               ada.sign(mark)};
        std::vector<Record> records;
        for (const std::string& entry : entries) {
            records.push_back(ledgerRecord(static_cast<std::int64_t>(records.size()), entry));
        }
        auto store = ProjectionStore::open(path()).value();
        QVERIFY(Projector::open(*store).value()->apply(records));
        const auto numbers = [&](const char* topic) {
            return store->matching(where([&](auto& q) { q.topic = topic; })).value();
        };
        QCOMPARE(numbers("eu.flights"), (std::vector<std::int64_t>{2, 3, 5}));
        QCOMPARE(numbers("eu.trains"), (std::vector<std::int64_t>{3, 5}));
        QCOMPARE(numbers("eu"), (std::vector<std::int64_t>{5}));
    }
    /// A file of an older version is indexed when it is opened, without the topic.
    void anOlderFileLearnsWhatItsEntriesAreAbout() {
        auto store = ProjectionStore::open(path()).value();
        QVERIFY(Projector::open(*store).value()->apply(smallLedger()));
        const std::string dump = store->dump().value().text;
        QVERIFY(store->close());
        {
            auto database = Database::open(path()).value();
            database->transaction([&] {
                database->prepared("DELETE FROM entry_about").exec();
                database->prepared("PRAGMA user_version = 4").exec();
            });
            database->close();
        }
        store = ProjectionStore::open(path()).value();
        QVERIFY(store->lacksAbout().value());
        QVERIFY(Projector::open(*store));
        QCOMPARE(store->dump().value().text, dump);
    }

    void aSecondOpenerIsLockedOut() {
        auto store = ProjectionStore::open(path()).value();
        auto second = ProjectionStore::open(path());
        QCOMPARE(second.error().code, ErrorCode::Locked);
        QVERIFY(store->close());
        QVERIFY(ProjectionStore::open(path()));
    }

    void aRandomFileIsRefused() {
        std::mt19937 random(7);
        std::string bytes(20'000, '\0');
        std::ranges::generate(bytes, [&] { return static_cast<char>(random()); });
        write(path(), bytes);
        refused(ErrorCode::Corrupt, "isn't a Meshbone catalog");
    }
    void aShortTextIsRefused() {
        write(path(), "my notes\n");
        refused(ErrorCode::Corrupt, "isn't a Meshbone catalog");
    }
    void anotherProgramsDatabaseIsRefused() {
        SQLite::Database(path().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE t (x)");
        refused(ErrorCode::Corrupt, "another program");
    }
    void aNewerVersionIsRefused() {
        makeCatalog();
        SQLite::Database(path().string(), SQLite::OPEN_READWRITE)
            .exec("PRAGMA user_version = " + std::to_string(migrations().back().version + 1));
        refused(ErrorCode::Unsupported, "newer Meshbone");
    }
    void aTruncatedFileIsRefused() {
        makeCatalog();
        const std::string whole = bytesOf(path());
        for (const std::size_t size : {std::size_t{1}, std::size_t{50}, std::size_t{100}, std::size_t{4096},
                                       whole.size() / 2, whole.size() - 4096, whole.size() - 1}) {
            write(path(), whole.substr(0, size));
            refused(ErrorCode::Corrupt, "it away");
        }
    }
    void aDamagedPageIsRefused() {
        makeCatalog();
        std::string bytes = bytesOf(path());
        std::fill(bytes.begin() + 4096, bytes.begin() + 8192, '\x5a');
        write(path(), bytes);
        refused(ErrorCode::Corrupt, "damaged");
    }
    void anEmptyFileHoldsNothingToLose() {
        write(path(), "");
        QVERIFY(ProjectionStore::open(path()));
    }
    void aFolderThatIsNotThereIsSaid() {
        auto opened = ProjectionStore::open(path("no/such/folder.db"));
        QCOMPARE(opened.error().code, ErrorCode::Io);
    }

    void migrationsRunInOrderAndOnlyOnce() {
        makeCatalog();
        const std::int32_t now = migrations().back().version;
        std::vector<Migration> later(migrations().begin(), migrations().end());
        later.push_back({now + 1, "ALTER TABLE person ADD COLUMN mail TEXT"});
        later.push_back({now + 2, "UPDATE person SET mail = id"});
        for (int round = 0; round < 2; ++round) {
            auto database = Database::open(path(), later).value();
            auto& row = database->prepared("SELECT mail FROM person");
            QVERIFY(row.executeStep());
            QCOMPARE(row.getColumn(0).getString(), std::string("ada"));
        }
        refused(ErrorCode::Unsupported, ("version " + std::to_string(now + 2)).c_str());
    }
    void aRenewalOfAnOlderFileIsReadAgain() {
        makeCatalog();
        const auto people = [this] {
            auto database = Database::open(path(), migrations()).value();
            auto& row = database->prepared("SELECT COUNT(*) FROM person");
            return row.executeStep() ? row.getColumn(0).getInt() : -1;
        };
        const auto makeOlder = [this](const char* sql) {
            SQLite::Database(path().string(), SQLite::OPEN_READWRITE)
                .exec(std::string(sql) + "PRAGMA user_version = 8");
        };
        makeOlder("");
        QCOMPARE(people(), 1); // nothing was renewed: it keeps what it has
        makeOlder("INSERT INTO access_request VALUES ('r', 'ada', 'approved', 1, '{\"renews\":\"g\"}', 1);");
        QCOMPARE(people(), 0);
        QCOMPARE(people(), 0);
        QCOMPARE(ProjectionStore::open(path()).value()->head().value().entries, 0);
    }
    void domainsOfAnOlderFileGetThePlaceInWhichTheyWereMade() {
        const test::LedgerAuthor ada("ada");
        const std::vector<Command> commands{ada.enrolment(),
                                            PutTeam{"ops", "Operations", "", {"ada"}},
                                            PutDomain{"zoo", "Zoo", "", "ops"},
                                            PutDomain{"aviation", "Aviation", "", "ops"},
                                            PutDomain{"zoo", "The zoo", "", "ops"},
                                            RemoveDomain{"aviation"},
                                            PutDomain{"aviation", "Aviation again", "", "ops"}};
        std::vector<Record> records;
        for (const Command& command : commands) {
            records.push_back(ledgerRecord(static_cast<std::int64_t>(records.size()), ada.write(command)));
        }
        auto fresh = ProjectionStore::open(path("fresh.db")).value();
        QVERIFY(Projector::open(*fresh).value()->apply(records));
        const std::string dump = fresh->dump().value().text;
        QVERIFY(fresh->close());
        {
            auto database = Database::open(path("fresh.db")).value();
            database->transaction([&] { // as version 1 would have left it
                database->prepared("ALTER TABLE domain DROP COLUMN created").exec();
                database->prepared("PRAGMA user_version = 1").exec();
            });
            database->close();
        }
        auto migrated = ProjectionStore::open(path("fresh.db")).value();
        QCOMPARE(migrated->dump().value().text, dump);
        const Mesh mesh = migrated->loadMesh().value();
        QCOMPARE(mesh.domains.find("zoo")->created, std::int64_t{3});
        QCOMPARE(mesh.domains.find("aviation")->created, std::int64_t{7});
    }
    /// A projection that is closed and opened after every entry is the one that never was: what is read is what was
    /// written.
    void everyThingOfAccessIsReadAsItWasWritten() {
        const auto records = accessLedger();
        auto whole = ProjectionStore::open(path("whole.db")).value();
        QVERIFY(Projector::open(*whole).value()->apply(records));
        for (const Record& record : records) {
            auto store = ProjectionStore::open(path()).value();
            QVERIFY(Projector::open(*store).value()->apply(std::span(&record, 1)));
            QVERIFY(store->close());
        }
        auto store = ProjectionStore::open(path()).value();
        QCOMPARE(store->dump().value().text, whole->dump().value().text);
        const auto page = store->query({}).value();
        for (const LedgerEntry& entry : page.entries) {
            QVERIFY2(entry.accepted, (entry.act + ": " + entry.rejection).c_str());
        }
        const Mesh mesh = store->loadMesh().value();
        QCOMPARE(mesh.grants.find("r")->results.at(0).binding, flightsBinding());
        QCOMPARE(mesh.policies.find("p")->maxDays, std::int64_t{30});
        QVERIFY(goneRevision(mesh, Kind::Policy, "gone") > 0);
        QCOMPARE(mesh.campaigns.find("c")->items.at(0).answer, CampaignAnswer::Kept);
        QCOMPARE(mesh.bindings.items().begin()->second->standing, BindingStanding::Created);
        QCOMPARE(store->lastChange(Kind::Grant, "r", 99).value()->act, std::string("grant.report"));
        QCOMPARE(store->lastChange(Kind::Campaign, "c", 99).value()->act, std::string("access.campaign_answer"));
    }
    void contractsAreReadAsTheyWereWritten() {
        const test::LedgerAuthor ada("ada");
        const std::vector<Command> commands{ada.enrolment(),
                                            PutTeam{"ops", "Operations", "", {"ada"}},
                                            PutDomain{"aviation", "Aviation", "", "ops"},
                                            PutProduct{"flights", "Flights", "", "aviation", "ops"},
                                            PutContract{false, "flights", "# a\r\nkind: DataContract\n"},
                                            PutContract{true, "flights", "kind: DataProduct\n"},
                                            PutContract{false, "gone", "kind: DataContract\n"},
                                            RemoveContract{false, "gone"}};
        std::vector<Record> records;
        for (const Command& command : commands) {
            records.push_back(ledgerRecord(static_cast<std::int64_t>(records.size()), ada.write(command)));
        }
        auto whole = ProjectionStore::open(path("whole.db")).value();
        QVERIFY(Projector::open(*whole).value()->apply(records));
        for (const Record& record : records) {
            auto store = ProjectionStore::open(path()).value();
            QVERIFY(Projector::open(*store).value()->apply(std::span(&record, 1)));
            QVERIFY(store->close());
        }
        auto store = ProjectionStore::open(path()).value();
        QCOMPARE(store->dump().value().text, whole->dump().value().text);
        const Mesh mesh = store->loadMesh().value();
        QCOMPARE(mesh.topicContracts.items().size(), std::size_t{1});
        QCOMPARE(mesh.topicContracts.find("flights")->text, std::string("# a\r\nkind: DataContract\n"));
        QCOMPARE(mesh.productContracts.find("flights")->revision, std::int64_t{6});
        QCOMPARE(store->lastChange(Kind::TopicContract, "gone", 99).value()->act, std::string("contract.remove"));
        QCOMPARE(store->query(where([](auto& q) { q.topic = "flights"; })).value().entries.at(0).act,
                 std::string("contract.put"));
    }
    /// Entries that an older Meshbone rejected because it didn't know them may be known now.
    void aProjectionThatMetUnknownActsIsEmptied() {
        makeCatalog();
        const auto asVersion2 = [&](const char* change) {
            auto database = Database::open(path()).value();
            database->transaction([&] {
                database->prepared(change).exec();
                database->prepared("PRAGMA user_version = 2").exec();
            });
            database->close();
        };
        asVersion2("UPDATE entry SET code = 'conflict' WHERE accepted = 0");
        QCOMPARE(ProjectionStore::open(path()).value()->head().value().entries, 8);
        asVersion2("UPDATE entry SET code = 'unsupported' WHERE accepted = 0");
        auto store = ProjectionStore::open(path()).value();
        QCOMPARE(store->head().value().entries, 0);
        QVERIFY(store->loadMesh().value().people.items().empty());
        QVERIFY(Projector::open(*store).value()->apply(smallLedger()));
    }
    /// Who must agree to what was asked is decided more strictly since version 10.
    void aProjectionInWhichSomebodyAskedIsEmptied() {
        auto store = ProjectionStore::open(path()).value();
        QVERIFY(Projector::open(*store).value()->apply(accessLedger()));
        QVERIFY(!store->loadMesh().value().requests.items().empty());
        QVERIFY(store->close());
        asVersion9(path());
        store = ProjectionStore::open(path()).value();
        QCOMPARE(store->head().value().entries, 0);
        QVERIFY(store->loadMesh().value().requests.items().empty());
    }
    void aProjectionInWhichNobodyAskedIsKept() {
        auto store = ProjectionStore::open(path()).value();
        QVERIFY(Projector::open(*store).value()->apply(smallLedger()));
        QVERIFY(store->close());
        asVersion9(path());
        QVERIFY(ProjectionStore::open(path()).value()->head().value().entries > 0);
    }
    void aFailedMigrationLeavesTheOldVersion() {
        makeCatalog();
        std::vector<Migration> broken(migrations().begin(), migrations().end());
        broken.push_back({migrations().back().version + 1, "DROP TABLE topic; SELECT nonsense FROM nowhere"});
        const std::string before = ProjectionStore::open(path()).value()->dump().value().text;
        QVERIFY(!Database::open(path(), broken));
        QCOMPARE(ProjectionStore::open(path()).value()->dump().value().text, before);
    }
};

QTEST_GUILESS_MAIN(StoreTest)
#include "store_test.moc"
