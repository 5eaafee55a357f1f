// SPDX-License-Identifier: Apache-2.0
// The presets against the table of smallest sets, row by row, and against the authorizer that they must satisfy.
#include <catalog/access_covers.h>
#include <catalog/access_presets.h>

#include <backbone/acl_table.h>

#include <QtTest>

#include <algorithm>
#include <set>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::backbone;

namespace {

constexpr auto Pfx = PatternType::Prefixed;

AccessScope scopeOf(Role role, std::vector<NamePattern> reads = {}, std::vector<NamePattern> writes = {},
                    NamePattern group = {}, NamePattern transactionalId = {}) {
    return {"User:app", "*", role, std::move(reads), std::move(writes), std::move(group), std::move(transactionalId)};
}

/// "TOPIC in READ", "GROUP app* READ": what a row of the table says.
std::set<std::string> rows(const AccessScope& scope) {
    std::set<std::string> all;
    for (const auto& one : bindingsOf(scope)) {
        all.insert(fmt::format("{} {}{} {}", name(one.resourceKind), one.resource, one.pattern == Pfx ? "*" : "",
                               name(one.operation)));
    }
    return all;
}

AccessScope example(Role role) {
    switch (role) {
    case Role::Producer:
        return scopeOf(role, {}, {{"out"}});
    case Role::TransactionalProducer:
        return scopeOf(role, {}, {{"out"}}, {}, {"tx"});
    case Role::Consumer:
        return scopeOf(role, {{"in"}}, {}, {"g"});
    case Role::ConsumeTransformProduce:
        return scopeOf(role, {{"in"}}, {{"out"}}, {"g"}, {"tx"});
    case Role::Streams:
        return scopeOf(role, {{"in"}}, {{"out"}}, {"app"}, {"app"});
    case Role::ConnectWorker:
        return scopeOf(role, {}, {{"c-configs"}, {"c-offsets"}, {"c-status"}}, {"c"}, {"connect-cluster-c"});
    case Role::SourceConnector:
        return scopeOf(role, {{"c-offsets"}}, {{"out"}}, {}, {"c-jdbc-", Pfx});
    case Role::SinkConnector:
        return scopeOf(role, {{"in"}}, {{"dead"}}, {"connect-s3"});
    case Role::SchemaRegistry:
        return scopeOf(role, {}, {{"_schemas"}}, {"schema-registry"});
    case Role::KsqlDb:
        return scopeOf(role, {{"in"}}, {{"out"}}, {}, {"k"});
    case Role::MirrorMakerSource:
        return scopeOf(role, {{"in"}}, {{"mm2-offset-syncs.b.internal"}}, {"*"});
    case Role::MirrorMakerTarget:
        return scopeOf(role, {}, {{"a.", Pfx}}, {"*"});
    case Role::ReadOnlyUi:
        return scopeOf(role);
    }
    return {};
}

} // namespace

class PresetsTest : public QObject {
    Q_OBJECT
private slots:
    void smallestSets_data();
    void smallestSets();
    void everyRoleIsSortedWithoutDuplicatesOrCovered();
    void rolesAreNamed();
    void missingAndSuperfluousFieldsAreRefused();
    void rolesDemandTheirNames();
    void trap15WhatCanNeverMatchIsRefused();
    void trap21APrefixWithoutSeparatorIsWarnedAbout();
    void trap30WildcardsIncludeInternalTopics();
    void noPresetGivesRightsOverAcls();
    void aConsumerNeedsNoGroup();
    void sentences();
    void theEnforcer();
};

