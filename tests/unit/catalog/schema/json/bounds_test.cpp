// SPDX-License-Identifier: Apache-2.0
// Nothing takes endless time or a deep stack: texts, payloads and pairs of schemas beyond a bound give an error.
#include "json_schemas.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::test;

namespace {

constexpr qint64 kMostTime = 60'000; ///< milliseconds on a busy machine: what takes endless time takes longer

std::string repeated(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) {
        out += text;
    }
    return out;
}

/// Definitions each of which refers to the next one in two ways: 2^n ways from the first to the last.
std::string doubling(int size, const std::string& last) {
    std::string out = R"({"$ref":"#/definitions/d0","definitions":{)";
    for (int i = 0; i < size; ++i) {
        const std::string next = R"({"$ref":"#/definitions/d)" + std::to_string(i + 1) + "\"}";
        out += "\"d" + std::to_string(i) + R"(":{"allOf":[)" + next + "," + next + "]},";
    }
    return out + "\"d" + std::to_string(size) + "\":" + last + "}}";
}

} // namespace

class BoundsTest : public QObject {
    Q_OBJECT
private slots:
    void deepSchemas();
    void largeSchemas();
    void eachValueIsCheckedOnce();
    void manyPatterns();
    void deepPayloads();
    void schemasThatReferToThemselves();
    void deepPayloadsOfRecursiveSchemas();
    void exponentialValidation();
    void quadraticThings();
    void heavyPayloads();
    void longChains();
    void failuresAreFew();
};

void BoundsTest::deepSchemas() {
    const std::string deep = repeated(R"({"items":)", 10'000) + "{}" + repeated("}", 10'000);
    const auto schema = parseJsonSchema(deep);
    QVERIFY(!schema);
    QCOMPARE(schema.error().code, ErrorCode::Exhausted);
    QVERIFY(schema.error().message.find("nested deeper than 200 levels") != std::string::npos);
    QVERIFY(refusalOf(repeated(R"({"items":)", 198) + "{}" + repeated("}", 198)).empty());
}

void BoundsTest::largeSchemas() {
    const auto large = parseJsonSchema(R"({"title":")" + std::string(kMaxSchemaBytes, 'a') + "\"}");
    QVERIFY(!large);
    QCOMPARE(large.error().code, ErrorCode::Exhausted);
    const auto many = parseJsonSchema(R"({"anyOf":[{})" + repeated(",{}", kMaxSchemaNodes) + "]}");
    QVERIFY(!many);
    QCOMPARE(many.error().code, ErrorCode::Exhausted);
}

void BoundsTest::manyPatterns() {
    std::string text = R"({"patternProperties":{"a":{})";
    for (int i = 0; i < 20'000; ++i) {
        text += R"=(,"((\\p{L}{4}))=" + std::to_string(i) + "){2}\":{}";
    }
    QElapsedTimer timer;
    timer.start();
    const auto schema = parseJsonSchema(text + "}}");
    QVERIFY(!schema);
    QCOMPARE(schema.error().code, ErrorCode::Exhausted);
    QVERIFY(timer.elapsed() < kMostTime);
}

void BoundsTest::deepPayloads() {
    const auto any = schemaOf("{}");
    const auto deep = any->toJson(repeated("[", 10'000) + repeated("]", 10'000));
    QVERIFY(!deep);
    QCOMPARE(deep.error().code, ErrorCode::Corrupt);
    QVERIFY(deep.error().message.find("nested deeper than 500 levels") != std::string::npos);
    QVERIFY(any->toJson(repeated("[", 400) + repeated("]", 400)));
}

void BoundsTest::schemasThatReferToThemselves() {
    for (const char* schema : {R"({"$ref":"#"})", R"({"allOf":[{"$ref":"#"}]})", R"({"not":{"$ref":"#"}})",
                               R"({"anyOf":[{"$ref":"#/definitions/a"}],"definitions":{"a":{"$ref":"#/definitions/b"},
                                  "b":{"$ref":"#/definitions/a"}}})"}) {
        const auto parsed = schemaOf(schema);
        const auto json = parsed->toJson("1");
        QVERIFY2(!json, schema);
        QCOMPARE(json.error().code, ErrorCode::Exhausted);
        QVERIFY(parsed->fields().empty());
        QVERIFY(parsed->differencesReading(*schemaOf(schema)));
    }
}

