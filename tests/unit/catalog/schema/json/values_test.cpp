// SPDX-License-Identifier: Apache-2.0
// JSON as values, decimal numbers, URIs and pairs.
#include "schema/json/decimal.h"
#include "schema/json/matching.h"
#include "schema/json/reader.h"
#include "schema/json/uri.h"

#include <QtTest>

using namespace meshbone::catalog::jsonschema;

namespace {

Value valueOf(const char* text) {
    return std::move(*readJson(text, {.depth = 50, .values = 1000}));
}

} // namespace

class ValuesTest : public QObject {
    Q_OBJECT
private slots:
    void decimals();
    void multiples();
    void spellings();
    void equality();
    void strings();
    void twinsKeepTheLast();
    void uris();
    void matchings();
};

void ValuesTest::decimals() {
    const auto order = [](const char* a, const char* b) { return compareDecimals(decimalOf(a), decimalOf(b)); };
    QVERIFY(order("1.0", "1") == 0);
    QVERIFY(order("-0", "0.0e9") == 0);
    QVERIFY(order("0.1", "0.10000000000000000000000001") < 0);
    QVERIFY(order("9007199254740993", "9007199254740992.0") > 0);
    QVERIFY(order("-2", "-1e1") > 0);
    QVERIFY(order("1e400", "1e399") > 0);
    QVERIFY(order("1e99999999999999999999", "1") > 0);
    QVERIFY(decimalOf("1.50e1").isWhole());
    QVERIFY(!decimalOf("1.5").isWhole());
    QCOMPARE(countOf(decimalOf("20")), std::optional<std::uint64_t>(20));
    QCOMPARE(countOf(decimalOf("1e30")), std::optional<std::uint64_t>(UINT64_MAX));
    QVERIFY(!countOf(decimalOf("-1")));
    QVERIFY(!countOf(decimalOf("0.5")));
}

void ValuesTest::multiples() {
    const auto isMultiple = [](const char* a, const char* b) { return isMultipleOf(decimalOf(a), decimalOf(b)); };
    QVERIFY(isMultiple("0.07", "0.01"));
    QVERIFY(isMultiple("4.35", "0.01"));
    QVERIFY(!isMultiple("0.075", "0.01"));
    QVERIFY(isMultiple("1e308", "0.5"));
    QVERIFY(isMultiple("12391239123", "1e-8"));
    QVERIFY(isMultiple("-9", "4.5"));
    QVERIFY(!isMultiple("7", "2"));
    QVERIFY(isMultiple("0", "3"));
}

void ValuesTest::spellings() {
    QCOMPARE(javaSpelling("1.50"), std::string("1.50"));
    QCOMPARE(javaSpelling("1e2"), std::string("1E+2"));
    QCOMPARE(javaSpelling("12e-1"), std::string("1.2"));
    QCOMPARE(javaSpelling("12e3"), std::string("1.2E+4"));
    QCOMPARE(javaSpelling("0.000001"), std::string("0.000001"));
    QCOMPARE(javaSpelling("0.0000001"), std::string("1E-7"));
    QCOMPARE(javaSpelling("-0"), std::string("0"));
    QCOMPARE(javaSpelling("-0.0"), std::string("0.0"));
    QCOMPARE(javaSpelling("-12"), std::string("-12"));
}

void ValuesTest::equality() {
    QVERIFY(equalValues(valueOf(R"({"a":1,"b":[2.0]})"), valueOf(R"({"b":[2],"a":1e0})")));
    QVERIFY(!equalValues(valueOf("[1,2]"), valueOf("[2,1]")));
    QVERIFY(!equalValues(valueOf("0"), valueOf("false")));
    QCOMPARE(hashValue(valueOf(R"({"a":1,"b":[2.0]})")), hashValue(valueOf(R"({"b":[2],"a":1e0})")));
}

void ValuesTest::strings() {
    QCOMPARE(valueOf(R"("\ud83d\udc32\n\u00e9")").text, std::string("🐲\né"));
    QCOMPARE(quoteJson("\x01\"\\\t"), std::string(R"("\u0001\"\\\t")"));
    QVERIFY(!readJson("\"\xff\"", {.depth = 1, .values = 1}));
    QVERIFY(!readJson("\"\xc0\xaf\"", {.depth = 1, .values = 1}));
    QVERIFY(!readJson("\"\n\"", {.depth = 1, .values = 1}));
    QCOMPARE(shortJson(valueOf("\"éééééééééé\""), 8), std::string("\"ééé…"));
}

void ValuesTest::twinsKeepTheLast() {
    const Value value = valueOf(R"({"a":1,"b":2,"a":3,"c":4,"a":5})");
    QCOMPARE(writeJson(value), std::string(R"({"b":2,"c":4,"a":5})"));
    QCOMPARE(value.find("a")->text, std::string("5"));
    QVERIFY(value.find("x") == nullptr);
}

void ValuesTest::uris() {
    QCOMPARE(resolveUri("http://a/b/c/d?q", "../g"), std::string("http://a/b/g"));
    QCOMPARE(resolveUri("http://a/b/c/d?q", "#s"), std::string("http://a/b/c/d?q#s"));
    QCOMPARE(resolveUri("http://a", "g"), std::string("http://a/g"));
    QCOMPARE(resolveUri("http://a/b", "//c/./d"), std::string("http://c/d"));
    QCOMPARE(resolveUri("urn:uuid:1", "#x"), std::string("urn:uuid:1#x"));
    QCOMPARE(resolveUri("", "./a.json#/b"), std::string("a.json#/b"));
    QCOMPARE(splitFragment("a#%25/x"), (std::pair<std::string, std::string>("a", "%/x")));
    QCOMPARE(pointerSteps("/a~1b/~0/0"), (std::vector<std::string>{"a/b", "~", "0"}));
}

void ValuesTest::matchings() {
    QCOMPARE(largestMatching({{0, 1}, {0}}, 2), (std::vector<std::size_t>{1, 0}));
    QCOMPARE(largestMatching({{0}, {0}}, 1), (std::vector<std::size_t>{0, kUnmatched}));
    QCOMPARE(largestMatching({{0, 1}, {0, 2}, {0}}, 3), (std::vector<std::size_t>{1, 2, 0}));
}

QTEST_GUILESS_MAIN(ValuesTest)
#include "values_test.moc"
