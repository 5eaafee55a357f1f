// SPDX-License-Identifier: Apache-2.0
// Kafka's authorizer log: both authorizers' wordings, lines that say something else, hostile ones, rotated files, and
// what they come to as evidence.
#include "access/authorizer_line.h"

#include <lineage/authorizer_log.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::lineage;
using backbone::Operation;
using backbone::ResourceKind;
using catalog::EvidenceGrade;

namespace {

constexpr TimestampMs kFivePmMs = 1'795'798'800'000; // 2026-11-27T17:00:00Z
constexpr std::int64_t kMinuteMs = 60'000, kHourMs = 3'600'000;

/// A line of StandardAuthorizer.
QByteArray line(const char* time, bool allowed, const char* principal = "User:x", const char* operation = "READ",
                const char* resource = "Topic:LITERAL:quakes", const char* request = "Fetch") {
    return QByteArray("[2026-11-27 ") + time + "] " + (allowed ? "DEBUG" : "INFO") + " Principal = " + principal +
           " is " + (allowed ? "Allowed" : "Denied") + " operation = " + operation +
           " from host = 10.0.0.7 on resource = " + resource + " for request = " + request +
           " with resourceRefCount = 1 based on rule " +
           (allowed ? "MatchingAcl(acl=StandardAcl[resourceType=TOPIC, resourceName=quakes, patternType=LITERAL, "
                      "principal=User:x, host=*, operation=READ, permissionType=ALLOW])"
                    : "DefaultDeny") +
           " (kafka.authorizer.logger)\n";
}

QByteArray superUsers(const char* time) {
    const auto whole = line(time, true, "User:admin");
    return whole.left(whole.indexOf("MatchingAcl")) + "SuperUser (kafka.authorizer.logger)\n";
}

std::string_view viewOf(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

struct Logs {
    QTemporaryDir folder;
    std::vector<std::filesystem::path> paths;

    std::filesystem::path add(const QString& name, const QByteArray& content) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            qFatal("%s", qPrintable(file.errorString()));
        }
        return paths.emplace_back(file.fileName().toStdString());
    }
    [[nodiscard]] Result<AuthorizerLog> read(AuthorizerLogQuery query = {}) const {
        return readAuthorizerLog(paths, query);
    }
};

} // namespace

class AuthorizerLogTest : public QObject {
    Q_OBJECT
private slots:
    void bothAuthorizersAreUnderstood_data();
    void bothAuthorizersAreUnderstood();
    void whatDecidesNothingIsPassedOver_data();
    void whatDecidesNothingIsPassedOver();
    void hostileLinesAreRefused_data();
    void hostileLinesAreRefused();
    void likeRequestsAreOneTuple();
    void hoursAreToldApartUpToABound();
    void onlyRefusalsProveNoUse();
    void anHourOfSilenceIsAGap();
    void onlyTheTimeThatCountsCounts();
    void clocksElsewhere();
    void rotatedFilesAreReadOnceEach();
    void malformedLinesAreCountedAndNamed();
    void aLineTooLongIsNotKept();
    void whatIsNoLogIsRefused();
    void readingCanBeStopped();
};

