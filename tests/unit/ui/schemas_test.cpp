// SPDX-License-Identifier: Apache-2.0
#include "support/fake_registry.h"

#include "schemas/differences_model.h"
#include "schemas/fields_model.h"
#include "schemas/line_diff.h"
#include "schemas/reference_lines.h"
#include "schemas/schema_words.h"
#include "schemas/subject_search.h"
#include "schemas/topic_names.h"
#include "schemas/versions_model.h"
#include "widgets/english.h"
#include "widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;

namespace {

catalog::SchemaBookPtr bookOf(test::FakeRegistry& registry) {
    auto versions = *registry.versions({});
    std::vector<std::string> subjects;
    for (const auto& one : versions) {
        subjects.push_back(one.subject);
    }
    return std::make_shared<const catalog::SchemaBook>(std::move(versions), *registry.settings(subjects, {}));
}

SubjectFactsPtr factsOf(const catalog::SchemaBook& book, const std::string& subject) {
    return *subjectFacts(book, subject, {});
}

void testModel(QAbstractItemModel& model) {
    new QAbstractItemModelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest, &model);
}

/// What the rows make of the two texts: the left ones, the right ones.
std::pair<QStringList, QStringList> sides(const QStringList& left, const QStringList& right,
                                          const std::vector<DiffRow>& rows) {
    std::pair<QStringList, QStringList> made;
    for (const auto& row : rows) {
        if (row.left >= 0) {
            made.first << left.at(row.left);
        }
        if (row.right >= 0) {
            made.second << right.at(row.right);
        }
    }
    return made;
}

} // namespace

class SchemasTest : public QObject {
    Q_OBJECT

private slots:
    void referencesAreLines_data() {
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("read"); // as they are written again, or what is wrong
        QTest::newRow("none") << QStringLiteral(" \n\n") << QString();
        QTest::newRow("two") << QStringLiteral("a.B  b-value\t1\n\n c.proto c-value 12 ")
                             << QStringLiteral("a.B b-value 1\nc.proto c-value 12");
        QTest::newRow("a version as it is shown")
            << QStringLiteral("a.B b-value v3") << QStringLiteral("a.B b-value 3");
        QTest::newRow("a subject with blanks")
            << QStringLiteral("n my subject 2 4") << QStringLiteral("n my subject 2 4");
        const auto wrong = QStringLiteral("Line %1 of the references must be a name, a subject and a version.");
        QTest::newRow("no version") << QStringLiteral("a.B b 1\na.C c-value") << wrong.arg(2);
        QTest::newRow("version 0") << QStringLiteral("a.B b 0") << wrong.arg(1);
        QTest::newRow("a version beyond all") << QStringLiteral("a.B b 99999999999") << wrong.arg(1);
        QTest::newRow("no subject") << QStringLiteral("\na.B 1") << wrong.arg(2);
        QTest::newRow("a name twice") << QStringLiteral("a b 1\na c 1")
                                      << QStringLiteral("Line 2 of the references names “a” once more.");
    }
    void referencesAreLines() {
        QFETCH(QString, lines);
        QFETCH(QString, read);
        const auto references = readReferenceLines(lines);
        QCOMPARE(references ? referenceLines(*references) : QString::fromStdString(references.error().message), read);
    }
    void referencesAreBounded() {
        QStringList lines;
        for (int i = 0; i < 500; ++i) {
            lines << QStringLiteral("n%1 s 1").arg(i);
        }
        QCOMPARE(readReferenceLines(lines.join(u'\n'))->size(), 500U);
        lines << QStringLiteral("one-more s 1");
        QCOMPARE(readReferenceLines(lines.join(u'\n')).error().message,
                 std::string("A schema has at most 500 references."));
    }

    void initTestCase() {
        Theme::instance().install(*qApp);
        installEnglish();
    }

    void aSubjectIsOfTheTopicWithTheLongestName() {
        TopicNames names;
        names.add("quakes");
        names.add("quakes-near-airports");
        QCOMPARE(names.topicOf("quakes-value"), std::string("quakes"));
        QCOMPARE(names.topicOf("quakes-near-airports-value"), std::string("quakes-near-airports"));
        QCOMPARE(names.topicOf("quakes-org.example.Quake"), std::string("quakes"));
        QCOMPARE(names.topicOf(":.lab:quakes-key"), std::string("quakes"));
        QCOMPARE(names.topicOf("quakes"), std::string());
        QCOMPARE(names.topicOf("-value"), std::string());
        QCOMPARE(names.topicOf("storms-value"), std::string());
    }

