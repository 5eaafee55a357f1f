// SPDX-License-Identifier: Apache-2.0
// What the table decides, case by case; acl_model_test.cpp compares it with the rules written down plainly.
#include <backbone/acl_table.h>

#include <QtTest>

using namespace meshbone::backbone;
using enum Operation;
constexpr auto Literal = PatternType::Literal;
constexpr auto Prefixed = PatternType::Prefixed;
using Reason = AclDecision::Reason;

namespace {

AclBinding allow(std::string resource, Operation operation = Read, std::string principal = "User:alice",
                 PatternType pattern = Literal, ResourceKind kind = ResourceKind::Topic) {
    return {kind, pattern, std::move(resource), std::move(principal), "*", operation, Permission::Allow};
}
AclBinding deny(AclBinding binding) {
    binding.permission = Permission::Deny;
    return binding;
}

AclTable tableOf(std::initializer_list<AclBinding> bindings, AclRules rules = {}) {
    AclTable table(std::move(rules));
    for (const auto& binding : bindings) {
        table.add(binding);
    }
    return table;
}

AclRequest ask(std::string_view resource, Operation operation = Read, std::string_view principal = "User:alice",
               std::string_view host = "127.0.0.1") {
    return {principal, host, operation, ResourceKind::Topic, resource};
}

} // namespace

class AclTableTest : public QObject {
    Q_OBJECT
private slots:
    void nothingIsAllowedByDefault();
    void superUsersAreNeverAsked();
    void theSettingHoldsOnlyWhereNoBindingIs();
    void denyBeatsAllow();
    void whatIsImplied();
    void prefixes();
    void principalsAndHostsAreComparedAsTheyAre();
    void everybodyIsOfEveryType();
    void onSomeResource_data();
    void onSomeResource();
    void endsAreKept();
    void removingLeavesNothingBehind();
    void whatCovers();
};

void AclTableTest::nothingIsAllowedByDefault() {
    const auto table = tableOf({});
    const auto decision = table.decide(ask("t"));
    QVERIFY(!decision.allowed);
    QCOMPARE(decision.reason, Reason::NoneForIt);
}

void AclTableTest::superUsersAreNeverAsked() {
    const auto table = tableOf({deny(allow("t", All, "User:*"))}, {{"User:admin"}, false});
    QCOMPARE(table.decide(ask("t", Read, "User:admin")).reason, Reason::SuperUser);
    QCOMPARE(table.decide(ask("t", Read, "User:Admin")).reason, Reason::Denied);
}

void AclTableTest::theSettingHoldsOnlyWhereNoBindingIs() {
    auto table = tableOf({}, {{}, true});
    QVERIFY(table.decide(ask("t", Read, "User:bob")).allowed);
    table.add(allow("t"));
    QVERIFY(!table.decide(ask("t", Read, "User:bob")).allowed); // the first ALLOW shuts all others out
    QVERIFY(table.decide(ask("u", Read, "User:bob")).allowed);
    table.remove(allow("t"));
    QVERIFY(table.decide(ask("t", Read, "User:bob")).allowed);
    table.add(allow("t", Read, "User:alice", Prefixed));
    QVERIFY(!table.decide(ask("t2", Read, "User:bob")).allowed);
}

void AclTableTest::denyBeatsAllow() {
    const auto literal = tableOf({allow("t"), deny(allow("t"))});
    QCOMPARE(literal.decide(ask("t")).reason, Reason::Denied);
    const auto wildcard = tableOf({allow("t"), deny(allow("*"))});
    QCOMPARE(wildcard.decide(ask("t")).by->resource, std::string("*"));
    const auto prefix = tableOf({allow("t1"), deny(allow("t", All, "User:*", Prefixed))});
    QVERIFY(!prefix.decide(ask("t1")).allowed);
    QVERIFY(tableOf({allow("t"), deny(allow("t", Write))}).decide(ask("t")).allowed);
}

void AclTableTest::whatIsImplied() {
    for (const auto operation : {Read, Write, Delete, Alter}) {
        const auto table = tableOf({allow("t", operation)});
        QVERIFY(table.decide(ask("t", Describe)).allowed);
        QVERIFY(!table.decide(ask("t", DescribeConfigs)).allowed);
    }
    QVERIFY(tableOf({allow("t", AlterConfigs)}).decide(ask("t", DescribeConfigs)).allowed);
    QVERIFY(!tableOf({allow("t", AlterConfigs)}).decide(ask("t", Describe)).allowed);
    QVERIFY(!tableOf({allow("t", Create)}).decide(ask("t", Describe)).allowed);
    QVERIFY(!tableOf({allow("t", Describe)}).decide(ask("t", Read)).allowed);
    QVERIFY(tableOf({allow("t", All)}).decide(ask("t", AlterConfigs)).allowed);
    // Denying takes nothing more away than it says.
    const auto read = tableOf({allow("t", Write), deny(allow("t", Read))});
    QVERIFY(read.decide(ask("t", Describe)).allowed);
    const auto describe = tableOf({allow("t", Read), deny(allow("t", Describe))});
    QVERIFY(describe.decide(ask("t", Read)).allowed);
    QVERIFY(!describe.decide(ask("t", Describe)).allowed);
}