void AuthorizerLogTest::bothAuthorizersAreUnderstood_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("principal");
    QTest::addColumn<bool>("allowed");
    QTest::addColumn<int>("operation");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("resource");
    QTest::addColumn<int>("api");
    const auto row = [](const char* name, const QByteArray& text, const char* principal, bool allowed,
                        Operation operation, ResourceKind kind, const char* resource, int api) {
        QTest::newRow(name) << text << QByteArray(principal) << allowed << static_cast<int>(operation)
                            << static_cast<int>(kind) << QByteArray(resource) << api;
    };
    row("KRaft, denied", line("17:00:00,123", false).trimmed(), "User:x", false, Operation::Read, ResourceKind::Topic,
        "quakes", 1);
    row("KRaft, allowed", line("17:00:00,123", true).trimmed(), "User:x", true, Operation::Read, ResourceKind::Topic,
        "quakes", 1);
    row("ZooKeeper",
        "[2026-11-27 17:00:00,123] INFO Principal = User:CN=a b,O=Wörks is Denied Operation = DescribeConfigs from "
        "host = "
        "0:0:0:0:0:0:0:1 on resource = Cluster:LITERAL:kafka-cluster for request = DescribeConfigs with "
        "resourceRefCount = 12 (kafka.authorizer.logger)",
        "User:CN=a b,O=Wörks", false, Operation::DescribeConfigs, ResourceKind::Cluster, "kafka-cluster", -1);
    row("before 2.4",
        "[2026-11-27 17:00:00,123] DEBUG Principal = User:x is Allowed Operation = Write from host = 10.0.0.7 on "
        "resource "
        "= Topic:LITERAL:quakes (kafka.authorizer.logger)",
        "User:x", true, Operation::Write, ResourceKind::Topic, "quakes", -1);
    row("another layout",
        "2026-11-27T17:00:00.123 INFO Principal = User:x is Denied operation = TWO_PHASE_COMMIT from host = 10.0.0.7 "
        "on "
        "resource = TransactionalId:LITERAL:a:b for request = InitProducerId with resourceRefCount = 1\r",
        "User:x", false, Operation::TwoPhaseCommit, ResourceKind::TransactionalId, "a:b", 22);
}

void AuthorizerLogTest::bothAuthorizersAreUnderstood() {
    QFETCH(QByteArray, text);
    const auto parsed = parseAuthorizerLine(viewOf(text));
    QVERIFY2(parsed && *parsed, parsed ? "passed over" : parsed.error().message.c_str());
    const auto& read = **parsed;
    QCOMPARE(read.timeMs, kFivePmMs + 123);
    QTEST(QByteArray(read.principal.data(), static_cast<qsizetype>(read.principal.size())), "principal");
    QTEST(read.allowed, "allowed");
    QTEST(static_cast<int>(read.operation), "operation");
    QTEST(static_cast<int>(read.resourceKind), "kind");
    QTEST(QByteArray(read.resource.data(), static_cast<qsizetype>(read.resource.size())), "resource");
    QTEST(static_cast<int>(read.apiKey), "api");
    QVERIFY(!read.superUser && !read.host.empty());
}

void AuthorizerLogTest::whatDecidesNothingIsPassedOver_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("asked for nothing") << line("17:00:00,123", false).replace("INFO", "TRACE").trimmed();
    QTest::newRow("by which ACL") << QByteArray(
        "[2026-11-27 17:00:00,123] DEBUG operation = READ on resource = ResourcePattern(resourceType=TOPIC, "
        "name=quakes, "
        "patternType=LITERAL) from host = 10.0.0.7 is ALLOW based on acl = User:x has ALLOW permission for operations: "
        "READ from hosts: * (kafka.authorizer.logger)");
    QTest::newRow("super user") << QByteArray("[2026-11-27 17:00:00,123] DEBUG principal = User:admin is a super user, "
                                              "allowing operation without checking acls. (kafka.authorizer.logger)");
    QTest::newRow("no ACL") << QByteArray("[2026-11-27 17:00:00,123] DEBUG No acl found for resource ResourcePattern("
                                          "name=q), authorized = false (kafka.authorizer.logger)");
}

void AuthorizerLogTest::whatDecidesNothingIsPassedOver() {
    QFETCH(QByteArray, text);
    const auto parsed = parseAuthorizerLine(viewOf(text));
    QVERIFY2(parsed && !*parsed, parsed ? "a decision" : parsed.error().message.c_str());
}

