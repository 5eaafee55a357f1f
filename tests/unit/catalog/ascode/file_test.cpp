// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_file.h>

#include "ascode/line_diff.h"
#include "yaml/yaml_text.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;

namespace {

/// What is wrong with a text, "line:column sentence" each.
QStringList problemsOf(const std::string& text) {
    QStringList found;
    const auto file = readAccessFile(text);
    if (!file) {
        for (const FileProblem& one : file.error()) {
            found << QStringLiteral("%1:%2 %3")
                         .arg(one.at.line)
                         .arg(one.at.column)
                         .arg(QString::fromStdString(one.sentence));
        }
    }
    return found;
}

std::string grantWith(const std::string& fields) {
    return "meshbone: access/1\ngrants:\n  g:\n    principal: User:x\n    role: consumer\n    purpose: To see\n" +
           fields;
}

/// Everything that a file can say, with names that YAML would rather take for something else.
AccessFile richFile() {
    AccessFile file;
    file.policies.emplace();
    file.policies->push_back({{"null", "yes", PolicyReach::Mesh, "", Approval::Unsaid, "", 0, 0, 0, true, 0}, {}});
    file.policies->push_back({{"classified", "Classified: data #1", PolicyReach::Classification, "confidential",
                               Approval::Required, "security", 2, 90, 14, false, 0},
                              {}});
    file.principals.emplace();
    file.principals->push_back(
        {{"User:dashboard", "The \"dashboard\"", PrincipalKind::Tool, "ops", "ada", true, 0}, {}});
    file.principals->push_back({{"User:CN=a\\,b,O=x: y", "- c", PrincipalKind::Service, "", "", false, 0}, {}});
    file.principals->push_back(
        {{"User:" + std::string(990, '"'), "Long", PrincipalKind::Person, "", "", false, 0}, {}});
    file.products.emplace();
    Product product{"flights", "Flights", "First line\n\n  indented\nlast: #line", "aviation", "ops", {}, 0};
    product.ports = {{"1.flights", PortDirection::Output, "tab\there"},
                     {"flights.v1", PortDirection::Output, " blank"},
                     {"weather.v1", PortDirection::Input, "ends\n"}};
    file.products->push_back({product, Classification::Restricted, {{"flights.v1", Classification::Confidential}}, {}});
    file.topics.emplace();
    file.topics->push_back({"lonely", Classification::Restricted, {}});
    file.grants.emplace();
    FileGrant grant;
    grant.id = "on";
    grant.scope.principal = "User:dashboard";
    grant.scope.host = "10.0.0.1";
    grant.scope.role = Role::ConsumeTransformProduce;
    grant.scope.reads = {{"z"}, {"eu.", backbone::PatternType::Prefixed}, {"*"}};
    grant.scope.writes = {{"b"}};
    grant.scope.group = {"ends in *"};
    grant.scope.transactionalId = {"~", backbone::PatternType::Prefixed};
    grant.product = "flights";
    grant.purpose = "Ünicode \xe2\x80\xa8 and \xc2\x85 line ends";
    grant.untilMs = 1'800'000'000'123;
    grant.conditions = "Read only: #1; no copies";
    file.grants->push_back(grant);
    return file;
}

} // namespace

class AccessFileTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsWrittenReadsAsTheSame() {
        const std::string text = writeAccessFile(richFile());
        const auto read = readAccessFile(text);
        QVERIFY2(read.has_value(), qPrintable(problemsOf(text).join('\n')));
        QCOMPARE(writeAccessFile(*read), text);
        const FileGrant& grant = read->grants->front();
        QCOMPARE(grant.scope, richFile().grants->front().scope);
        QCOMPARE(grant.untilMs, TimestampMs{1'800'000'000'123});
        QCOMPARE(grant.conditions, richFile().grants->front().conditions);
        QCOMPARE(grant.purpose, richFile().grants->front().purpose);
        const Product& product = read->products->front().product;
        QCOMPARE(product.description, richFile().products->front().product.description);
        QVERIFY(product.ports == richFile().products->front().product.ports);
        QCOMPARE(read->principals->size(), std::size_t{3});
        QVERIFY(read->policies->back().policy.allowsEverything); // "null", which is a name here
    }

    void theDocumentedExampleIsAFile() {
        QFile page(QStringLiteral(DOCUMENTATION));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QByteArray text = page.readAll();
        const QByteArray begin = "```yaml\n";
        const auto at = text.indexOf(begin) + begin.size();
        const std::string example = text.mid(at, text.indexOf("```", at) - at).toStdString();
        const auto file = readAccessFile(example);
        QVERIFY2(file.has_value(), qPrintable(problemsOf(example).join('\n')));
        QCOMPARE(file->grants->front().scope.reads.size(), std::size_t{2});
        QCOMPARE(file->products->front().topics.at("flights.v1"), Classification::Restricted);
    }

    void aFileIsSortedAndSaysNothingTwice() {
        AccessFile file;
        file.topics.emplace();
        file.topics->push_back({"b", Classification::Restricted, {}});
        file.topics->push_back({"a", Classification::Confidential, {}});
        file.grants.emplace();
        QCOMPARE(writeAccessFile(file),
                 std::string("meshbone: access/1\n\ntopics:\n  a:\n    classification: confidential\n"
                             "  b:\n    classification: restricted\n\ngrants: {}\n"));
    }

    void aMissingSectionIsNotAnEmptyOne() {
        const auto file = readAccessFile("meshbone: access/1\ngrants: {}\n");
        QVERIFY(file.has_value());
        QVERIFY(!file->products);
        QVERIFY(file->grants && file->grants->empty());
    }

    void whatIsWrongIsToldWithItsPlace_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        const QString head = "meshbone: access/1\n";
        const auto row = [&](const char* name, const QString& text, const QString& problem) {
            QTest::newRow(name) << text << problem;
        };
        row("empty", "", "0:0 The file is empty");
        row("another form", "meshbone: access/9\n", "1:11 The file: its form 'access/9'");
        row("not YAML", head + "products: [\n", "This isn't YAML");
        row("a tab", head + "\tproducts: {}\n", "2:");
        row("unknown section", head + "grant: {}\n", "2:1 The file: there is no field 'grant'");
        row("unknown field", QString::fromStdString(grantWith("    grup: x\n")),
            "7:5 grant 'g': there is no field 'grup'");
        row("unknown role", head + "grants:\n  g:\n    principal: User:x\n    role: reader\n    purpose: p\n",
            "5:11 grant 'g': 'role' is one of producer");
        row("missing", head + "grants:\n  g:\n    principal: User:x\n    role: consumer\n",
            "4:5 grant 'g': 'purpose' is missing");
        row("no time", QString::fromStdString(grantWith("    until: soon\n")), "7:12 grant 'g': 'until' is a time");
        row("no list", QString::fromStdString(grantWith("    reads: a\n")), "7:12 grant 'g': 'reads' is a list");
        row("a list in a list", QString::fromStdString(grantWith("    reads:\n      - [a]\n")),
            "8:9 grant 'g': 'reads' takes a name");
        row("twice", head + "grants: {}\ngrants: {}\n", "3:1 'grants' is there twice; it stands in line 2");
        row("an anchor", head + "products: &a {}\n", "Anchors");
        row("an alias", head + "a: &x b\nproducts: *x\n", "Anchors");
        row("a tag", head + "products: !!map {}\n", "Tags");
        row("two documents", head + "---\n" + head, "one document only");
        row("nothing", head + "products:\n", "'products' has entries by name");
        row("an entry without fields", head + "products:\n  flights:\n",
            "3:3 product 'flights': its fields are missing");
        row("a port without a topic",
            head + "products:\n  p:\n    name: P\n    domain: d\n    owner: o\n    ports:\n      - description: x\n",
            "8:9 a port of product 'p': a port is an 'output' or an 'input'");
        row("a topic of two",
            head + "products:\n  a: {name: A, domain: d, owner: o, ports: [output: t]}\n"
                   "  b: {name: B, domain: d, owner: o, ports: [output: t]}\n",
            "4:3 product 'b': topic 't' is another product's output");
        row("not covered", head + "covers: [a]\nproducts:\n  b: {name: B, domain: d, owner: o}\n",
            "4:3 product 'b': the file doesn't cover it");
        row("a policy for nothing", head + "policies:\n  p: {name: P, for: planet mars}\n",
            "3:21 policy 'p': 'for' is 'mesh'");
        row("a negative number", head + "policies:\n  p: {name: P, for: mesh, max-days: -1}\n",
            "'max-days' is a whole number");
        row("neither true nor false", head + "principals:\n  User:x: {name: X, disabled: maybe}\n",
            "'disabled' is true or false");
        row("a control character", QString("meshbone: access/1\n# \x04\n"), "2:3 There is a control character");
    }
    void whatIsWrongIsToldWithItsPlace() {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        const QString found = problemsOf(text.toStdString()).join('\n');
        QVERIFY2(found.contains(problem), qPrintable("found: " + found));
    }

    void bytesThatAreNoTextAreRefused() {
        QVERIFY(!readAccessFile("meshbone: access/1\n# \xff\n"));
        QVERIFY(!readAccessFile("meshbone: access/1\ngrants: {\"\\N\": {}}\n"));
        QVERIFY(!readAccessFile(std::string(kMaxAccessFileBytes + 1, 'a')));
        QVERIFY(!readAccessFile(std::string(100'000, '[')));
        QVERIFY(!readAccessFile(std::string(100'000, '{')));
    }

    void problemsAreBounded() {
        std::string text = "meshbone: access/1\ngrants:\n";
        for (int i = 0; i < 500; ++i) {
            text += "  g" + std::to_string(i) + ": {}\n";
        }
        QCOMPARE(problemsOf(text).size(), 20);
    }

    void aDifferenceIsAsSmallAsCanBe() {
        const auto lines = differenceOf({"a", "b", "c", "d"}, {"a", "x", "c", "d", "e"});
        QString text;
        for (const DiffLine& line : lines) {
            text += QLatin1Char(line.sign) + QString::fromStdString(line.text);
        }
        QCOMPARE(text, QStringLiteral(" a-b+x c d+e"));
    }
};

QTEST_APPLESS_MAIN(AccessFileTest)
#include "file_test.moc"
