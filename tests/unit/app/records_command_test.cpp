// SPDX-License-Identifier: Apache-2.0
// `meshctl produce --schema` and `consume --decode`: the real program on a served backbone with its schema registry.
#include "support/meshctl_checks.h"

#include "local_backbone.h"

#include <backbone/http_client.h>
#include <catalog/registry_client.h>
#include <catalog/schema_book.h>

#include <QTemporaryDir>

using namespace meshbone;

namespace {

constexpr auto kSchema = R"({"type":"record","name":"Order","fields":[{"name":"id","type":"int"},
    {"name":"placed","type":{"type":"long","logicalType":"timestamp-millis"},"default":0}]})";
const QString kMeshctl = QStringLiteral(MESHCTL);

} // namespace

class RecordsCommandTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void linesAreEncodedAndReadBack();
    void aLineThatDoesNotFitIsNamedAndNotWritten();
    void keysAreEncodedToo();
    void aSchemaThatIsNotThereIsRefused();
    void whatCanNotBeDecodedSaysWhy();
    void aLoginIsNotSentToAnotherRegistry();
    void whatAnAliasHidesIsNotDeletedElsewhere();

private:
    [[nodiscard]] QString data() const { return m_folder.path(); }
    test::MeshctlRun run(QStringList words, const QByteArray& input = {}) {
        QProcess process;
        words << QStringLiteral("--data") << data();
        process.start(kMeshctl, words);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(-1);
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    void makeTopic(const QString& topic) { MUST(run({"topics", "create", topic})); }
    /// Each record of a topic as `consume --decode --json` shows it.
    QList<QJsonObject> decoded(const QString& topic) {
        QList<QJsonObject> records;
        const auto lines = run({"consume", topic, "--decode", "--json"}).output.split('\n', Qt::SkipEmptyParts);
        for (const auto& line : lines) {
            records << QJsonDocument::fromJson(line.toUtf8()).object();
        }
        return records;
    }

    QTemporaryDir m_folder;
    QProcess m_serve;
};