void PresetsTest::smallestSets_data() {
    QTest::addColumn<int>("role");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](Role role, QStringList expected) {
        QTest::newRow(std::string(roleName(role)).c_str()) << static_cast<int>(role) << expected;
    };
    row(Role::Producer, {"TOPIC out WRITE"});
    row(Role::TransactionalProducer, {"TOPIC out WRITE", "TRANSACTIONAL_ID tx WRITE"});
    row(Role::Consumer, {"TOPIC in READ", "GROUP g READ"});
    row(Role::ConsumeTransformProduce,
        {"TOPIC in READ", "TOPIC out WRITE", "GROUP g READ", "TRANSACTIONAL_ID tx WRITE"});
    row(Role::Streams, {"TOPIC in READ", "TOPIC out WRITE", "TOPIC app* READ", "TOPIC app* WRITE", "TOPIC app* CREATE",
                        "TOPIC app* DELETE", "GROUP app* READ", "TRANSACTIONAL_ID app* WRITE"});
    row(Role::ConnectWorker,
        {"TOPIC c-configs READ", "TOPIC c-configs WRITE", "TOPIC c-offsets READ", "TOPIC c-offsets WRITE",
         "TOPIC c-status READ", "TOPIC c-status WRITE", "GROUP c READ", "TRANSACTIONAL_ID connect-cluster-c WRITE"});
    row(Role::SourceConnector, {"TOPIC out WRITE", "TOPIC c-offsets DESCRIBE", "TRANSACTIONAL_ID c-jdbc-* WRITE"});
    row(Role::SinkConnector, {"TOPIC in READ", "TOPIC dead WRITE", "GROUP connect-s3 READ"});
    row(Role::SchemaRegistry, {"TOPIC _schemas READ", "TOPIC _schemas WRITE", "TOPIC _schemas DESCRIBE_CONFIGS",
                               "TOPIC __consumer_offsets DESCRIBE", "GROUP schema-registry READ"});
    row(Role::KsqlDb,
        {"TOPIC in READ", "TOPIC out WRITE", "TOPIC out CREATE", "TOPIC _confluent-ksql-k* ALL",
         "TOPIC kksql_processing_log ALL", "GROUP _confluent-ksql-k* READ", "GROUP _confluent-ksql-k* DELETE",
         "TRANSACTIONAL_ID k WRITE", "CLUSTER kafka-cluster DESCRIBE_CONFIGS"});
    row(Role::MirrorMakerSource,
        {"TOPIC in READ", "TOPIC in DESCRIBE_CONFIGS", "TOPIC mm2-offset-syncs.b.internal WRITE",
         "TOPIC mm2-offset-syncs.b.internal CREATE", "GROUP * DESCRIBE"});
    row(Role::MirrorMakerTarget, {"TOPIC a.* WRITE", "TOPIC a.* CREATE", "TOPIC a.* ALTER", "TOPIC a.* ALTER_CONFIGS",
                                  "TOPIC a.* READ", "GROUP * READ"});
    row(Role::ReadOnlyUi,
        {"TOPIC * DESCRIBE", "TOPIC * DESCRIBE_CONFIGS", "GROUP * DESCRIBE", "TRANSACTIONAL_ID * DESCRIBE",
         "CLUSTER kafka-cluster DESCRIBE", "CLUSTER kafka-cluster DESCRIBE_CONFIGS"});
}

void PresetsTest::smallestSets() {
    QFETCH(int, role);
    QFETCH(QStringList, expected);
    std::set<std::string> wanted;
    for (const auto& one : expected) {
        wanted.insert(one.toStdString());
    }
    const auto scope = example(static_cast<Role>(role));
    const auto check = checkScope(scope);
    QVERIFY2(check.has_value(), check ? "" : check.error().message.c_str());
    QCOMPARE(rows(scope), wanted);
}

void PresetsTest::everyRoleIsSortedWithoutDuplicatesOrCovered() {
    for (std::size_t i = 0; i < kRoles; ++i) {
        auto scope = example(static_cast<Role>(i));
        scope.reads.insert(scope.reads.end(), scope.reads.begin(), scope.reads.end());
        const auto bindings = bindingsOf(scope);
        QVERIFY(!bindings.empty());
        QVERIFY(std::ranges::is_sorted(bindings));
        QVERIFY(std::ranges::adjacent_find(bindings) == bindings.end());
        QCOMPARE(withoutCovered(bindings), bindings);
        for (const auto& one : bindings) {
            QCOMPARE(one.principal, std::string("User:app"));
            QCOMPARE(one.permission, Permission::Allow);
        }
    }
    QCOMPARE(bindingsOf(scopeOf(Role::Consumer, {{"a.b"}, {"a.", Pfx}})).size(), std::size_t(1));
}

