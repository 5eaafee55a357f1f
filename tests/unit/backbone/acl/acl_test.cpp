// SPDX-License-Identifier: Apache-2.0
// Bindings, filters, names, and what can never match.
#include <backbone/acl.h>

#include <QtTest>

using namespace meshbone::backbone;

namespace {

AclBinding binding(ResourceKind kind, PatternType pattern, std::string resource, Operation operation = Operation::Read,
                   std::string principal = "User:alice", std::string host = "*") {
    return {kind, pattern, std::move(resource), std::move(principal), std::move(host), operation, Permission::Allow};
}

} // namespace

class AclTest : public QObject {
    Q_OBJECT
private slots:
    void numbersAreKafkas();
    void namesComeBack();
    void aFilterMatches_data();
    void aFilterMatches();
    void theExactFilterMatchesOneOnly();
    void whatNeverMatches_data();
    void whatNeverMatches();
    void sentences();
    void bindingsAsPeopleWriteThem();
};

void AclTest::numbersAreKafkas() {
    QCOMPARE(kafkaNumber(Operation::All), 2);
    QCOMPARE(kafkaNumber(Operation::Read), 3);
    QCOMPARE(kafkaNumber(Operation::TwoPhaseCommit), 15);
    QCOMPARE(kafkaNumber(ResourceKind::Topic), 2);
    QCOMPARE(kafkaNumber(ResourceKind::User), 7);
    QCOMPARE(kafkaNumber(PatternType::Prefixed), 4);
    QCOMPARE(kafkaNumber(Permission::Deny), 2);
    for (int number = 0; number <= 15; ++number) {
        QCOMPARE(kafkaNumber(operationFromKafka(static_cast<std::int8_t>(number))), number);
    }
    QCOMPARE(operationFromKafka(99), Operation::Unknown);
    QCOMPARE(resourceKindFromKafka(-1), ResourceKind::Unknown);
    QCOMPARE(patternTypeFromKafka(5), PatternType::Unknown);
    QCOMPARE(permissionFromKafka(4), Permission::Unknown);
}

void AclTest::namesComeBack() {
    for (int i = 0; i <= static_cast<int>(Operation::Unknown); ++i) {
        const auto operation = static_cast<Operation>(i);
        QCOMPARE(operationNamed(name(operation)), operation);
    }
    QCOMPARE(resourceKindNamed("TRANSACTIONAL_ID"), ResourceKind::TransactionalId);
    QCOMPARE(patternTypeNamed("LITERAL"), PatternType::Literal);
    QCOMPARE(permissionNamed("DENY"), Permission::Deny);
    QVERIFY(!operationNamed("read"));
    QVERIFY(!resourceKindNamed(""));
}

void AclTest::aFilterMatches_data() {
    QTest::addColumn<int>("pattern");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("matching"); // of: literal a-b, literal *, prefixed a, prefixed a-, literal c
    const auto row = [](const char* name, PatternType pattern, const char* asked, const char* matching) {
        QTest::newRow(name) << static_cast<int>(pattern) << asked << matching;
    };
    row("any takes the same name", PatternType::Any, "a", "prefixed a");
    row("any without a name", PatternType::Any, nullptr, "literal a-b,literal *,prefixed a,prefixed a-,literal c");
    row("match", PatternType::Match, "a-b", "literal a-b,literal *,prefixed a,prefixed a-");
    row("match of a name that nothing names", PatternType::Match, "zzz", "literal *");
    row("literal", PatternType::Literal, "a", "");
    row("literal star is a name", PatternType::Literal, "*", "literal *");
    row("prefixed", PatternType::Prefixed, "a-", "prefixed a-");
    row("prefixed without a name", PatternType::Prefixed, nullptr, "prefixed a,prefixed a-");
}

void AclTest::aFilterMatches() {
    QFETCH(int, pattern);
    QFETCH(QString, asked);
    QFETCH(QString, matching);
    AclFilter filter;
    filter.resourceKind = ResourceKind::Topic;
    filter.pattern = static_cast<PatternType>(pattern);
    if (!asked.isNull()) {
        filter.resource = asked.toStdString();
    }
    const std::pair<PatternType, const char*> all[] = {{PatternType::Literal, "a-b"},
                                                       {PatternType::Literal, "*"},
                                                       {PatternType::Prefixed, "a"},
                                                       {PatternType::Prefixed, "a-"},
                                                       {PatternType::Literal, "c"}};
    QStringList found;
    for (const auto& [kind, resource] : all) {
        if (filter.matches(binding(ResourceKind::Topic, kind, resource))) {
            found << QStringLiteral("%1 %2").arg(kind == PatternType::Literal ? "literal" : "prefixed", resource);
        }
    }
    QCOMPARE(found.join(','), matching);
}

