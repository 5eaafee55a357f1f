// SPDX-License-Identifier: Apache-2.0
// Properties added to and removed from open, closed and partly open models, by both policies.
#include "json_schemas.h"

#include <QtTest>

using namespace meshbone::catalog;
using namespace meshbone::test;

namespace {

enum class Need { Required, RequiredWithDefault, Optional };

std::string model(bool isOpen, bool hasExtra, Need need) {
    std::string out = R"({"type":"object","properties":{"a":{"type":"string"})";
    if (hasExtra) {
        out +=
            need == Need::RequiredWithDefault ? R"(,"b":{"type":"string","default":""})" : R"(,"b":{"type":"string"})";
    }
    out += "}";
    if (hasExtra && need != Need::Optional) {
        out += R"(,"required":["b"])";
    }
    return out + (isOpen ? "}" : R"(,"additionalProperties":false})");
}

std::vector<SchemaDifference> differencesOf(const std::string& writer, const std::string& reader,
                                            CompatibilityPolicy policy) {
    auto differences = schemaOf(reader)->differencesReading(*schemaOf(writer), policy);
    return differences ? std::move(*differences) : std::vector<SchemaDifference>();
}

} // namespace

class ModelsTest : public QObject {
    Q_OBJECT
private slots:
    void combinations_data();
    void combinations();
    void partlyOpen();
    void repairs();
};

void ModelsTest::combinations_data() {
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<bool>("isAdded");
    QTest::addColumn<int>("need");
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("isStrictlyFine");
    QTest::addColumn<bool>("isLenientlyFine");
    const auto row = [](bool isOpen, bool isAdded, Need need, const char* type, bool strict, bool lenient) {
        QTest::addRow("%s %s %d", isOpen ? "open" : "closed", isAdded ? "added" : "removed", static_cast<int>(need))
            << isOpen << isAdded << static_cast<int>(need) << type << strict << lenient;
    };
    using enum Need;
    row(true, true, Required, "REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", false, false);
    row(true, true, RequiredWithDefault, "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL", false, true);
    row(true, true, Optional, "OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", false, true);
    row(false, true, Required, "REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL", false, false);
    row(false, true, RequiredWithDefault, "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_UNOPEN_CONTENT_MODEL", true, true);
    row(false, true, Optional, "OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL", true, true);
    for (const Need need : {Required, RequiredWithDefault, Optional}) {
        row(true, false, need, "PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL", true, true);
        row(false, false, need, "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL", false, true);
    }
}

void ModelsTest::combinations() {
    QFETCH(bool, isOpen);
    QFETCH(bool, isAdded);
    QFETCH(int, need);
    QFETCH(QString, type);
    const std::string writer = model(isOpen, !isAdded, static_cast<Need>(need));
    const std::string reader = model(isOpen, isAdded, static_cast<Need>(need));
    for (const auto policy : {CompatibilityPolicy::Strict, CompatibilityPolicy::Lenient}) {
        QFETCH(bool, isStrictlyFine);
        QFETCH(bool, isLenientlyFine);
        const auto differences = differencesOf(writer, reader, policy);
        QCOMPARE(differences.size(), 1U);
        QCOMPARE(QString::fromStdString(differences.front().type), type);
        QCOMPARE(differences.front().path, std::string("#/properties/b"));
        QCOMPARE(differences.front().field, std::string("b"));
        QCOMPARE(!differences.front().isBreaking,
                 policy == CompatibilityPolicy::Strict ? isStrictlyFine : isLenientlyFine);
        QCOMPARE(differences.front().repair.empty(), !differences.front().isBreaking);
    }
}

void ModelsTest::partlyOpen() {
    const auto typesOf = [](const char* writer, const char* reader) {
        std::string out;
        for (const auto& difference : differencesOf(writer, reader, CompatibilityPolicy::Strict)) {
            out += (out.empty() ? "" : ", ") + difference.type;
        }
        return out;
    };
    const char* strings = R"({"properties":{"a":{}},"additionalProperties":{"type":"string"}})";
    QCOMPARE(
        typesOf(strings, R"({"properties":{"a":{},"b":{"type":"string"}},"additionalProperties":{"type":"string"}})"),
        std::string("PROPERTY_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL, "
                    "OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL"));
    QCOMPARE(
        typesOf(strings, R"({"properties":{"a":{},"b":{"type":"number"}},"additionalProperties":{"type":"string"}})"),
        std::string("TYPE_CHANGED, PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL, "
                    "OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL"));
    const char* patterns =
        R"({"properties":{},"patternProperties":{"^i_":{"type":"number"}},"additionalProperties":false})";
    QCOMPARE(typesOf(R"({"properties":{"i_1":{"type":"integer"}},"additionalProperties":false})", patterns),
             std::string("TYPE_EXTENDED, PROPERTY_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL"));
    QCOMPARE(typesOf(R"({"properties":{"x":false},"additionalProperties":false})", R"({"additionalProperties":false})"),
             std::string("PROPERTY_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL"));
    QCOMPARE(typesOf(R"({"additionalProperties":true})", R"({"properties":{"x":true}})"),
             std::string("PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL"));
}

void ModelsTest::repairs() {
    const auto differences = differencesOf(model(true, false, Need::Optional), model(true, true, Need::Optional),
                                           CompatibilityPolicy::Strict);
    QCOMPARE(
        differences.front().message,
        std::string("`b` is new, but what was written before could have anything under its name, because the model was "
                    "open."));
    QCOMPARE(
        differences.front().repair,
        std::string("Close the model that data is written with (`additionalProperties`: false), or use the LENIENT "
                    "policy."));
}

QTEST_GUILESS_MAIN(ModelsTest)
#include "models_test.moc"