void BoundsTest::deepPayloadsOfRecursiveSchemas() {
    const auto list = schemaOf(R"({"properties":{"next":{"allOf":[{"$ref":"#"}]}},"additionalProperties":false})");
    QVERIFY(list->toJson(repeated(R"({"next":)", 300) + "{}" + repeated("}", 300)));
    QVERIFY(!list->toJson(repeated(R"({"next":)", 10'000) + "{}" + repeated("}", 10'000)));
}

void BoundsTest::exponentialValidation() {
    QElapsedTimer timer;
    timer.start();
    // Members are marked, so that what is known of a value isn't all that counts.
    const auto json =
        schemaOf(R"({"$schema":"https://json-schema.org/draft/2019-09/schema","unevaluatedProperties":false,)" +
                 doubling(60, R"({"properties":{"a":{}}})").substr(1))
            ->toJson(R"({"a":1})");
    QVERIFY(!json);
    QCOMPARE(json.error().code, ErrorCode::Exhausted);
    QVERIFY(timer.elapsed() < kMostTime);
    QVERIFY(schemaOf(doubling(60, R"({"properties":{"a":{}}})"))->fields().size() <= 1);
    const auto differences = schemaOf(doubling(60, R"({"type":"string"})"))
                                 ->differencesReading(*schemaOf(doubling(60, R"({"type":"number"})")));
    QVERIFY(differences && !differences->empty());
}

/// Not once for each of the 2^60 ways there are to the last definition.
void BoundsTest::eachValueIsCheckedOnce() {
    for (const char* combined : {"allOf", "anyOf"}) {
        std::string text = doubling(60, R"({"type":"string"})");
        for (auto at = text.find("allOf"); at != std::string::npos; at = text.find("allOf", at + 1)) {
            text.replace(at, 5, combined);
        }
        const auto schema = schemaOf(text);
        QVERIFY(schema->check(R"("x")"));
        const auto refused = schema->check("5");
        QVERIFY(!refused);
        QVERIFY2(refused.error().code == ErrorCode::Corrupt, refused.error().message.c_str());
    }
}

void BoundsTest::quadraticThings() {
    QElapsedTimer timer;
    timer.start();
    std::string items = "[0";
    for (int i = 1; i < 50'000; ++i) {
        items += "," + std::to_string(i);
    }
    items += "]";
    QVERIFY(schemaOf(R"({"uniqueItems":true})")->toJson(items));
    QVERIFY(schemaOf(R"({"items":{"enum":)" + items.substr(0, 100'000) + "0]}}")
                ->toJson("[" + repeated("7,", 20'000) + "7]"));
    QVERIFY(timer.elapsed() < kMostTime);
}

void BoundsTest::heavyPayloads() {
    std::string patterns = R"({"allOf":[{})";
    std::string options = R"({"allOf":[{})";
    for (int i = 0; i < 3'000; ++i) {
        patterns += R"(,{"pattern":"(a|b)*c)" + std::to_string(i) + "|a$\"}";
        options += R"(,{"not":{"enum":[)" + std::to_string(i) + "]}}";
    }
    const std::string large(1 << 20, 'a');
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!schemaOf(patterns + "]}")->toJson("\"" + large + "\""));
    QVERIFY(!schemaOf(options + "]}")->toJson("[\"" + large + "\",[" + repeated("[[1,2],[3]],", 50'000) + "0]]"));
    QVERIFY2(timer.elapsed() < kMostTime, std::to_string(timer.elapsed()).c_str());
}

void BoundsTest::longChains() {
    std::string chain = R"({"$ref":"#/definitions/d0","definitions":{)";
    for (int i = 0; i < 1'000; ++i) {
        chain += "\"d" + std::to_string(i) + R"(":{"items":{"$ref":"#/definitions/d)" + std::to_string(i + 1) + "\"}},";
    }
    const auto parsed = schemaOf(chain + R"("d1000":{"type":"string"}}})");
    const auto differences =
        parsed->differencesBy(std::chrono::steady_clock::now() + std::chrono::seconds(60),
                              *schemaOf(chain + R"("d1000":{"type":"number"}}})"), CompatibilityPolicy::Strict);
    QVERIFY2(differences, differences ? "" : differences.error().message.c_str());
    QCOMPARE(differences->size(), 1U);
    QCOMPARE(differences->front().type, std::string("TYPE_CHANGED"));
    QVERIFY(parsed->fields().empty());
    QVERIFY(parsed->toJson("[[[]]]"));
}

void BoundsTest::failuresAreFew() {
    const auto validator = JsonValidator::of(schemaOf(R"({"items":{"type":"string"}})"));
    QVERIFY(validator);
    QCOMPARE(validator->failures("[" + repeated("1,", 1'000) + "1]").size(), kMaxJsonFailures);
}

QTEST_GUILESS_MAIN(BoundsTest)
#include "bounds_test.moc"