void AclTest::theExactFilterMatchesOneOnly() {
    const auto one = binding(ResourceKind::Topic, PatternType::Literal, "a");
    const auto exact = AclFilter::exactly(one);
    QVERIFY(exact.matches(one));
    const auto refused = [&](auto change) {
        auto other = one;
        change(other);
        return !exact.matches(other);
    };
    QVERIFY(refused([](auto& b) { b.resourceKind = ResourceKind::Group; }));
    QVERIFY(refused([](auto& b) { b.pattern = PatternType::Prefixed; }));
    QVERIFY(refused([](auto& b) { b.resource = "*"; }));
    QVERIFY(refused([](auto& b) { b.principal = "User:*"; }));
    QVERIFY(refused([](auto& b) { b.host = "10.0.0.1"; }));
    QVERIFY(refused([](auto& b) { b.operation = Operation::All; }));
    QVERIFY(refused([](auto& b) { b.permission = Permission::Deny; }));
}

void AclTest::whatNeverMatches_data() {
    QTest::addColumn<AclBinding>("one");
    QTest::addColumn<QString>("says");
    using enum ResourceKind;
    constexpr auto Literal = PatternType::Literal;
    constexpr auto Prefixed = PatternType::Prefixed;
    const auto row = [](const char* name, AclBinding one, const char* says) { QTest::newRow(name) << one << says; };
    row("ordinary", binding(Topic, Literal, "flights"), "");
    row("everything", binding(Topic, Literal, "*"), "");
    row("operation of another resource", binding(Group, Literal, "g", Operation::Write), "No request asks for WRITE");
    row("host name", binding(Topic, Literal, "t", Operation::Read, "User:a", "db1.example"),
        "names are never looked up");
    row("range", binding(Topic, Literal, "t", Operation::Read, "User:a", "10.0.0.0/8"), "range of addresses");
    row("empty host", binding(Topic, Literal, "t", Operation::Read, "User:a", ""), "no IP address");
    row("short IPv6", binding(Topic, Literal, "t", Operation::Read, "User:a", "::1"), "write 0:0:0:0:0:0:0:1");
    row("long IPv6", binding(Topic, Literal, "t", Operation::Read, "User:a", "0:0:0:0:0:0:0:1"), "");
    row("principal by case", binding(Topic, Literal, "t", Operation::Read, "user:x"), "write User:x");
    row("principal without a name", binding(Topic, Literal, "t", Operation::Read, "User:"), "names nobody");
    row("principal without a type", binding(Topic, Literal, "t", Operation::Read, "x"), "Write User:x");
    row("another type", binding(Topic, Literal, "t", Operation::Read, "Role:x"), "");
    row("impossible topic", binding(Topic, Literal, "a b"), "No topic can be named");
    row("prefixed star", binding(Topic, Prefixed, "*"), "Use the literal *");
    row("prefixed star of groups", binding(Group, Prefixed, "*"), "");
    row("long topic", binding(Topic, Literal, std::string(250, 'x')), "No topic can be named");
    row("cluster", binding(Cluster, Literal, "kafka-cluster", Operation::Alter), "");
    row("cluster, prefixed", binding(Cluster, Prefixed, "kafka", Operation::Alter), "");
    row("other cluster", binding(Cluster, Literal, "mine", Operation::Alter), "kafka-cluster");
    row("no name", binding(Topic, Literal, ""), "no name");
    row("filter's pattern", binding(Topic, PatternType::Match, "t"), "literal or a prefix");
}

void AclTest::whatNeverMatches() {
    QFETCH(AclBinding, one);
    QFETCH(QString, says);
    const auto why = QString::fromStdString(whyNeverMatches(one));
    QVERIFY2(says.isEmpty() ? why.isEmpty() : why.contains(says), qPrintable(why));
}

void AclTest::sentences() {
    QCOMPARE(describe(binding(ResourceKind::Topic, PatternType::Literal, "flights")),
             std::string("ALLOW READ on topic 'flights' for User:alice"));
    QCOMPARE(
        describe(binding(ResourceKind::Group, PatternType::Prefixed, "ops-", Operation::Read, "User:*", "10.0.0.1")),
        std::string("ALLOW READ on every group that begins with 'ops-' for everybody from 10.0.0.1"));
    QCOMPARE(describe(binding(ResourceKind::Cluster, PatternType::Literal, "kafka-cluster", Operation::Alter)),
             std::string("ALLOW ALTER on the cluster for User:alice"));
}

void AclTest::bindingsAsPeopleWriteThem() {
    const auto deny = parseBinding("DENY READ TOPIC PREFIXED flights. User:x 10.0.0.1").value();
    QCOMPARE(describe(deny),
             std::string("DENY READ on every topic that begins with 'flights.' for User:x from 10.0.0.1"));
    QCOMPARE(parseBinding("ALLOW WRITE TOPIC LITERAL flights User:x").value().host, std::string(kAnyHost));
    for (const auto* wrong :
         {"", "READ flights", "ALLOW READ TOPIC LITERAL flights", "ALLOW FLY TOPIC LITERAL f User:x *",
          "ALLOW READ TOPIC LITERAL flights User:x a.host.name", "ALLOW READ TOPIC LITERAL f User:x * x"}) {
        const auto refused = parseBinding(wrong);
        QVERIFY2(!refused && refused.error().code == meshbone::ErrorCode::InvalidArgument, wrong);
        QVERIFY(refused.error().message.find("Write for example") != std::string::npos);
    }
}

QTEST_GUILESS_MAIN(AclTest)
#include "acl_test.moc"