void AclTableTest::prefixes() {
    const auto table = tableOf({allow("orders", Read, "User:alice", Prefixed)});
    QVERIFY(table.decide(ask("orders")).allowed);
    QVERIFY(table.decide(ask("orders-secret")).allowed);
    QVERIFY(!table.decide(ask("order")).allowed);
    const auto star = tableOf({allow("*", Read, "User:alice", Prefixed)});
    QVERIFY(!star.decide(ask("t")).allowed);
    QVERIFY(star.decide(ask("*t")).allowed);
    // A literal pattern that is a name's beginning is no prefix.
    QVERIFY(!tableOf({allow("orders")}).decide(ask("orders-secret")).allowed);
}

void AclTableTest::principalsAndHostsAreComparedAsTheyAre() {
    QVERIFY(!tableOf({allow("t", Read, "User:t1")}).decide(ask("t", Read, "User:T1")).allowed);
    QVERIFY(!tableOf({allow("t", Read, "User:a ")}).decide(ask("t", Read, "User:a")).allowed);
    auto fromOne = allow("t");
    fromOne.host = "10.0.0.1";
    const auto table = tableOf({fromOne});
    QVERIFY(table.decide(ask("t", Read, "User:alice", "10.0.0.1")).allowed);
    QVERIFY(!table.decide(ask("t", Read, "User:alice", "10.0.0.10")).allowed);
}

void AclTableTest::everybodyIsOfEveryType() {
    const auto table = tableOf({allow("t", Read, "User:*")});
    QVERIFY(table.decide(ask("t", Read, "Role:ops")).allowed);
    QVERIFY(!tableOf({allow("t", Read, "Role:*")}).decide(ask("t", Read, "Role:ops")).allowed);
}

void AclTableTest::onSomeResource_data() {
    QTest::addColumn<QList<AclBinding>>("bindings");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* name, QList<AclBinding> bindings, bool allowed) {
        QTest::newRow(name) << bindings << allowed;
    };
    const auto write = [](std::string resource, PatternType pattern = Literal) {
        return allow(std::move(resource), Write, "User:alice", pattern);
    };
    row("nothing", {}, false);
    row("one topic", {write("t")}, true);
    row("a prefix", {write("t", Prefixed)}, true);
    row("everything", {write("*")}, true);
    row("everybody", {allow("t", Write, "User:*")}, true);
    row("somebody else", {allow("t", Write, "User:bob")}, false);
    row("all operations", {allow("t", All)}, true);
    row("another operation", {allow("t", Read)}, false);
    row("denied there", {write("t"), deny(write("t"))}, false);
    row("denied elsewhere", {write("t"), deny(write("u"))}, true);
    row("denied everywhere", {write("t"), deny(write("*"))}, false);
    row("denied by a prefix", {write("topic"), deny(write("to", Prefixed))}, false);
    row("denied by a longer prefix", {write("to", Prefixed), deny(write("topic", Prefixed))}, true);
    row("a prefix denied by its own", {write("to", Prefixed), deny(write("to", Prefixed))}, false);
    row("everything, one denied", {write("*"), deny(write("t"))}, true);
    row("a literal denial doesn't touch a prefix", {write("t", Prefixed), deny(write("t"))}, true);
}

void AclTableTest::onSomeResource() {
    QFETCH(QList<AclBinding>, bindings);
    QFETCH(bool, allowed);
    AclTable table;
    for (const auto& binding : bindings) {
        table.add(binding);
    }
    QCOMPARE(table.allowedOnSome("User:alice", "127.0.0.1", Write, ResourceKind::Topic), allowed);
    table.setRules({{"User:alice"}, false});
    QVERIFY(table.allowedOnSome("User:alice", "127.0.0.1", Write, ResourceKind::Topic));
}

void AclTableTest::endsAreKept() {
    AclTable table;
    QVERIFY(table.add(allow("t"), 1'000));
    QVERIFY(table.decide(ask("t"), 999).allowed);
    QVERIFY(!table.decide(ask("t"), 1'000).allowed);
    QVERIFY(!table.allowedOnSome("User:alice", "h", Read, ResourceKind::Topic, 1'000));
    QVERIFY(!table.add(allow("t"), 2'000)); // the same binding with a new end
    QVERIFY(table.decide(ask("t"), 1'999).allowed);
    QCOMPARE(table.size(), 1U);
    QVERIFY(!table.add(allow("t")));
    QVERIFY(table.decide(ask("t"), 1LL << 60).allowed);
}

void AclTableTest::removingLeavesNothingBehind() {
    auto table =
        tableOf({allow("t"), allow("t", Write), allow("t", Read, "User:bob"), allow("t", Read, "User:bob", Prefixed)});
    QVERIFY(!table.remove(allow("u")));
    for (const auto& binding : table.matching({})) {
        QVERIFY(table.remove(binding));
    }
    QCOMPARE(table.size(), 0U);
    QCOMPARE(table.decide(ask("t")).reason, Reason::NoneForIt);
    QVERIFY(table.covering(ResourceKind::Topic, "t").empty());
}

void AclTableTest::whatCovers() {
    const auto table = tableOf({allow("ab"), allow("*", Write), allow("a", Read, "User:bob", Prefixed), allow("b"),
                                allow("ab", Read, "User:alice", Literal, ResourceKind::Group)});
    const auto covering = table.covering(ResourceKind::Topic, "ab");
    QCOMPARE(covering.size(), 3U);
    for (const auto* binding : covering) {
        QCOMPARE(binding->resourceKind, ResourceKind::Topic);
    }
}

QTEST_GUILESS_MAIN(AclTableTest)
#include "acl_table_test.moc"