void RecordsCommandTest::initTestCase() {
    m_serve.start(kMeshctl,
                  {"serve", "--listen", "127.0.0.1:0", "--schemas", "127.0.0.1:0", "--data", m_folder.path()});
    QTRY_VERIFY_WITH_TIMEOUT(m_serve.canReadLine(), 60'000);
    const auto access = app::readAccess(m_folder.path().toStdString());
    QVERIFY(access);
    const auto registry = catalog::openRegistry(
        {.baseUrl = access->schemas, .user = access->user, .password = access->password, .caFile = {}});
    QVERIFY(registry);
    const catalog::SchemaDefinition definition{catalog::SchemaType::Avro, kSchema, {}, {}, {}};
    QVERIFY((*registry)->registerSchema("orders-value", definition, false, {std::chrono::seconds(30), {}}));
    const catalog::SchemaDefinition number{catalog::SchemaType::Avro, R"({"type":"long"})", {}, {}, {}};
    QVERIFY((*registry)->registerSchema("keyed-key", number, false, {std::chrono::seconds(30), {}}));
}

void RecordsCommandTest::cleanupTestCase() {
    m_serve.terminate();
    QVERIFY(m_serve.waitForFinished(60'000));
}

void RecordsCommandTest::linesAreEncodedAndReadBack() {
    makeTopic("orders");
    MUST(run({"produce", "orders", "--schema", "orders-value:1", "--key-separator", "="}, "a={\"id\": 1}\n"));
    MUST(run({"produce", "orders", "--schema", "orders-value"}, R"({"id": 2, "placed": "2018-02-06T15:50:42.400Z"})"));
    const auto records = decoded("orders");
    QCOMPARE(records.size(), 2);
    QCOMPARE(records[0]["key"].toString(), QStringLiteral("a"));
    QCOMPARE(records[0]["value"]["id"].toInt(), 1);
    QCOMPARE(records[1]["value"]["placed"].toString(), QStringLiteral("2018-02-06T15:50:42.400Z"));
    const auto schema = records[1]["valueSchema"].toObject();
    QCOMPARE(schema["subject"].toString(), QStringLiteral("orders-value"));
    QCOMPARE(schema["version"].toInt(), 1);
    QCOMPARE(schema["type"].toString(), QStringLiteral("AVRO"));
    const auto raw = run({"consume", "orders", "--json", "--limit", "1"}).object();
    QVERIFY(raw["valueSchema"].isUndefined()); // the bytes as they are, where nobody asks for more
    QVERIFY(run({"consume", "orders", "--decode"}).output.contains("{\"id\":2,"));
}

void RecordsCommandTest::aLineThatDoesNotFitIsNamedAndNotWritten() {
    makeTopic("half");
    const auto refused =
        run({"produce", "half", "--schema", "orders-value"}, "{\"id\":1}\n{\"id\":\"x\"}\n{\"id\":3}\n");
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.errors.contains("Line 2: `id`"), qPrintable(refused.said()));
    QCOMPARE(decoded("half").size(), 1); // what stands before it
}

void RecordsCommandTest::keysAreEncodedToo() {
    makeTopic("keyed");
    MUST(run({"produce", "keyed", "--schema", "orders-value", "--key-schema", "keyed-key", "--key-separator", "="},
             "7={\"id\": 1}\n"));
    const auto records = decoded("keyed");
    QCOMPARE(records.size(), 1);
    QCOMPARE(records[0]["key"].toInt(), 7);
    QCOMPARE(records[0]["keySchema"]["subject"].toString(), QStringLiteral("keyed-key"));
    REFUSED(run({"produce", "keyed", "--key-schema", "keyed-key", "--key-separator", "="}, "seven={}\n"),
            "Line 1, key: ");
    REFUSED(run({"produce", "keyed", "--key-schema", "keyed-key"}, "7\n"), "needs --key-separator");
}

void RecordsCommandTest::aSchemaThatIsNotThereIsRefused() {
    REFUSED(run({"produce", "orders", "--schema", "nothing"}, "{}\n"), "no subject 'nothing'");
    REFUSED(run({"produce", "orders", "--schema", "orders-value:9"}, "{}\n"), "no version 9");
}

void RecordsCommandTest::whatCanNotBeDecodedSaysWhy() {
    makeTopic("strange");
    MUST(run({"produce", "strange"}, QByteArray("\0\0\0\3\377abc\n", 9)));
    MUST(run({"produce", "strange"}, "{\"plain\": 1}\nwords\n"));
    const auto records = decoded("strange");
    QCOMPARE(records.size(), 3);
    QVERIFY(records[0]["valueProblem"].toString().contains("id 1023"));
    QCOMPARE(records[0]["valueBase64"].toString(), QStringLiteral("AAAAA/9hYmM="));
    QCOMPARE(records[1]["value"]["plain"].toInt(), 1);
    QCOMPARE(records[2]["value"].toString(), QStringLiteral("words"));
    const auto line = run({"consume", "strange", "--decode", "--limit", "1"}).output;
    QVERIFY2(line.contains("00 00 00 03 ff 61 62 63 [The bytes name the schema of id 1023"), qPrintable(line));
}

void RecordsCommandTest::aLoginIsNotSentToAnotherRegistry() {
    const auto access = app::readAccess(m_folder.path().toStdString());
    QVERIFY(access);
    auto other = QString::fromStdString(access->schemas);
    other.replace("127.0.0.1", "localhost"); // the same, but by a name that access.json doesn't have
    REFUSED(run({"consume", "orders", "--decode", "--registry", other}), "");
    QVERIFY(!run({"consume", "orders", "--decode", "--registry", other}).isDone());
    MUST(run({"consume", "orders", "--decode", "--registry", QString::fromStdString(access->schemas)}));
}

/// A registry follows aliases where it deletes: "old v1" of a list would be another subject's version.
void RecordsCommandTest::whatAnAliasHidesIsNotDeletedElsewhere() {
    const auto access = app::readAccess(m_folder.path().toStdString());
    const backbone::HttpClientOptions options{
        .baseUrl = access->schemas, .user = access->user, .password = access->password, .caFile = {}};
    const auto registry = catalog::openRegistry(options);
    const CallOptions call{std::chrono::seconds(30), {}};
    const catalog::SchemaDefinition number{catalog::SchemaType::Avro, R"({"type":"long"})", {}, {}, {}};
    for (const auto* subject : {"old", "new"}) {
        QVERIFY((*registry)->registerSchema(subject, number, false, call));
    }
    const auto set = backbone::httpCall(
        options,
        {.method = "PUT", .target = "/config/old", .contentType = "application/json", .body = R"({"alias":"new"})"});
    QVERIFY(set && set->status == 200);
    const Status refused[]{(*registry)->deleteVersion("old", 1, false, call),
                           (*registry)->deleteSubject("old", false, call), (*registry)->restoreVersion("old", 1, call),
                           (*registry)->setMode("old", catalog::SubjectMode::Import, true, call)};
    for (const auto& one : refused) {
        QVERIFY(!one);
        QCOMPARE(one.error().code, ErrorCode::Conflict);
        QVERIFY(one.error().message.starts_with("old is an alias of new by its settings"));
    }
    QVERIFY((*registry)->deleteVersion("new", 1, false, call)); // which was there all the time
}

QTEST_GUILESS_MAIN(RecordsCommandTest)
#include "records_command_test.moc"