void AuthorizerLogTest::hostileLinesAreRefused_data() {
    QTest::addColumn<QByteArray>("text");
    const auto group = [](const QByteArray& name) {
        return line("17:00:00,123", false, "User:x", "READ", QByteArray("Group:LITERAL:" + name).constData()).trimmed();
    };
    const auto whole = line("17:00:00,123", false).trimmed();
    QTest::newRow("a request in its name") << group("g for request = Fetch with resourceRefCount = 1");
    QTest::newRow("a resource in its name") << group("g on resource = Topic:LITERAL:secret");
    QTest::newRow("a rule in its name") << group("g based on rule SuperUser");
    QTest::newRow("a host in its name") << group("g from host = 1.2.3.4");
    QTest::newRow("a verdict in a principal")
        << line("17:00:00,123", false, "User:a is Allowed operation = READ").trimmed();
    QTest::newRow("two verdicts of a kind")
        << line("17:00:00,123", false, "User:a is Denied operation = READ").trimmed();
    QTest::newRow("the line within itself") << whole + whole;
    QTest::newRow("cut") << whole.left(80);
    QTest::newRow("the end of one") << whole.mid(60);
    QTest::newRow("no day") << QByteArray(whole).replace("2026-11-27", "2026-13-41");
    QTest::newRow("no digits") << QByteArray(whole).replace("2026-11-27", "+026- 1-27");
    QTest::newRow("no operation") << QByteArray(whole).replace("READ", "EAT");
    QTest::newRow("any operation") << QByteArray(whole).replace("READ", "ANY");
    QTest::newRow("no kind") << QByteArray(whole).replace("Topic:", "Moon:");
    QTest::newRow("a pattern") << QByteArray(whole).replace("LITERAL", "PREFIXED");
    QTest::newRow("no name") << QByteArray(whole).replace(":quakes", ":");
    QTest::newRow("no type of principal") << QByteArray(whole).replace("User:x", ":x");
    QTest::newRow("no principal") << QByteArray(whole).replace("User:x", "x");
    QTest::newRow("nothing but the logger")
        << QByteArray("[2026-11-27 17:00:00,123] INFO Principal = (kafka.authorizer.logger)");
    QTest::newRow("no host") << QByteArray(whole).replace("10.0.0.7", "");
    QTest::newRow("no count") << QByteArray(whole).replace("Count = 1", "Count = ");
    QTest::newRow("control characters") << QByteArray(whole).replace("quakes", "\x1b[2J");
    QTest::newRow("a zero") << QByteArray(whole).replace("quakes", QByteArray("a\0b", 3));
    QTest::newRow("not UTF-8") << QByteArray(whole).replace("quakes", "\xff\xfe");
    QTest::newRow("principal far away") << QByteArray(whole).replace("INFO", QByteArray(500, 'x'));
    QTest::newRow("something else") << QByteArray("java.lang.NullPointerException: null");
    QTest::newRow("another logger") << QByteArray("[2026-11-27 17:00:00,123] INFO Started (kafka.server.KafkaServer)");
}

void AuthorizerLogTest::hostileLinesAreRefused() {
    QFETCH(QByteArray, text);
    const auto parsed = parseAuthorizerLine(viewOf(text));
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().code, ErrorCode::Corrupt);
    QVERIFY(parsed.error().message.ends_with('.'));
}