void PresetsTest::rolesAreNamed() {
    for (std::size_t i = 0; i < kRoles; ++i) {
        const auto role = static_cast<Role>(i);
        QCOMPARE(roleNamed(roleName(role)), std::optional(role));
        QVERIFY(!roleTitle(role).empty());
        QCOMPARE(isProven(role), role <= Role::ConsumeTransformProduce);
        const auto warnings = warningsOf(example(role));
        QCOMPARE(std::ranges::any_of(warnings, [](const auto& one) { return one.find("untested") != one.npos; }),
                 !isProven(role));
    }
    QVERIFY(!roleNamed("Producer"));
}

void PresetsTest::missingAndSuperfluousFieldsAreRefused() {
    for (std::size_t i = 0; i < kRoles; ++i) {
        const auto role = static_cast<Role>(i);
        const auto& fields = fieldsOf(role);
        const auto check = [&](const ScopeField& field, auto member, auto none, auto some) {
            auto without = example(role);
            without.*member = none;
            auto with = example(role);
            with.*member = some;
            if (field.use == FieldUse::Required) {
                QVERIFY(!checkScope(without));
                QVERIFY(checkScope(without).error().message.find("needs") != std::string::npos);
            }
            if (field.use == FieldUse::None) {
                QVERIFY(!checkScope(with));
                QVERIFY(checkScope(with).error().message.find("leave it out") != std::string::npos);
                QVERIFY(field.what.empty());
            } else {
                QVERIFY(!field.what.empty());
            }
        };
        const std::vector<NamePattern> none, some{{"x"}};
        check(fields.reads, &AccessScope::reads, none, some);
        check(fields.writes, &AccessScope::writes, none, some);
        check(fields.group, &AccessScope::group, NamePattern{}, NamePattern{"x"});
        check(fields.transactionalId, &AccessScope::transactionalId, NamePattern{}, NamePattern{"x"});
    }
}

void PresetsTest::rolesDemandTheirNames() {
    QVERIFY(!checkScope(scopeOf(Role::Streams, {{"in"}}, {}, {"app"}, {"other"})));
    QVERIFY(!checkScope(scopeOf(Role::Streams, {{"in"}}, {}, {"app", Pfx})));
    QVERIFY(!checkScope(scopeOf(Role::Streams, {{"in"}}, {}, {"*"})));
    QVERIFY(!checkScope(scopeOf(Role::ConnectWorker, {}, {{"a"}}, {"c"}, {"connect-cluster-d"})));
    QVERIFY(checkScope(scopeOf(Role::ConnectWorker, {}, {{"a"}}, {"c"})).has_value());
    QVERIFY(!checkScope(scopeOf(Role::SourceConnector, {{"offsets"}}, {{"out"}})));
    QVERIFY(!checkScope(scopeOf(Role::SourceConnector, {{"offsets"}}, {{"out"}}, {}, {"c-jdbc", Pfx})));
    QVERIFY(checkScope(scopeOf(Role::SourceConnector, {}, {{"out"}})).has_value());
    QVERIFY(!checkScope(scopeOf(Role::SchemaRegistry, {}, {{"_schemas"}, {"b"}}, {"g"})));
}

void PresetsTest::trap15WhatCanNeverMatchIsRefused() {
    auto scope = example(Role::Consumer);
    for (const auto* host : {"", "10.0.0.0/8", "::1", "localhost"}) {
        scope.host = host;
        QVERIFY2(!checkScope(scope), host);
    }
    scope.host = "10.0.0.1";
    QVERIFY(checkScope(scope).has_value());
    for (const auto* principal : {"", "app", "user:app", "User:"}) {
        scope.principal = principal;
        QVERIFY2(!checkScope(scope), principal);
    }
    QVERIFY(!checkScope(scopeOf(Role::Consumer, {{"not a topic"}}, {}, {"g"})));
    QVERIFY(!checkScope(scopeOf(Role::Consumer, {{"*", Pfx}}, {}, {"g"})));
    QVERIFY(!checkScope(scopeOf(Role::Consumer, {{"in", PatternType::Match}}, {}, {"g"})));
    QVERIFY(!checkScope(scopeOf(Role::Consumer, {{""}}, {}, {"g"})));
}

