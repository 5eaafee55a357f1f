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

    void unusedVersionsAreTold() {
        constexpr auto kPlate = R"({"type":"record","name":"Plate","fields":[{"name":"no","type":"int","default":0}]})";
        constexpr auto kPlates = R"({"type":"record","name":"Plate","fields":[]})";
        MUST(m_served.run({"topics", "create", "plates"}));
        MUST(m_served.run({"schema", "register", "plates-value", file(kPlates)}));
        MUST(m_served.run({"schema", "register", "plates-value", file(kPlate)}));
        const auto unused = [&] {
            return m_served.run({"schema", "unused", "plates-value", "--topic", "plates", "--json"}).object();
        };
        auto told = unused();
        QCOMPARE(told["unused"].toArray().size(), 1); // registering it isn't using it
        const auto first = told["unused"].toArray().at(0).toObject();
        QCOMPARE(first["version"].toInt(), 1);
        QCOMPARE(first["events"].toString(), QStringLiteral("all"));
        QVERIFY(first["why"].toString().startsWith(QStringLiteral("plates holds no events. It isn't the latest")));
        QVERIFY(told["askedSinceMs"].toDouble() > 0);
        QVERIFY(told["contracts"].toBool());
        const auto words = m_served.run({"schema", "unused", "plates-value"});
        QVERIFY2(words.output.contains("0 events of 1 topic were looked at. Who asked the registry is known since"),
                 qPrintable(words.said()));

        Record record;
        record.topic = "plates";
        record.partition = Partition(0);
        record.value = framed(SchemaId(first["id"].toInt()), {});
        QVERIFY(m_served.producer()->produceAndWait(record, kPatience));
        told = unused();
        QCOMPARE(told["unused"].toArray().size(), 0); // an event names it
        QCOMPARE(told["topics"].toArray().at(0).toObject()["records"].toInt(), 1);
        REFUSED(m_served.run({"schema", "unused", "nobody-value"}), "There is no subject 'nobody-value'.");

        MUST(m_served.run({"topics", "create", "plates.archive"}));
        const auto several = m_served
                                 .run({"schema", "unused", "--topic", "plates.archive", "--topic", "plates", "--topic",
                                       "plates.archive", "--json"})
                                 .object()["topics"]
                                 .toArray();
        QCOMPARE(several.size(), 2); // each once
        QCOMPARE(several.at(0).toObject()["topic"].toString(), QStringLiteral("plates"));
        QCOMPARE(several.at(1).toObject()["topic"].toString(), QStringLiteral("plates.archive"));
    }

    void whoAskedIsKnownAfterAStart() {
        MUST(m_served.run({"schema", "register", "kept-value", file(kOrder)}));
        const auto version = m_served.registry()->version("kept-value", 1, kPatience);
        QVERIFY(m_served.registry()->byId(version->id, "kept-value", kPatience));
        const auto isKept = [&] {
            const auto all = m_served.registry()->fetches(kPatience).value_or(std::vector<SchemaFetch>());
            const auto has = [&](SchemaAsk what) {
                return std::ranges::any_of(
                    all, [&](const SchemaFetch& one) { return one.id == version->id && one.what == what; });
            };
            return has(SchemaAsk::ById) && has(SchemaAsk::Register);
        };
        QVERIFY(isKept());
        const auto since = m_served.registry()->status(kPatience)->notedSinceMs;
        m_served.stop();
        m_served.start();
        QVERIFY(isKept());
        QCOMPARE(m_served.registry()->status(kPatience)->notedSinceMs, since);
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
