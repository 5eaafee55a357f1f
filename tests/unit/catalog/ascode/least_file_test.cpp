// SPDX-License-Identifier: Apache-2.0
// Least privilege as access code: what goes, what is asked for beside what is too wide, and what no file can say.
#include <catalog/access_least_file.h>
#include <catalog/access_presets.h>

#include <QtTest>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::catalog;
using backbone::AclBinding;
using backbone::PatternType;
using backbone::ResourceKind;

namespace {

FileGrant grantOf(const std::string& id, const std::vector<NamePattern>& reads) {
    FileGrant grant;
    grant.id = id;
    grant.scope.principal = "User:dashboard";
    grant.scope.reads = reads;
    grant.scope.group = {"dashboard"};
    grant.purpose = "To see";
    return grant;
}
AccessFile fileOf(const std::vector<FileGrant>& grants) {
    AccessFile file;
    file.policies.emplace(); // is left alone, so it doesn't come into the plan's file
    file.grants = grants;
    return file;
}
AclBinding reads(const std::string& topic, PatternType pattern = PatternType::Literal) {
    return {ResourceKind::Topic, pattern, topic, "User:dashboard"};
}
std::vector<std::string> idsOf(const LeastFile& least) {
    std::vector<std::string> ids;
    std::ranges::transform(*least.file.grants, std::back_inserter(ids), &FileGrant::id);
    std::ranges::sort(ids);
    return ids;
}
using Ids = std::vector<std::string>;

} // namespace

class LeastFileTest : public QObject {
    Q_OBJECT
private slots:
    void whatNobodyUsesGoes() {
        const auto grant = grantOf("unused", {{"a"}});
        LeastPlan plan;
        plan.remove = bindingsOf(grant.scope);
        const auto least = leastFileOf(fileOf({grant, grantOf("used", {{"b"}})}), [&] {
            auto other = plan;
            std::erase_if(other.remove, [](const auto& one) { return one.resourceKind == ResourceKind::Group; });
            return other;
        }());
        QVERIFY(idsOf(least) == (Ids{"unused", "used"})); // its group is used: no role says just that
        QCOMPARE(least.notes.size(), std::size_t(1));
        const auto whole = leastFileOf(fileOf({grant}), plan);
        QVERIFY(idsOf(whole).empty() && whole.ends == 1 && whole.asks == 0);
        QVERIFY(!whole.file.policies);
    }

    void whatIsTooWideIsAskedForNarrowerFirst() {
        const auto wide = grantOf("wide", {{"eu.", PatternType::Prefixed}, {"lonely"}});
        LeastPlan plan;
        plan.remove = {reads("eu.", PatternType::Prefixed), reads("lonely")};
        plan.create = {reads("eu.a"), reads("eu.b")};
        const auto least = leastFileOf(fileOf({wide}), plan);
        QVERIFY(idsOf(least) == (Ids{"wide", "wide-least"})); // nobody is stopped between the two
        QCOMPARE(least.asks, std::size_t(1));
        const auto& narrow = least.file.grants->back();
        QVERIFY(narrow.scope.reads == (std::vector<NamePattern>{{"eu.a"}, {"eu.b"}}));
        QCOMPARE(narrow.scope.group, wide.scope.group);

        plan.create.clear(); // they are there, by the narrower one
        const auto next = leastFileOf(fileOf({wide, narrow}), plan);
        QVERIFY(idsOf(next) == (Ids{"wide-least"}));
        QCOMPARE(next.ends, std::size_t(1));
    }

    void aPrefixTakesThePlaceOfNames() {
        const auto names = grantOf("names", {{"eu.a"}, {"eu.b"}, {"eu.c"}, {"us.a"}});
        const auto unused = grantOf("unused", {{"eu.d"}});
        LeastPlan plan;
        plan.remove = {reads("eu.a"),
                       reads("eu.b"),
                       reads("eu.c"),
                       reads("eu.d"),
                       {ResourceKind::Group, PatternType::Literal, "dashboard", "User:dashboard"}};
        plan.create = {reads("eu.", PatternType::Prefixed)};
        plan.prefixes = {{plan.create.front(), {"eu.a", "eu.b", "eu.c"}, {"eu.e"}, {"eu.d"}}};
        auto least = leastFileOf(fileOf({names, unused}), plan);
        QVERIFY(idsOf(least) == (Ids{"names", "names-least"})); // what nobody uses ends
        QCOMPARE(least.ends, std::size_t(1));
        QVERIFY(least.file.grants->at(1).scope.group.name.empty());
        plan.remove.pop_back();
        least = leastFileOf(fileOf({names, unused}), plan);
        QVERIFY(idsOf(least) == (Ids{"names", "names-least", "unused"})); // of "unused" the group is needed
        QVERIFY(least.file.grants->at(1).scope.reads ==
                (std::vector<NamePattern>{{"eu.", PatternType::Prefixed}, {"us.a"}}));
        QVERIFY(least.narrower == (std::vector<std::pair<std::string, std::string>>{{"names", "names-least"}}));
    }

    void whoGetsAnIdByARightToWriteKeepsIt() {
        FileGrant writer;
        writer.id = "writer";
        writer.scope.principal = "User:loader";
        writer.scope.role = Role::Producer;
        writer.scope.writes = {{"a"}};
        LeastPlan plan;
        plan.remove = bindingsOf(writer.scope);
        auto least = leastFileOf(fileOf({writer}), plan);
        QVERIFY(idsOf(least).empty());
        plan.create = {{ResourceKind::Cluster, PatternType::Literal, "kafka-cluster", "User:loader", "*",
                        backbone::Operation::IdempotentWrite, backbone::Permission::Allow}};
        least = leastFileOf(fileOf({writer}), plan);
        QVERIFY(idsOf(least) == (Ids{"writer"}));
        QCOMPARE(least.idempotent, Ids{"User:loader"});
        QVERIFY(least.notes.front().find("keeps its rights to write") != std::string::npos);
    }

    void whatIsWrittenReadsAsTheSame() {
        const auto wide = grantOf("wide", {{"eu.", PatternType::Prefixed}});
        LeastPlan plan;
        plan.remove = {reads("eu.", PatternType::Prefixed), reads("adopted\nby: nobody")};
        plan.create = {reads("eu.a")};
        const auto least = leastFileOf(fileOf({wide}), plan);
        QCOMPARE(least.notes.size(), std::size_t(2)); // what is adopted no grant says
        const auto text = writeLeastFile(least);
        const auto read = readAccessFile(text);
        QVERIFY2(read.has_value(), text.c_str());
        QCOMPARE(writeAccessFile(*read), writeAccessFile(least.file));
        QVERIFY(QString::fromStdString(text).contains(QStringLiteral("# Grant 'wide' is wider than what was seen")));
    }
};

QTEST_GUILESS_MAIN(LeastFileTest)
#include "least_file_test.moc"
