// SPDX-License-Identifier: Apache-2.0
#include "schemas/field_tree_model.h"
#include "schemas/field_tree_view.h"
#include "widgets/filter_line.h"
#include "widgets/theme.h"

#include <fmt/format.h>

#include <QAbstractItemModelTester>
#include <QTreeView>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;
using Column = FieldTreeModel::Column;

namespace {

constexpr auto kTrip =
    R"({"type":"record","name":"Trip","fields":[{"name":"id","type":"string","doc":"Which one"},)"
    R"({"name":"legs","type":{"type":"array","items":{"type":"record","name":"Leg","fields":[)"
    R"({"name":"tail","type":"string","confluent:tags":["PII"]},)"
    R"({"name":"delay","type":["null","int"],"default":null}]}}},)"
    R"({"name":"seats","type":{"type":"map","values":{"type":"record","name":"Seat","fields":[)"
    R"({"name":"row","type":"int","default":1}]}}},)"
    R"({"name":"paid","type":["null",{"type":"record","name":"Cash","fields":[{"name":"sum","type":"int"}]},)"
    R"({"type":"record","name":"Card","fields":[{"name":"number","type":"string"}]}]},)"
    R"({"name":"before","type":["null","Trip"],"default":null,"aliases":["previous"]}]})";
constexpr auto kNode = R"({"type":"object","title":"Node","required":["a.b"],"properties":{"a.b":{"type":"string"},)"
                       R"("at":{"type":"object","properties":{"lon":{"type":"number","default":0.5}}},)"
                       R"("tags":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}}},)"
                       R"("children":{"type":"array","items":{"$ref":"#"}}}})";
constexpr auto kAirport =
    "syntax = \"proto3\";\nmessage Airport {\n  string code = 1;\n  repeated Runway runways = 2;\n"
    "  map<string, Runway> by_name = 3;\n  Airport parent = 4;\n"
    "  message Runway { int32 length = 1; }\n}\nmessage Other { string note = 1; }\n";

FieldTreePtr treeOf(const Result<catalog::ParsedSchemaPtr>& parsed) {
    return parsed ? fieldTree(**parsed) : nullptr;
}

/// The names of all places, each with as many dots before it as it lies deep.
QStringList outline(const QAbstractItemModel& model, const QModelIndex& parent = {}, const QString& indent = {}) {
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const auto index = model.index(row, 0, parent);
        lines << indent + index.data().toString() << outline(model, index, indent + u'.');
    }
    return lines;
}

QString words(const FieldTreeModel& model, const char* path, int column) {
    return model.indexOf(QLatin1String(path)).siblingAtColumn(column).data().toString();
}

} // namespace

class FieldTreeTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { Theme::instance().install(*qApp); }

    void avroIsATreeOfWhatIsInsideWhat() {
        FieldTreeModel model;
        new QAbstractItemModelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest, &model);
        model.setTree(treeOf(catalog::parseAvro(kTrip)));
        QCOMPARE(outline(model), (QStringList{"id", "legs", ".each item", "..tail", "..delay", "seats", ".each value",
                                              "..row", "paid", ".as Cash", "..sum", ".as Card", "..number", "before"}));
        QCOMPARE(words(model, "legs[].tail", Column::Tags), QStringLiteral("PII"));
        QCOMPARE(words(model, "legs[].tail", Column::Needed), QStringLiteral("required"));
        QCOMPARE(words(model, "legs[].delay", Column::Default), QStringLiteral("null"));
        QCOMPARE(words(model, "seats{}.row", Column::Default), QStringLiteral("1"));
        QCOMPARE(words(model, "paid<Card>.number", Column::Field), QStringLiteral("number"));
        QCOMPARE(words(model, "id", Column::Doc), QStringLiteral("Which one"));
        QCOMPARE(words(model, "before", Column::Doc), QStringLiteral("also called previous"));
        QCOMPARE(words(model, "before", Column::Type), QStringLiteral("Trip or null, as above"));
        QVERIFY(!model.indexOf(QStringLiteral("nobody")).isValid());
        model.setTree(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void jsonSchemaToo() {
        FieldTreeModel model;
        new QAbstractItemModelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest, &model);
        model.setTree(treeOf(catalog::parseJsonSchema(kNode)));
        QCOMPARE(outline(model), (QStringList{"a.b", "at", ".lon", "tags", ".each item", "..name", "children"}));
        QCOMPARE(words(model, "at.lon", Column::Default), QStringLiteral("0.5"));
        QVERIFY(words(model, "children", Column::Type).endsWith(QStringLiteral(", as above")));
        QVERIFY(!words(model, "tags", Column::Type).contains(QStringLiteral("as above")));
    }

    void protobufToo() {
        FieldTreeModel model;
        new QAbstractItemModelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest, &model);
        model.setTree(treeOf(catalog::parseProtobuf(kAirport)));
        QCOMPARE(outline(model), (QStringList{"code", "runways", ".each item", "..length", "by_name", ".each value",
                                              "..length", "parent", "Other.note"}));
        QCOMPARE(words(model, "parent", Column::Type), QStringLiteral("Airport, as above"));
    }

    void millionsOfPlacesAreNotKept() {
        // Three records of 200 fields, each field of the first one of the second, and so on.
        const auto record = [](const std::string& name, const std::string& type, const std::string& again) {
            std::string fields;
            for (int i = 0; i < 200; ++i) {
                fields += fmt::format(R"({}{{"name":"f{}","type":{}}})", i > 0 ? "," : "", i, i > 0 ? again : type);
            }
            return fmt::format(R"({{"type":"record","name":"{}","fields":[{}]}})", name, fields);
        };
        const auto scalars = record("C", R"("int","default":1)", R"("int","default":1)");
        const auto outer = record("A", record("B", scalars, R"("C")"), R"("B")");
        const auto tree = treeOf(catalog::parseAvro(outer));
        QVERIFY(tree != nullptr);
        QVERIFY(!tree->fields.empty() && tree->fields.size() <= 10'000);
        QVERIFY(tree->nodes.size() <= 10'000);
        const auto first = tree->byPath.find("f0.f0.f0");
        QVERIFY(first != tree->byPath.end());
        QCOMPARE(tree->nodes[static_cast<std::size_t>(first->second)].defaultText, std::string("1"));
    }

    void aSchemaWithoutFieldsIsEmpty() {
        FieldTreeModel model;
        model.setTree(treeOf(catalog::parseAvro(R"("string")")));
        QCOMPARE(model.rowCount(), 0);
        model.setTree(treeOf(catalog::parseAvro(
            R"({"type":"array","items":{"type":"record","name":"A","fields":[{"name":"x","type":"int"}]}})")));
        QCOMPARE(outline(model), (QStringList{"each item", ".x"}));
    }

    void whatIsInsideIsFound() {
        FieldTreeView view;
        view.setTree(treeOf(catalog::parseAvro(kTrip)));
        auto* tree = view.findChild<QTreeView*>(QStringLiteral("fieldTree"));
        auto* line = view.findChild<FilterLine*>(QStringLiteral("fieldTreeFilter"));
        line->setText(QStringLiteral("PII"));
        emit line->filterChanged(line->text());
        QCOMPARE(outline(*tree->model()), (QStringList{"legs", ".each item", "..tail"}));
        line->setText(QStringLiteral("seats"));
        emit line->filterChanged(line->text());
        QCOMPARE(outline(*tree->model()), (QStringList{"seats", ".each value", "..row"})); // with what is inside
        line->clear();
        emit line->filterChanged({});
        QCOMPARE(tree->model()->rowCount(), 5);
        view.choose(QStringLiteral("paid<Cash>.sum"));
        QCOMPARE(view.current(), QStringLiteral("paid<Cash>.sum"));
        QVERIFY(tree->isExpanded(tree->currentIndex().parent()));
        view.setTree(treeOf(catalog::parseAvro(kTrip))); // the same again: what is chosen stays
        QCOMPARE(view.current(), QStringLiteral("paid<Cash>.sum"));
    }
};

QTEST_MAIN(FieldTreeTest)
#include "field_tree_test.moc"