void AuthorizerLogTest::likeRequestsAreOneTuple() {
    Logs logs;
    logs.add("a.log", line("17:00:00,000", true) + line("17:05:00,000", true) + line("17:01:00,000", false) +
                          line("17:02:00,000", true, "User:y") + superUsers("17:03:00,000"));
    const auto log = logs.read().value();
    QCOMPARE(log.allowed, std::int64_t(4));
    QCOMPARE(log.denied, std::int64_t(1));
    QCOMPARE(log.superUsers, std::int64_t(1));
    const auto& evidence = log.evidence;
    QCOMPARE(evidence.tuples.size(), std::size_t(3)); // allowed, refused, another's; a super user's proves nothing
    const auto& first = evidence.tuples.front();
    QCOMPARE(first.count, std::int64_t(2));
    QCOMPARE(first.firstMs, kFivePmMs);
    QCOMPARE(first.lastMs, kFivePmMs + 5 * kMinuteMs);
    QCOMPARE(first.counts.spans().size(), std::size_t(1)); // so that a period can be cut out of it
    QCOMPARE(first.counts.sum(), first.count);
    QVERIFY(first.granted && first.grade == EvidenceGrade::Observed && first.clientId.empty() && !first.internal);
    QCOMPARE(first.host, std::string("10.0.0.7"));
    QVERIFY(!evidence.tuples[1].granted);
    QCOMPARE(evidence.grade, EvidenceGrade::Observed);
    QVERIFY(evidence.showsAllowed);
    QCOMPARE(evidence.coverage.fromMs, kFivePmMs);
    QCOMPARE(evidence.coverage.toMs, kFivePmMs + 5 * kMinuteMs);
    QCOMPARE(evidence.coverage.observers, (std::vector<std::string>{"authorizer log " + logs.paths[0].string()}));
}

void AuthorizerLogTest::hoursAreToldApartUpToABound() {
    Logs logs;
    logs.add("log", line("17:00:00,000", true) + line("18:00:00,000", true) + line("19:00:00,000", true));
    AuthorizerLogQuery query;
    query.maxSpans = 2;
    const auto log = logs.read(query).value();
    const auto& tuple = log.evidence.tuples.front();
    QCOMPARE(tuple.count, std::int64_t(3));
    QCOMPARE(tuple.counts.sum(), std::int64_t(2));
    QCOMPARE(tuple.counts.earlierToMs(), TimestampMs(-1));
}

void AuthorizerLogTest::onlyRefusalsProveNoUse() {
    Logs logs;
    logs.add("a.log", line("17:00:00,000", false));
    const auto evidence = logs.read().value().evidence;
    QVERIFY(!evidence.showsAllowed);
    QCOMPARE(evidence.grade, EvidenceGrade::Observed);
    QVERIFY(evidence.notes.at(0).starts_with("Only refusals are in the log"));
    logs.add("b.log", "");
    QVERIFY(!logs.read().value().evidence.showsAllowed);
}

void AuthorizerLogTest::anHourOfSilenceIsAGap() {
    Logs logs;
    // What is allowed was logged for a while only: before it nobody watched, though refusals were logged.
    logs.add("b.log", line("20:30:00,000", true) + line("23:00:00,000", true));
    logs.add("a.log", line("01:00:00,000", false) + line("17:00:00,000", true) + line("17:50:00,000", true) +
                          line("18:40:00,000", true));
    const auto coverage = logs.read().value().evidence.coverage;
    QCOMPARE(coverage.fromMs, kFivePmMs);
    QCOMPARE(coverage.toMs, kFivePmMs + 6 * kHourMs);
    using Gaps = std::vector<std::pair<TimestampMs, TimestampMs>>;
    QCOMPARE(coverage.gaps, (Gaps{{kFivePmMs + 100 * kMinuteMs, kFivePmMs + 210 * kMinuteMs},
                                  {kFivePmMs + 210 * kMinuteMs, kFivePmMs + 360 * kMinuteMs}}));
}

void AuthorizerLogTest::onlyTheTimeThatCountsCounts() {
    Logs logs;
    logs.add("a.log", line("16:59:59,999", true) + line("17:00:00,000", true) + line("17:00:01,000", true));
    const auto log = logs.read({.fromMs = kFivePmMs, .toMs = kFivePmMs}).value();
    QCOMPARE(log.allowed, std::int64_t(1));
    QCOMPARE(log.evidence.tuples.front().count, std::int64_t(1));
    const auto none = logs.read({.fromMs = 5, .toMs = 6}).value();
    QCOMPARE(none.evidence.grade, EvidenceGrade::None);
    QVERIFY(none.evidence.coverage.observers.empty());
    QVERIFY(none.evidence.notes.at(0).contains("outside the time"));
}

