// SPDX-License-Identifier: Apache-2.0
// `meshctl contract` as a person uses it: the real program against a real backbone.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/meshctl_checks.h"
#include "support/served_mesh.h"
#endif

using namespace meshbone;
using namespace meshbone::catalog;
using test::MeshctlRun;
using test::ServedMesh;

namespace {

constexpr const char* kContract = "# Flights, as they are.\r\n"
                                  "apiVersion: v3.1.0\r\n"
                                  "kind: DataContract\r\n"
                                  "id: flights\r\n"
                                  "version: 1.0.0\r\n"
                                  "status: active\r\n"
                                  "schema:\r\n"
                                  "  - name: Flight\r\n"
                                  "    physicalName: flights.v1\r\n"
                                  "    physicalType: topic\r\n"
                                  "    properties: [{name: id, logicalType: string, required: true}]\r\n";

} // namespace

class ContractCommandTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { m_mesh = std::make_unique<ServedMesh>(QStringLiteral(MESHCTL)); }
    void cleanupTestCase() { m_mesh.reset(); }

    void aDraftIsAgreedAndComesBackByteForByte();
    void aWrongContractIsRefusedWithItsPlaces();
    void whatBreaksNeedsToBeWanted();
    void filesAreComparedWithoutABackbone();
    void aProductHasADocumentOfItsPorts();

private:
    std::unique_ptr<ServedMesh> m_mesh;
};

void ContractCommandTest::aDraftIsAgreedAndComesBackByteForByte() {
    const MeshctlRun draft = m_mesh->run({"contract", "export", "flights.v1"});
    QVERIFY2(draft.isDone() && draft.output.contains("dataProduct: flights\n"), qPrintable(draft.said()));
    m_mesh->write("draft.yaml", draft.output.toUtf8());
    MUST(m_mesh->run({"contract", "import", m_mesh->path("draft.yaml"), "--why", "First"}));
    MUST(m_mesh->run({"contract", "remove", "flights.v1"}));

    m_mesh->write("ours.yaml", kContract);
    const MeshctlRun agreed = m_mesh->runJson({"contract", "import", m_mesh->path("ours.yaml")});
    QVERIFY2(agreed.isDone() && agreed.array().at(0).toObject()["topic"] == "flights.v1", qPrintable(agreed.said()));
    QCOMPARE(m_mesh->runJson({"contract", "export", "flights.v1"}).object()["text"].toString(),
             QString::fromUtf8(kContract));
    QCOMPARE(m_mesh->run({"contract", "export", "flights.v1"}).output.toUtf8(), QByteArray(kContract));
    const auto again = m_mesh->run({"contract", "import", m_mesh->path("ours.yaml")});
    QVERIFY2(again.output.contains("is this already"), qPrintable(again.said()));

    m_mesh->write("elsewhere.yaml", QByteArray(kContract) + "dataProduct: delays\r\ndomain: Aviation\r\n");
    const auto elsewhere = m_mesh->run({"contract", "import", m_mesh->path("elsewhere.yaml")});
    QVERIFY2(elsewhere.isDone() &&
                 elsewhere.output.contains("- The contract names the product 'delays'; by the catalog "
                                           "'flights.v1' belongs to 'flights'.") &&
                 !elsewhere.output.contains("names the domain"),
             qPrintable(elsewhere.said()));

    const auto list = m_mesh->runJson({"contract", "list"}).array();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list.at(0).toObject()["version"].toString(), QStringLiteral("1.0.0"));
    REFUSED(m_mesh->run({"contract", "check"}), "No schema registry is served there.");
    REFUSED(m_mesh->run({"contract", "export", "nothing"}), "Nothing is known of a topic 'nothing'");
}