    void topicsAreThoseOfTheBackboneAndOfTheCatalog() {
        const auto facts = std::make_shared<MeshFacts>();
        facts->topics.resize(2);
        facts->topics[0].name = "flights";
        facts->topics[1].name = "quakes";
        const auto catalog = std::make_shared<CatalogView>();
        catalog->facts["storms"] = {};
        TopicNames names(facts, catalog);
        QVERIFY(names.has("flights") && names.has("quakes") && names.has("storms"));
        QVERIFY(!names.has("birds"));
        names.add("birds");
        QCOMPARE(names.topicOf("birds-value"), std::string("birds"));
        QCOMPARE(names.topicOf("storms-key"), std::string("storms"));
    }

    void jsonIsLaidOutInItsOwnOrder() {
        const std::string source =
            "{\"z\":1.50,\"a\":[{\"name\":\"b\",\"type\":\"string\"},[]],\"empty\":{},\"t\":\"a\\\\{,\"}";
        const PrettyText pretty(catalog::SchemaType::Avro, source);
        QCOMPARE(pretty.text(),
                 std::string("{\n  \"z\": 1.50,\n  \"a\": [{\"name\": \"b\", \"type\": \"string\"}, []],\n"
                             "  \"empty\": {},\n  \"t\": \"a\\\\{,\"\n}"));
        const auto at = static_cast<int>(source.find("\"string\"")) + 1;
        const auto place = pretty.placeOf({1, at});
        QCOMPARE(place, (catalog::TextPlace{3, 31}));
        QCOMPARE(pretty.placeOf({}), catalog::TextPlace{});
    }

    void longJsonIsBrokenAndLinesOfTheSourceAreFound() {
        std::string fields;
        for (int i = 0; i < 9; ++i) {
            fields += "{\"name\":\"field" + std::to_string(i) + "\",\n\"type\":\"string\"}" + (i < 8 ? "," : "");
        }
        const PrettyText pretty(catalog::SchemaType::Avro, "{\"fields\":[" + fields + "]}");
        QCOMPARE(std::ranges::count(pretty.text(), '\n'), 9 + 3);
        QCOMPARE(pretty.placeOf({5, 1}).line, 6); // the type of the fourth field
    }

    void whatIsNoJsonStaysAsItIs() {
        for (const std::string& source : {std::string("{\"a\": ["), std::string("]"), std::string()}) {
            QCOMPARE(PrettyText(catalog::SchemaType::Json, source).text(), source);
        }
        const std::string proto = "syntax = \"proto3\";\nmessage A {}\n";
        const PrettyText pretty(catalog::SchemaType::Protobuf, proto);
        QCOMPARE(pretty.text(), proto);
        QCOMPARE(pretty.placeOf({2, 9}), (catalog::TextPlace{2, 9}));
    }

    void linesAreComparedTheShortWay() {
        const QStringList left{"a", "b", "c", "d"}, right{"a", "c", "x", "d", "e"};
        QCOMPARE(lineDiff(left, right),
                 (std::vector<DiffRow>{
                     {0, 0, true}, {1, -1, false}, {2, 1, true}, {-1, 2, false}, {3, 3, true}, {-1, 4, false}}));
        QVERIFY(lineDiff({}, {}).empty());
    }

    void everyLineStandsOnceInItsOrder() {
        QRandomGenerator random(7);
        for (int round = 0; round < 200; ++round) {
            QStringList left, right;
            for (auto* lines : {&left, &right}) {
                for (int i = random.bounded(12); i > 0; --i) {
                    *lines << QString::number(random.bounded(4));
                }
            }
            const auto rows = lineDiff(left, right);
            QCOMPARE(sides(left, right, rows), std::pair(left, right));
            for (const auto& row : rows) {
                QVERIFY(!row.isSame || left.at(row.left) == right.at(row.right));
            }
        }
    }

