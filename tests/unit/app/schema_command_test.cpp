// SPDX-License-Identifier: Apache-2.0
// `meshctl schema` against a registry that `meshctl serve --schemas` serves: the real program.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/served_mesh.h"
#include "support/served_meshctl.h"
#endif

using namespace meshbone;
using namespace meshbone::catalog;

namespace {

constexpr auto kOrder = R"({"type":"record","name":"Order","fields":[{"name":"id","type":"int"}]})";
constexpr auto kBill = R"({"type":"record","name":"Bill","fields":[{"name":"sum","type":"long"}]})";
const CallOptions kPatience{std::chrono::seconds(60), {}};

} // namespace

class SchemaCommandTest : public QObject {
    Q_OBJECT

    test::ServedMeshctl m_served{true};
    QTemporaryDir m_files;

    [[nodiscard]] QString file(const char* text) const {
        QFile out(m_files.filePath(QStringLiteral("schema")));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) < 0) {
            qFatal("The schema's file can't be written.");
        }
        return out.fileName();
    }

private slots:
    void initTestCase() { m_served.start(); }

    void aLostIdIsRestored() {
        MUST(m_served.run({"schema", "register", "orders-value", file(kBill)}));
        const auto done = m_served.run(
            {"schema", "restore-id", "17", "--subject", "orders-value", "--file", file(kOrder), "--version", "4"});
        QVERIFY2(done.output.contains("Id 17 is back, as orders-value version 4. orders-value was in mode IMPORT "
                                      "meanwhile and is as the registry again."),
                 qPrintable(done.said()));
        const auto registry = m_served.registry();
        QCOMPARE(registry->version("orders-value", 4, kPatience)->id, SchemaId(17));
        const auto settings = registry->settings({"orders-value"}, kPatience);
        for (const auto& one : *settings) {
            QVERIFY(one.mode.value_or(SubjectMode::ReadWrite) != SubjectMode::Import);
        }
        REFUSED(m_served.run({"schema", "restore-id", "17", "--subject", "bills-value", "--file", file(kBill)}),
                "Id 17 is taken: it stands for another schema, that of orders-value version 4.");
        MUST(m_served.run({"schema", "settings", "bills-value", "--mode", "IMPORT"}));
        const auto again =
            m_served.run({"schema", "restore-id", "18", "--subject", "bills-value", "--file", file(kBill), "--json"});
        QCOMPARE(again.object()["id"].toInt(), 18);
        QCOMPARE(again.object()["modeWasSet"].toBool(true), false);
    }

    void aCheckSaysWhereInBothTexts() {
        MUST(m_served.run({"schema", "register", "places-value", file(kBill)}));
        const auto text = file("{\"type\":\"record\",\"name\":\"Bill\",\"fields\":[\n"
                               "  {\"name\":\"sum\",\"type\":\"string\"}]}");
        const auto told = m_served.run({"schema", "check", "places-value", text});
        QCOMPARE(told.status, 1);
        QVERIFY2(told.output.contains(QRegularExpression(
                     QStringLiteral("at line 2, column \\d+ of the new schema; line 1, column \\d+ of version 1"))),
                 qPrintable(told.said()));
        const auto json = m_served.run({"schema", "check", "places-value", text, "--json"}).object();
        const auto difference = json["versions"].toArray().at(0).toObject()["differences"].toArray().at(0).toObject();
        QCOMPARE(difference["inReader"].toObject()["line"].toInt(), 2);
        QCOMPARE(difference["inWriter"].toObject()["line"].toInt(), 1);
    }

    void aSearchFindsOwnersAndDomains() {
        const test::ServedMesh mesh(test::kMeshctl); // its topic flights.v1 is of the domain Aviation
        MUST(m_served.run({"schema", "register", "flights.v1-value", file(kBill)}));
        qputenv("MESHBONE_REGISTRY_PASSWORD", QByteArray::fromStdString(m_served.access.password));
        const auto found =
            mesh.runJson({"schema", "search", "AVIATION", "--registry", QString::fromStdString(m_served.access.schemas),
                          "--registry-user", QString::fromStdString(m_served.access.user)});
        qunsetenv("MESHBONE_REGISTRY_PASSWORD");
        QVERIFY2(found.array().size() == 1, qPrintable(found.said()));
        QCOMPARE(found.array().at(0).toObject()["subject"].toString(), QStringLiteral("flights.v1-value"));
        QCOMPARE(found.array().at(0).toObject()["in"].toString(), QStringLiteral("owner"));
    }
};

QTEST_GUILESS_MAIN(SchemaCommandTest)
#include "schema_command_test.moc"
