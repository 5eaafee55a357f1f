// SPDX-License-Identifier: Apache-2.0
#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/message_types.h"

#include <fmt/core.h>

#include <QtTest>

#include <set>

using namespace meshbone::backbone::wire;

/// The table of APIs and what is written about it, and the error codes.
class TableTest : public QObject {
    Q_OBJECT

private slots:
    void theTableIsAscendingAndSound() {
        int before = -1;
        for (const auto& api : kApis) {
            QVERIFY(static_cast<int>(api.key) > before);
            before = static_cast<int>(api.key);
            QVERIFY(api.advertisedMin <= api.served.min && api.served.min <= api.served.max);
            QCOMPARE(findApi(api.key), &api);
        }
        QCOMPARE(findApi(static_cast<ApiKey>(32000)), nullptr);
    }

    void everyApiHasARequestAndAResponse() {
        const auto types = messageTypes();
        for (std::size_t i = 0; i < kApis.size(); ++i) {
            QCOMPARE(types[2 * i].name, std::string(kApis[i].name) + "Request");
            QCOMPARE(types[2 * i + 1].name, std::string(kApis[i].name) + "Response");
            QVERIFY(types[2 * i].isRequest && !types[2 * i + 1].isRequest);
        }
    }

    void theReadmeSaysTheSame() {
        QFile file(MESHBONE_WIRE_README);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = file.readAll().toStdString();
        std::size_t rows = 0;
        for (auto at = text.find("\n| "); at != std::string::npos; at = text.find("\n| ", at + 1)) {
            ++rows;
        }
        QCOMPARE(rows, kApis.size() + 1); // and the heading
        for (const auto& api : kApis) {
            const auto flexible =
                api.flexibleFrom == kNever ? std::string("never") : fmt::format("{}", api.flexibleFrom);
            const auto row = fmt::format("\n| {} | {} | {}-{} | {}-{} | {} |\n", static_cast<int>(api.key), api.name,
                                         api.advertisedMin, api.served.max, api.served.min, api.served.max, flexible);
            QVERIFY2(text.find(row) != std::string::npos, row.c_str());
        }
    }

    void everyErrorCodeHasANameAndASentence() {
        std::set<std::string_view> names;
        for (std::int16_t code = -1; code <= 133; ++code) {
            const auto kafkaCode = static_cast<KafkaCode>(code);
            QVERIFY(kafkaCodeName(kafkaCode) != "UNKNOWN");
            names.insert(kafkaCodeName(kafkaCode));
            QVERIFY(kafkaCodeSentence(kafkaCode).ends_with('.'));
        }
        QCOMPARE(names.size(), std::size_t{135});
        QCOMPARE(kafkaCodeName(static_cast<KafkaCode>(9999)), std::string_view("UNKNOWN"));
        QCOMPARE(kafkaCodeName(KafkaCode::FetchSessionIdNotFound), std::string_view("FETCH_SESSION_ID_NOT_FOUND"));
        QCOMPARE(static_cast<int>(KafkaCode::FetchSessionIdNotFound), 70);
        QVERIFY(isRetriable(KafkaCode::NotLeaderOrFollower));
        QVERIFY(!isRetriable(KafkaCode::InvalidRecord));
    }
};

QTEST_GUILESS_MAIN(TableTest)
#include "table_test.moc"