    void versionsSayWhatChanged() {
        test::FakeRegistry registry;
        const auto book = bookOf(registry);
        const auto facts = factsOf(*book, "seismic.quakes-value");
        const auto rows = versionRows(*facts);
        QCOMPARE(rows.size(), std::size_t{3});
        QCOMPARE(rows[0].version, 3);
        QVERIFY(rows[0].isLatest);
        QCOMPARE(rows[0].change, QStringLiteral("added felt, alert"));
        QCOMPARE(rows[0].compatibility, QStringLiteral("backward and forward"));
        QVERIFY(rows[2].compatibility.isEmpty());
        UsageAnswer usage; // unused is only what was looked for in all of its events
        usage.unused.resize(1);
        usage.unused.front().version = *book->version("seismic.quakes-value", 1);
        usage.unused.front().looked = catalog::VersionUsage::Looked::Part;
        QVERIFY(!versionRows(*facts, &usage)[2].isUnused);
        usage.surelyUnused.emplace("seismic.quakes-value", 1, rows[2].id);
        QVERIFY(versionRows(*facts, &usage)[2].isUnused && !versionRows(*facts, &usage)[1].isUnused);
        VersionsModel model;
        testModel(model);
        model.setRows(rows);
        model.setRows(versionRows(*factsOf(*book, "aviation.flights-value")));
        QCOMPARE(model.rowCount(), 2);
    }

    void manyFieldsAreCounted() {
        std::vector<catalog::SchemaField> before(1), after;
        before.front().path = "gone";
        for (int i = 0; i < 6; ++i) {
            after.push_back({});
            after.back().path = "f" + std::to_string(i);
        }
        SubjectFacts facts;
        facts.versions.resize(2);
        facts.versions[1].change = changeBetween(before, after);
        QCOMPARE(changeWords(facts, 1), QStringLiteral("added 6 fields; removed gone"));
    }

    void aSearchFindsFieldsBelowTheirSubjects() {
        test::FakeRegistry registry;
        const auto book = bookOf(registry);
        const auto found = findSchemas(*book, "felt");
        SubjectsModel model;
        testModel(model);
        const CatalogView catalog;
        model.setRows(subjectRows(*book, catalog, {}, nullptr, {}, false));
        const int all = model.rowCount();
        model.setRows(subjectRows(*book, catalog, {}, &found, QStringLiteral("felt"), false));
        QCOMPARE(model.at(0).subject, QStringLiteral("seismic.quakes-near-airports-value")); // it refers to the other
        const int field = model.rowOf(QStringLiteral("seismic.quakes-value\nfelt"));
        QVERIFY(field > 0);
        QCOMPARE(model.plain(field, 0), QStringLiteral("field felt: int or null"));
        model.setRows(subjectRows(*book, catalog, {}, nullptr, {}, true));
        QCOMPARE(model.rowCount(), all + 1); // the deleted one
    }

    void differencesThatBreakComeFirst() {
        test::FakeRegistry registry;
        const auto book = bookOf(registry);
        catalog::SchemaDefinition text = *book->latest("aviation.flights-value")->definition;
        const std::string added = "\"fields\":[{\"name\":\"gate\",\"type\":\"string\"},";
        text.text.replace(text.text.find("\"fields\":["), 10, added);
        const auto verdict = book->verdict("aviation.flights-value", text);
        QVERIFY(verdict);
        DifferencesModel model;
        testModel(model);
        model.setRows(verdictRows(*verdict, QStringLiteral("the new one")));
        QVERIFY(model.rowCount() > 0);
        QVERIFY(model.at(0).difference.isBreaking);
        QCOMPARE(model.plain(0, DifferencesModel::Who), QStringLiteral("the new one reads v2"));
        QVERIFY(!model.at(0).difference.repair.empty());
    }

    void namesInSentencesHaveQuotes() {
        QCOMPARE(sentenceOf("Give `net` or `id` a default."), QStringLiteral("Give “net” or “id” a default."));
        QCOMPARE(sentenceOf({}), QString());
    }

    void fieldsStandInTheOrderOfTheText() {
        FieldsModel model;
        testModel(model);
        std::vector<catalog::SchemaField> fields(3);
        fields[0].path = "z";
        fields[1].path = "a";
        fields[2].path = "z"; // what recurs
        model.setRows(withoutDoubles(fields));
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.sortKey(0, 0).toInt() < model.sortKey(1, 0).toInt());
    }
};

QTEST_MAIN(SchemasTest)
#include "schemas_test.moc"
