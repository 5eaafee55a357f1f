// SPDX-License-Identifier: Apache-2.0
#include "served_registry.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using Json = nlohmann::json;
using test::ServedRegistry;

/// The parameter `format`: texts in another form than the stored one.
class FormatTest : public QObject {
    Q_OBJECT
private slots:
    void protobufIsSerialized();
    void anEncodedDescriptorComesBack();
    void avroIsResolved();
    void anotherFormatIsPassedOver_data();
    void anotherFormatIsPassedOver();
    void nothingIsToldThatMayNotBeRead();
};

namespace {

constexpr auto kStrike = "syntax = \"proto3\";\npackage air;\n\nmessage Strike {\n  string species = 1;\n}\n";
// FileDescriptorProto{name: "default", package: "air", message_type{…}, syntax: "proto3"}
constexpr auto kSerialized = "CgdkZWZhdWx0EgNhaXIiGQoGU3RyaWtlEg8KB3NwZWNpZXMYASABKAliBnByb3RvMw==";
constexpr auto kWing = R"({"type":"enum","name":"Wing","namespace":"air","symbols":["L","R"]})";
constexpr auto kPlane =
    R"({"type":"record","name":"Plane","namespace":"air","fields":[{"name":"wing","type":"Wing"}]})";
constexpr auto kResolved = R"({"type":"record","name":"Plane","namespace":"air","fields":[{"name":"wing","type":)"
                           R"({"type":"enum","name":"Wing","symbols":["L","R"]}}]})";

Json planeBody() {
    return {{"schema", kPlane}, {"references", {{{"name", "air.Wing"}, {"subject", "wing"}, {"version", 1}}}}};
}

} // namespace

void FormatTest::protobufIsSerialized() {
    ServedRegistry registry;
    registry.put("s", kStrike, "PROTOBUF");
    const auto byId = registry.ask("GET", "/schemas/ids/1?format=serialized").json();
    QCOMPARE(byId["schema"], kSerialized);
    QCOMPARE(byId["schemaType"], "PROTOBUF");
    QCOMPARE(registry.ask("GET", "/schemas/ids/1/schema?format=serialized").text, std::string(kSerialized));
    QCOMPARE(registry.ask("GET", "/subjects/s/versions/1?format=serialized").json()["schema"], kSerialized);
    QCOMPARE(registry.ask("GET", "/subjects/s/versions/latest/schema?format=serialized").text,
             std::string(kSerialized));
    const Json body{{"schema", kStrike}, {"schemaType", "PROTOBUF"}};
    QCOMPARE(registry.ask("POST", "/subjects/s?format=serialized", body).json()["schema"], kSerialized);
    const backbone::HttpHeaders wide{{"Confluent-Accept-Unknown-Properties", "true"}};
    const auto again = registry.ask("POST", "/subjects/s/versions?format=serialized", body, wide).json();
    QCOMPARE(again["schema"], kSerialized);
    const auto guid = again["guid"].get<std::string>();
    QCOMPARE(registry.ask("GET", "/schemas/guids/" + guid + "?format=serialized").json()["schema"], kSerialized);
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").json()["schema"], kStrike);
}

void FormatTest::anEncodedDescriptorComesBack() {
    ServedRegistry registry;
    registry.put("s", kSerialized, "PROTOBUF");
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").json()["schema"], kStrike);
    QCOMPARE(registry.ask("GET", "/schemas/ids/1?format=serialized").json()["schema"], kSerialized);
    QCOMPARE(registry.put("s", kStrike, "PROTOBUF").json()["id"], 1);
}

void FormatTest::avroIsResolved() {
    ServedRegistry registry;
    registry.put("wing", kWing);
    QCOMPARE(registry.ask("POST", "/subjects/plane/versions", planeBody()).json()["id"], 2);
    QCOMPARE(registry.ask("GET", "/schemas/ids/2?format=resolved").json()["schema"], kResolved);
    QCOMPARE(registry.ask("GET", "/subjects/plane/versions/1/schema?format=resolved").text, std::string(kResolved));
    QCOMPARE(registry.ask("GET", "/schemas/ids/2").json()["schema"], kPlane);
}

void FormatTest::anotherFormatIsPassedOver_data() {
    QTest::addColumn<QString>("format");
    for (const auto* format : {"", "default", "serialized", "nonsense", "%20"}) {
        QTest::newRow(format) << QString(format);
    }
}

void FormatTest::anotherFormatIsPassedOver() {
    QFETCH(QString, format);
    ServedRegistry registry;
    registry.put("wing", kWing);
    const auto answer = registry.ask("GET", "/schemas/ids/1?format=" + format.toStdString());
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()["schema"], kWing);
}

void FormatTest::nothingIsToldThatMayNotBeRead() {
    SchemaServiceOptions options;
    options.mayDo = [](const std::string& principal, RegistryAction, const std::string& subject) {
        return principal == "User:ada" || subject == "plane";
    };
    ServedRegistry registry(std::move(options));
    registry.principal = "User:ada";
    registry.put("wing", kWing);
    registry.ask("POST", "/subjects/plane/versions", planeBody());
    registry.principal = "User:bob";
    QCOMPARE(registry.ask("GET", "/schemas/ids/2").json()["schema"], kPlane);
    QCOMPARE(registry.ask("GET", "/schemas/ids/2?format=resolved").code(), 40301);
}

QTEST_GUILESS_MAIN(FormatTest)
#include "format_test.moc"
