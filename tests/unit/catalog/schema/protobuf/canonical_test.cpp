// SPDX-License-Identifier: Apache-2.0
// The stored form of a schema: golden texts, and that what only looks different is one schema.
#include "canonical_texts.h"

#include <catalog/schema.h>

#include <QtTest>

using namespace meshbone::catalog;

namespace {

std::string canonical(const std::string& text) {
    const auto parsed = parseProtobuf(text);
    return parsed ? (*parsed)->canonicalText() : parsed.error().message;
}

std::string normalized(const std::string& text) {
    const auto parsed = parseProtobuf(text);
    return parsed ? (*parsed)->normalizedText() : parsed.error().message;
}

} // namespace

class CanonicalTest : public QObject {
    Q_OBJECT
private slots:
    void forms_data();
    void forms();
    void oneSchema_data();
    void oneSchema();
    void aWrittenMapEntryStays();
    void bytesOfAnOptionStay();
};

void CanonicalTest::forms_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("canonicalForm");
    QTest::addColumn<std::string>("normalizedForm");
    QTest::newRow("proto3") << kMany << kManyCanonical << kManyNormalized;
    QTest::newRow("proto2") << kProto2 << kProto2Canonical << std::string();
    QTest::newRow("nothing") << std::string() << std::string() << std::string();
}

void CanonicalTest::forms() {
    QFETCH(const std::string, text);
    QFETCH(const std::string, canonicalForm);
    QFETCH(const std::string, normalizedForm);
    QCOMPARE(QString::fromStdString(canonical(text)), QString::fromStdString(canonicalForm));
    QCOMPARE(canonical(canonical(text)), canonicalForm); // itself a text of the schema
    if (!normalizedForm.empty()) {
        QCOMPARE(QString::fromStdString(normalized(text)), QString::fromStdString(normalizedForm));
    }
    QCOMPARE(QString::fromStdString(normalized(normalized(text))), QString::fromStdString(normalized(text)));
    QCOMPARE(normalized(canonical(text)), normalized(text));
}

void CanonicalTest::oneSchema_data() {
    QTest::addColumn<std::string>("one");
    QTest::addColumn<std::string>("other");
    QTest::addColumn<bool>("sameCanonical");
    QTest::addColumn<bool>("sameNormalized");
    const std::string head = "syntax = \"proto3\";";
    QTest::newRow("white space and comments")
        << head + "message A{int32 x=1;}" << head + " /* a */\n\nmessage A {\n\tint32 x = 1; // b\n}\n"
        << true << true;
    QTest::newRow("order of fields") << head + "message A{int32 x=1; int32 y=2;}"
                                     << head + "message A{int32 y=2; int32 x=1;}" << false << true;
    QTest::newRow("how a type is named") << head + "package p; message A{B b=1;} message B{}"
                                         << head + "package p; message A{.p.B b=1;} message B{}" << false << true;
    QTest::newRow("order of messages") << head + "message A{} message B{}" << head + "message B{} message A{}" << false
                                       << false;
    QTest::newRow("a map, written out") << head + "message A{map<string,int32> m=1;}"
                                        << head + "message A{repeated MEntry m=1; message MEntry{option map_entry=true;"
                                                  "string key=1; int32 value=2;}}"
                                        << false << true;
    QTest::newRow("number") << head + "message A{int32 x=1;}" << head + "message A{int32 x=2;}" << false << false;
    QTest::newRow("label") << head + "message A{int32 x=1;}" << head + "message A{optional int32 x=1;}" << false
                           << false;
}

void CanonicalTest::oneSchema() {
    QFETCH(const std::string, one);
    QFETCH(const std::string, other);
    QFETCH(const bool, sameCanonical);
    QFETCH(const bool, sameNormalized);
    QCOMPARE(canonical(one) == canonical(other), sameCanonical);
    QCOMPARE(normalized(one) == normalized(other), sameNormalized);
}

void CanonicalTest::aWrittenMapEntryStays() {
    // The registry's formatter indents the blank lines of what is nested, too.
    const std::string text = "syntax = \"proto3\";\n\nmessage A {\n  repeated MEntry m = 1;\n\n  message MEntry {\n"
                             "    option map_entry = true;\n  \n    string key = 1;\n    int32 value = 2;\n  }\n}\n";
    QCOMPARE(QString::fromStdString(canonical(text)), QString::fromStdString(text));
}

void CanonicalTest::bytesOfAnOptionStay() {
    const auto stored = [](const std::string& value) {
        return canonical("syntax = \"proto2\"; message A { optional string s = 1 [default = " + value + "]; }");
    };
    QVERIFY(stored("'\\xff\\000\\n'").find("default = \"\\377\\000\\n\"") != std::string::npos);
    QVERIFY(stored("'ä\\''").find("default = \"ä\\'\"") != std::string::npos);
}

QTEST_APPLESS_MAIN(CanonicalTest)
#include "canonical_test.moc"
