// SPDX-License-Identifier: Apache-2.0
#include "topics/event_form_model.h"
#include "widgets/english.h"
#include "widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;

namespace {

constexpr const char* kSchema = R"({"type":"record","name":"Flight","fields":[
    {"name":"origin","type":"string"},{"name":"number","type":"long"},
    {"name":"late","type":"boolean"},
    {"name":"state","type":{"type":"enum","name":"State","symbols":["PLANNED","GONE"]}},
    {"name":"legs","type":{"type":"array","items":{"type":"record","name":"Leg","fields":[
        {"name":"to","type":"string"},{"name":"miles","type":"int","default":0}]}}},
    {"name":"notes","type":{"type":"map","values":"long"}},
    {"name":"gate","type":["null","int","string","Leg"],"default":null},
    {"name":"crew","type":["null","string"],"default":null}]})";

constexpr const char* kEvent = R"({"state":"GONE","origin":"SFO","number":12345678901234567,"late":false,)"
                               R"("legs":[{"to":"LAX","miles":337}],"notes":{"b":1,"a":2},"unknown":{"z":1.50}})";

/// The model on an event, under test all the while.
struct FormOnEvent {
    catalog::ParsedSchemaPtr schema;
    EventFormModel model;
    int edits = 0;

    explicit FormOnEvent(const char* event = kEvent)
        : schema(*catalog::parseAvro(kSchema)) {
        new QAbstractItemModelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest, &model);
        QObject::connect(&model, &EventFormModel::edited, &model, [this] { ++edits; });
        model.setForm(catalog::eventForm(*schema), *catalog::readJsonTree(event));
    }
    /// A place by the names and numbers that lead to it: "legs/0/to".
    [[nodiscard]] QModelIndex at(const QString& path, int column = EventFormModel::Name) const {
        QModelIndex here;
        for (const auto& name : path.split(u'/')) {
            QModelIndex found;
            for (int row = 0; row < model.rowCount(here); ++row) {
                const auto child = model.index(row, EventFormModel::Name, here);
                found = child.data().toString() == name ? child : found;
            }
            if (!found.isValid()) {
                return {};
            }
            here = found;
        }
        return here.siblingAtColumn(column);
    }
    bool type(const QString& path, const QString& words, int column = EventFormModel::Value) {
        return model.setData(at(path, column), words, Qt::EditRole);
    }
    [[nodiscard]] QString shown(const QString& path) const { return at(path, EventFormModel::Value).data().toString(); }
    [[nodiscard]] QString problem(const QString& path) const {
        return at(path).data(EventFormModel::ProblemRole).toString();
    }
    [[nodiscard]] std::string json() const { return model.value().toString(); }
};

} // namespace

class EventFormTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        Theme::instance().install(*qApp);
        installEnglish();
    }

    void nothingIsLostByLooking() {
        const FormOnEvent f;
        QCOMPARE(f.json(), std::string(kEvent));
        QCOMPARE(f.model.rowCount({}), 9);                 // eight fields, and what the schema doesn't know
        QCOMPARE(f.at(QStringLiteral("origin")).row(), 0); // in the schema's order
        QCOMPARE(f.shown(QStringLiteral("number")), QStringLiteral("12345678901234567"));
        QCOMPARE(f.shown(QStringLiteral("unknown")), QStringLiteral("{\"z\":1.50}"));
        QCOMPARE(f.shown(QStringLiteral("legs/0/miles")), QStringLiteral("337"));
        QVERIFY(f.shown(QStringLiteral("crew")).contains(QStringLiteral("readers take null")));
        QVERIFY(!f.model.isSet(f.at(QStringLiteral("crew"))));
        QCOMPARE(f.edits, 0);
    }

    void anEditChangesItsPlaceAlone() {
        FormOnEvent f;
        QVERIFY(f.type(QStringLiteral("legs/0/to"), QStringLiteral("OAK")));
        QVERIFY(f.type(QStringLiteral("late"), QStringLiteral("true")));
        auto expected = std::string(kEvent);
        expected.replace(expected.find("LAX"), 3, "OAK");
        expected.replace(expected.find("false"), 5, "true");
        QCOMPARE(f.json(), expected);
        QCOMPARE(f.edits, 2);
    }

    void whatDoesNotFitIsKeptAndSaid() {
        FormOnEvent f;
        QVERIFY(f.type(QStringLiteral("number"), QStringLiteral("12a")));
        QCOMPARE(f.shown(QStringLiteral("number")), QStringLiteral("12a"));
        QVERIFY(f.problem(QStringLiteral("number")).contains(QStringLiteral("whole number")));
        QVERIFY(f.type(QStringLiteral("number"), QStringLiteral("12")));
        QCOMPARE(f.problem(QStringLiteral("number")), QString());
        QVERIFY(f.json().find(R"("number":12,)") != std::string::npos); // a number again, no text
        FormOnEvent bare("{}");
        QVERIFY(bare.problem(QStringLiteral("origin")).contains(QStringLiteral("must be there")));
        QCOMPARE(bare.problem(QStringLiteral("crew")), QString());
    }

    void aPlaceIsSetInTheSchemasOrder() {
        FormOnEvent f(R"({"origin":"SFO","state":"GONE"})");
        QVERIFY(f.type(QStringLiteral("number"), QStringLiteral("7")));
        QCOMPARE(f.json(), std::string(R"({"origin":"SFO","number":7,"state":"GONE"})"));
        f.model.set(f.at(QStringLiteral("legs")));
        QCOMPARE(f.json(), std::string(R"({"origin":"SFO","number":7,"state":"GONE","legs":[]})"));
        f.model.set(f.at(QStringLiteral("crew"))); // a text to fill in, not the null that it is anyway
        QVERIFY(f.json().ends_with(R"("crew":""})"));
        QVERIFY(f.model.canRemove(f.at(QStringLiteral("crew"))));
        f.model.remove(f.at(QStringLiteral("crew")));
        QVERIFY(f.json().ends_with(R"("legs":[]})"));
        QVERIFY(!f.model.canRemove(f.at(QStringLiteral("origin")))); // an event has to have it
    }

    void listsAndMapsGetAndLoseTheirItems() {
        FormOnEvent f;
        QVERIFY(f.model.canAddItem(f.at(QStringLiteral("legs"))));
        f.model.addItem(f.at(QStringLiteral("legs")));
        QCOMPARE(f.model.rowCount(f.at(QStringLiteral("legs"))), 2);
        QVERIFY(f.type(QStringLiteral("legs/1/to"), QStringLiteral("DEN")));
        QVERIFY(f.json().find(R"([{"to":"LAX","miles":337},{"to":"DEN"}])") != std::string::npos);
        f.model.remove(f.at(QStringLiteral("legs/0")));
        QVERIFY(f.json().find(R"("legs":[{"to":"DEN"}])") != std::string::npos);
        f.model.addItem(f.at(QStringLiteral("notes")));
        QVERIFY(f.type(QStringLiteral("notes/name"), QStringLiteral("wind"), EventFormModel::Name));
        QVERIFY(f.type(QStringLiteral("notes/wind"), QStringLiteral("9")));
        QVERIFY(f.json().find(R"("notes":{"b":1,"a":2,"wind":9})") != std::string::npos);
        QVERIFY(!f.type(QStringLiteral("notes/wind"), QStringLiteral("a"), EventFormModel::Name)); // it is taken
        QVERIFY(!f.type(QStringLiteral("origin"), QStringLiteral("from"), EventFormModel::Name));  // the schema's name
    }

    void aUnionsValueSaysItsBranch() {
        FormOnEvent f;
        const auto gate = QStringLiteral("gate");
        QCOMPARE(f.at(gate, EventFormModel::Type).data(EventFormModel::ChoicesRole).toStringList(),
                 (QStringList{QStringLiteral("null"), QStringLiteral("int"), QStringLiteral("string"),
                              QStringLiteral("Leg")}));
        QVERIFY(f.type(gate, QStringLiteral("string"), EventFormModel::Type));
        QVERIFY(f.type(gate, QStringLiteral("B12")));
        QVERIFY(f.json().find(R"("gate":{"string":"B12"})") != std::string::npos);
        QVERIFY(f.type(gate, QStringLiteral("Leg"), EventFormModel::Type));
        QVERIFY(f.type(QStringLiteral("gate/to"), QStringLiteral("LAX")));
        QVERIFY(f.json().find(R"("gate":{"Leg":{"to":"LAX"}})") != std::string::npos);
        QVERIFY(f.type(gate, QStringLiteral("null"), EventFormModel::Type));
        QVERIFY(f.json().find(R"("gate":null)") != std::string::npos);
        QVERIFY(f.type(QStringLiteral("crew"), QStringLiteral("Ada"))); // of one type it stands as it is
        QVERIFY(f.json().find(R"("crew":"Ada")") != std::string::npos);
    }

    void symbolsAreChosen() {
        FormOnEvent f;
        QCOMPARE(f.at(QStringLiteral("state"), EventFormModel::Value).data(EventFormModel::ChoicesRole).toStringList(),
                 (QStringList{QStringLiteral("PLANNED"), QStringLiteral("GONE")}));
        QVERIFY(f.type(QStringLiteral("state"), QStringLiteral("PLANNED")));
        QVERIFY(f.json().find(R"("state":"PLANNED")") != std::string::npos);
    }

    void ofAGroupOneIsThere() {
        FormOnEvent f;
        const auto schema = *catalog::parseProtobuf("syntax = \"proto3\"; message M { string name = 1;"
                                                    " oneof how { string by_text = 2; int64 by_id = 3; } }");
        f.model.setForm(catalog::eventForm(*schema), *catalog::readJsonTree(R"({"by_text":"x"})"));
        QVERIFY(f.type(QStringLiteral("by_id"), QStringLiteral("5")));
        QCOMPARE(f.json(), std::string(R"({"by_id":5})"));
        QVERIFY(!f.model.isSet(f.at(QStringLiteral("by_text"))));
    }
};

QTEST_MAIN(EventFormTest)
#include "event_form_test.moc"