void ContractCommandTest::aWrongContractIsRefusedWithItsPlaces() {
    m_mesh->write("wrong.yaml",
                  QByteArray(kContract).replace("status: active", "state: active").replace("1.0.0", "1.0"));
    const MeshctlRun refused = m_mesh->run({"contract", "import", m_mesh->path("wrong.yaml")});
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.errors.contains("wrong.yaml:5:1: `version` ") && refused.errors.contains("Put it in quotes.") &&
                 refused.errors.contains("status"),
             qPrintable(refused.said()));
    m_mesh->write("wrong.yaml", "kind: DataContract\nkind: x\n");
    REFUSED(m_mesh->run({"contract", "import", m_mesh->path("wrong.yaml")}), "wrong.yaml:2:1: ");
    m_mesh->write("wrong.yaml", QByteArray(kContract).replace("physicalType: topic", "physicalType: table"));
    REFUSED(m_mesh->run({"contract", "import", m_mesh->path("wrong.yaml")}), "Give --topic NAME.");
}

void ContractCommandTest::whatBreaksNeedsToBeWanted() {
    m_mesh->write("ours.yaml", kContract);
    MUST(m_mesh->run({"contract", "import", m_mesh->path("ours.yaml")}));
    m_mesh->write("next.yaml", QByteArray(kContract).replace(", required: true", ""));
    const MeshctlRun diff = m_mesh->run({"contract", "diff", "topic:flights.v1", m_mesh->path("next.yaml")});
    QCOMPARE(diff.status, 1);
    QVERIFY2(diff.output.contains("! 'Flight.id' was always there, now it may be absent."), qPrintable(diff.said()));
    REFUSED(m_mesh->run({"contract", "import", m_mesh->path("next.yaml")}), "Give --breaking");
    MUST(m_mesh->run({"contract", "import", m_mesh->path("next.yaml"), "--breaking", "--why", "Agreed with all"}));
    QVERIFY(!m_mesh->run({"contract", "export", "flights.v1"}).output.contains("required"));

    MUST(m_mesh->run({"contract", "set", "flights.v1", "version", "2.0.0"}));
    QCOMPARE(m_mesh->run({"contract", "export", "flights.v1"}).output.toUtf8(),
             QByteArray(kContract).replace(", required: true", "").replace("1.0.0", "2.0.0"));
    REFUSED(m_mesh->run({"contract", "set", "flights.v1", "status", "retired"}), "Nobody keeps it any longer.");
    REFUSED(m_mesh->run({"contract", "set", "flights.v1", "name", "Flights"}), "has no 'name'");
}

void ContractCommandTest::filesAreComparedWithoutABackbone() {
    m_mesh->write("a.yaml", kContract);
    m_mesh->write("b.yaml", QByteArray(kContract).replace("status: active", "status: retired"));
    const auto diff = [&](const char* one, const char* other) {
        return test::runMeshctl(QStringLiteral(MESHCTL), {"contract", "diff", m_mesh->path(one), m_mesh->path(other),
                                                          "--json", "--data", m_mesh->path("nowhere")});
    };
    QCOMPARE(diff("a.yaml", "a.yaml").status, 0);
    const MeshctlRun changed = diff("a.yaml", "b.yaml");
    QCOMPARE(changed.status, 1);
    QCOMPARE(changed.object()["changes"].toArray().at(0).toObject()["path"].toString(), QStringLiteral("status"));
    QCOMPARE(diff("a.yaml", "none.yaml").status, 1);
}

void ContractCommandTest::aProductHasADocumentOfItsPorts() {
    const MeshctlRun draft = m_mesh->run({"contract", "export", "--product", "flights"});
    QVERIFY2(draft.isDone() && draft.output.contains("outputPorts:\n  - name: flights.v1\n"), qPrintable(draft.said()));
    m_mesh->write("product.yaml", draft.output.toUtf8());
    MUST(m_mesh->run({"contract", "import", m_mesh->path("product.yaml")}));
    REFUSED(m_mesh->run({"contract", "export", "--product", "nothing"}), "There is no product 'nothing'.");
    REFUSED(m_mesh->run({"contract", "check", "--product", "flights"}), "No schema registry is served there.");
    MUST(m_mesh->run({"contract", "remove", "--product", "flights"}));
}

QTEST_GUILESS_MAIN(ContractCommandTest)
#include "contract_command_test.moc"