void PresetsTest::trap21APrefixWithoutSeparatorIsWarnedAbout() {
    const auto warnings = warningsOf(scopeOf(Role::Consumer, {{"orders", Pfx}}, {}, {"g"}));
    QCOMPARE(warnings.size(), std::size_t(1));
    QVERIFY(warnings[0].find("orders-secret") != std::string::npos);
    QVERIFY(warningsOf(scopeOf(Role::Consumer, {{"orders.", Pfx}}, {}, {"g"})).empty());
}

void PresetsTest::trap30WildcardsIncludeInternalTopics() {
    const auto joined = [](const AccessScope& scope) {
        std::string text;
        for (const auto& one : warningsOf(scope)) {
            text += one;
        }
        return text;
    };
    const auto all = joined(scopeOf(Role::Consumer, {{"*"}}, {}, {"g"}));
    for (const auto* topic : {"__consumer_offsets", "__transaction_state", "_schemas", "_meshbone.ledger"}) {
        QVERIFY2(all.find(topic) != std::string::npos, topic);
    }
    const auto prefix = joined(scopeOf(Role::Consumer, {{"__", Pfx}}, {}, {"g"}));
    QVERIFY(prefix.find("__consumer_offsets") != std::string::npos);
    QVERIFY(prefix.find("_schemas") == std::string::npos);
}

void PresetsTest::noPresetGivesRightsOverAcls() {
    for (std::size_t i = 0; i < kRoles; ++i) {
        AclTable table;
        for (const auto& one : bindingsOf(example(static_cast<Role>(i)))) {
            table.add(one);
        }
        QVERIFY(!table.decide({"User:app", "1.1.1.1", Operation::Alter, ResourceKind::Cluster, kClusterName}).allowed);
    }
}

void PresetsTest::aConsumerNeedsNoGroup() {
    QVERIFY(checkScope(scopeOf(Role::Consumer, {{"in"}})).has_value());
    QCOMPARE(rows(scopeOf(Role::Consumer, {{"in"}})), std::set<std::string>{"TOPIC in READ"});
}

void PresetsTest::sentences() {
    QCOMPARE(
        describe(scopeOf(Role::Producer, {}, {{"flights"}, {"eu.", Pfx}})),
        std::string("User:app may write to topic 'flights' and every topic that begins with 'eu.', as a producer."));
    auto scope = scopeOf(Role::Consumer, {{"*"}}, {}, {"g"});
    scope.principal = "User:*";
    scope.host = "10.0.0.1";
    QCOMPARE(describe(scope),
             std::string("Everybody may read every topic in group 'g', as a consumer, from 10.0.0.1 only."));
    QCOMPARE(describe(example(Role::ReadOnlyUi)),
             std::string("User:app may see the names and settings of everything, and no records, as a tool that shows "
                         "everything and reads no records."));
}

void PresetsTest::theEnforcer() {
    AclTable table;
    for (const auto& one : bindingsOfEnforcer("User:enforcer", "*", "_meshbone.ledger")) {
        table.add(one);
    }
    const auto may = [&](Operation operation, ResourceKind kind, std::string_view resource) {
        return table.decide({"User:enforcer", "1.1.1.1", operation, kind, resource}).allowed;
    };
    QVERIFY(may(Operation::Alter, ResourceKind::Cluster, kClusterName));
    QVERIFY(may(Operation::Describe, ResourceKind::Cluster, kClusterName));
    QVERIFY(may(Operation::Write, ResourceKind::Topic, "_meshbone.ledger"));
    QVERIFY(may(Operation::Read, ResourceKind::Topic, "_meshbone.ledger"));
    QVERIFY(!may(Operation::Read, ResourceKind::Topic, "flights"));
}

QTEST_GUILESS_MAIN(PresetsTest)
#include "presets_test.moc"