void AuthorizerLogTest::clocksElsewhere() {
    Logs logs;
    logs.add("a.log", line("19:00:00,000", true));
    QCOMPARE(logs.read({.zone = LogZone::named("+02:00").value()}).value().evidence.coverage.fromMs, kFivePmMs);
}

void AuthorizerLogTest::rotatedFilesAreReadOnceEach() {
    Logs logs;
    const auto one = logs.add("kafka-authorizer.log", line("18:00:00,000", true));
    logs.add("kafka-authorizer.log.2026-11-27-17", line("17:00:00,000", true).chopped(1)); // its end was cut
    logs.paths.push_back(one.parent_path() / "." / one.filename());                        // the first once more
    auto log = logs.read().value();
    QCOMPARE(log.evidence.tuples.front().count, std::int64_t(2));
    QCOMPARE(log.evidence.coverage.observers.size(), std::size_t(2));
    for (int i = 0; i < 5; ++i) {
        logs.add(QStringLiteral("more%1").arg(i), line("17:30:00,000", true));
    }
    log = logs.read().value();
    QCOMPARE(log.evidence.coverage.observers.size(), std::size_t(4));
    QCOMPARE(log.evidence.coverage.observers.back(), std::string("4 more logs"));
}

void AuthorizerLogTest::malformedLinesAreCountedAndNamed() {
    Logs logs;
    QByteArray content = line("17:00:00,000", true) + "\n\nwhat?\n";
    for (int i = 0; i < 20; ++i) {
        content += "[2026-11-27 17:00:00,123] INFO Principal = User:x is\n";
    }
    logs.add("a.log", content);
    const auto log = logs.read().value();
    QCOMPARE(log.malformed, std::int64_t(21));
    QCOMPARE(log.problems.size(), kNamedProblems);
    QCOMPARE(log.problems.front().line, std::int64_t(4));
    QCOMPARE(log.allowed, std::int64_t(1));
    const auto& note = log.evidence.notes.at(0);
    QVERIFY2(note.starts_with("21 lines weren't understood") && note.contains("a.log:4."), note.c_str());
}

void AuthorizerLogTest::aLineTooLongIsNotKept() {
    Logs logs;
    const auto longest = line("17:00:00,000", true).chopped(1) + QByteArray(3'000'000, 'x') + '\n';
    logs.add("a.log", longest + line("17:00:00,000", true));
    const auto log = logs.read().value();
    QCOMPARE(log.malformed, std::int64_t(1));
    QCOMPARE(log.allowed, std::int64_t(1));
    QVERIFY(log.problems.front().why.contains("longer"));
}

void AuthorizerLogTest::whatIsNoLogIsRefused() {
    Logs logs;
    QCOMPARE(logs.read().error().code, ErrorCode::InvalidArgument);
    logs.add("poem.txt", "Roses are red\n");
    QCOMPARE(logs.read().error().code, ErrorCode::Corrupt);
    QVERIFY(logs.read().error().message.contains("poem.txt' isn't an authorizer log. Line 1: "));
    logs.paths = {logs.folder.path().toStdString()};
    QVERIFY(logs.read().error().message.contains("can't be read"));
    logs.paths = {"/nowhere/kafka-authorizer.log"};
    QCOMPARE(logs.read().error().code, ErrorCode::NotFound);
    logs.paths.clear();
    logs.add("a.log.gz", QByteArray("\x1f\x8b\x08\x00zzzz", 8));
    QCOMPARE(logs.read().error().code, ErrorCode::Unsupported);
}

void AuthorizerLogTest::readingCanBeStopped() {
    Logs logs;
    logs.add("a.log", line("17:00:00,000", true));
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(logs.read({.stop = stop.get_token()}).error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(AuthorizerLogTest)
#include "authorizer_log_test.moc"
