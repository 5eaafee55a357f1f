// SPDX-License-Identifier: Apache-2.0
#include "wire/codec.h"
#include "wire/dump.h"
#include "wire/message_types.h"
#include "wire/messages/consumer_protocol_assignment.h"
#include "wire/messages/consumer_protocol_subscription.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <fstream>
#include <set>
#include <sstream>

using namespace meshbone::backbone::wire;

namespace {

struct GoldenLine {
    Version version = 0;
    std::string bytes;
    std::string values;
};

std::string fromHex(const std::string& hex) {
    return hex == "-" ? "" : QByteArray::fromHex(hex.c_str()).toStdString();
}

std::ifstream openGolden(const std::string& name) {
    return std::ifstream(std::string(MESHBONE_GOLDEN_WIRE "/") + name + ".txt");
}

std::vector<GoldenLine> goldenLines(const std::string& name) {
    auto file = openGolden(name);
    std::vector<GoldenLine> lines;
    std::string text;
    while (std::getline(file, text)) {
        std::istringstream in(text);
        GoldenLine line;
        std::string hex;
        in >> line.version >> hex >> std::ws;
        line.bytes = fromHex(hex);
        std::getline(in, line.values);
        lines.push_back(std::move(line));
    }
    return lines;
}

/// Compares a dump with the values that the bytes were made from.
void compareValues(const std::string& dumped, const GoldenLine& line) {
    const auto actual = nlohmann::json::parse(dumped, nullptr, false);
    const auto expected = nlohmann::json::parse(line.values, nullptr, false);
    QVERIFY2(!actual.is_discarded(), dumped.c_str());
    QVERIFY2(actual == expected, nlohmann::json::diff(expected, actual).dump().c_str());
}

template <class M>
void checkPayload() {
    std::set<Version> versions;
    for (const auto& line : goldenLines(M::kName)) {
        versions.insert(line.version);
        const auto message = decodeBody<M>(line.bytes, line.version);
        QVERIFY2(message.has_value(), message ? "" : message.error().message.c_str());
        compareValues(dump(*message, line.version), line);
        QCOMPARE(encodeBody(*message, line.version), line.bytes);
    }
    QCOMPARE(versions.size(), static_cast<std::size_t>(M::kVersions.max - M::kVersions.min + 1));
}

} // namespace

/// Bytes that Apache Kafka's own library encoded: decoded, compared value by value, and encoded to the same bytes.
class WireGoldenTest : public QObject {
    Q_OBJECT

private slots:
    void messages_data() {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const auto& type : messageTypes()) {
            QTest::newRow(type.name.data()) << index++;
        }
    }
    void messages() {
        QFETCH(int, index);
        const auto& type = messageTypes()[static_cast<std::size_t>(index)];
        std::map<Version, int> linesOfVersion;
        for (const auto& line : goldenLines(std::string(type.name))) {
            ++linesOfVersion[line.version];
            const auto message = type.make();
            const auto decoded = message->decode(line.bytes, line.version);
            QVERIFY2(decoded.has_value(),
                     decoded ? "" : ("v" + std::to_string(line.version) + ": " + decoded.error().message).c_str());
            Dumper dumper;
            message->inspect(dumper, line.version);
            compareValues(dumper.text(), line);
            QCOMPARE(QByteArray::fromStdString(message->encode(line.version)).toHex(),
                     QByteArray::fromStdString(line.bytes).toHex());
            if (QTest::currentTestFailed()) {
                return;
            }
        }
        for (Version version = type.versions.min; version <= type.versions.max; ++version) {
            QCOMPARE(linesOfVersion[version], 3);
        }
    }

    void headersOfEveryVersion() {
        auto file = openGolden("headers");
        std::size_t lines = 0, expected = 0;
        int key = 0, version = 0;
        std::string request, response;
        while (file >> key >> version >> request >> response) {
            ++lines;
            const auto apiKey = static_cast<ApiKey>(key);
            const auto apiVersion = static_cast<Version>(version);
            const auto clientId = "client-" + std::to_string(version);
            const auto correlationId = 7000 + version;
            QCOMPARE(requestHead({apiKey, apiVersion, correlationId, clientId}).substr(4), fromHex(request));
            QCOMPARE(responseHead(apiKey, apiVersion, correlationId).substr(4), fromHex(response));
            const auto bytes = fromHex(request) + "body";
            const auto frame = decodeRequestFrame(bytes);
            QVERIFY(frame && frame->versionServed && frame->header.clientId == clientId && frame->body == "body");
            const auto answer = fromHex(response) + "body";
            const auto split = decodeResponseFrame(answer, apiKey, apiVersion);
            QVERIFY(split && split->correlationId == correlationId && split->body == "body");
        }
        for (const auto& api : kApis) {
            expected += static_cast<std::size_t>(api.served.max - api.served.min + 1);
        }
        QCOMPARE(lines, expected);
    }

    void consumerProtocol() {
        checkPayload<ConsumerProtocolSubscription>();
        checkPayload<ConsumerProtocolAssignment>();
    }
};

QTEST_GUILESS_MAIN(WireGoldenTest)
#include "wire_test.moc"
