// SPDX-License-Identifier: Apache-2.0
// ECMA-262's regular expressions, as far as RE2 can say them.
#include "schema/json/pattern.h"

#include <QtTest>

using meshbone::catalog::jsonschema::Pattern;

class PatternTest : public QObject {
    Q_OBJECT
private slots:
    void matches_data();
    void matches();
    void refused_data();
    void refused();
    void evilOnesAreQuick();
};

void PatternTest::matches_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isIn");
    const auto row = [](const char* pattern, const char* text, bool isIn) {
        QTest::addRow("%s in %s", pattern, text) << QString(pattern) << QString::fromUtf8(text) << isIn;
    };
    row("a+", "xaay", true);
    row("^a+$", "aa\n", false);
    row("^\\d+$", "12", true);
    row("^\\d+$", "٣", false);
    row("^\\w$", "é", false);
    row("^\\s$", "\xc2\xa0", true);
    row("^\\S$", "\xc2\xa0", false);
    row("^[\\s]$", "\xe2\x80\xa8", true);
    row("^[^\\S]$", " ", true);
    row("^.$", "\xe2\x80\xa8", false);
    row("^\\p{Letter}+$", "é", true);
    row("^\\p{Script=Greek}$", "ω", true);
    row("^\\p{Lu}\\P{Lu}$", "Aa", true);
    row("^\\u00e9$", "é", true);
    row("^\\u{1F432}$", "🐲", true);
    row("^\\ud83d\\udc32$", "🐲", true);
    row("^\\x41\\cA?$", "A", true);
    row("^\\/a\\-b\\_$", "/a-b_", true);
    row("^[[a]$", "[", true);
    row("^[]$", "a", false);
    row("^[^]$", "\n", true);
    row("^(?<year>[0-9]{4})$", "2024", true);
    row("^a{,2}$", "a{,2}", true);
}

void PatternTest::matches() {
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(bool, isIn);
    const auto made = Pattern::of(pattern.toStdString());
    QVERIFY2(made, made ? "" : made.error().message.c_str());
    QCOMPARE(made->isIn(text.toStdString()), isIn);
}

void PatternTest::refused_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* pattern, const char* words) {
        QTest::newRow(pattern) << QString(pattern) << QString(words);
    };
    row("(?!a)", "looks around");
    row("(?<=a)b", "looks around");
    row("(a)\\1", "refers back");
    row("(?<n>a)\\k<n>", "refers back");
    row("(?i)a", "ECMA-262 doesn't know");
    row("a\\Z", "ECMA-262 doesn't know");
    row("[a", "without its ']'");
    row("a\\", "escapes nothing");
    row("a{2000}", "can't be used");
    row("\\uD800", "names no character");
    row("*", "can't be used");
}

void PatternTest::refused() {
    QFETCH(QString, pattern);
    QFETCH(QString, words);
    const auto made = Pattern::of(pattern.toStdString());
    QVERIFY(!made);
    QVERIFY2(made.error().message.find(words.toStdString()) != std::string::npos, made.error().message.c_str());
}

void PatternTest::evilOnesAreQuick() {
    const auto made = Pattern::of("^(a+)+$");
    QVERIFY(made);
    QVERIFY(!made->isIn(std::string(200'000, 'a') + "!"));
}

QTEST_GUILESS_MAIN(PatternTest)
#include "pattern_test.moc"
