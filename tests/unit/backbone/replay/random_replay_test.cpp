// SPDX-License-Identifier: Apache-2.0
#include "replay/markers.h"
#include "support/live_backbone.h"
#include "support/seed.h"

#include <random>

using namespace meshbone;
using namespace meshbone::backbone;

/// Random topics and requests against an oracle that reads everything and judges each record by itself.
class RandomReplayTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TestCluster> m_cluster;
    std::unique_ptr<LiveBackbone> m_backbone;
    std::mt19937_64 m_random;

    std::int64_t pick(std::int64_t from, std::int64_t to) {
        return std::uniform_int_distribution<std::int64_t>(from, to)(m_random);
    }
    std::optional<Bytes> bytes(std::int64_t most) {
        switch (pick(0, 9)) {
        case 0:
            return std::nullopt;
        case 1:
            return "";
        default:
            break;
        }
        Bytes text(static_cast<std::size_t>(pick(1, most)), '\0');
        std::ranges::generate(text, [&] { return static_cast<char>(pick(0, 255)); });
        return text;
    }
    std::vector<Record> randomRecords(std::int32_t partitions) {
        std::vector<Record> records;
        TimestampMs clock = 1'000;
        for (std::int64_t i = pick(0, 400); i > 0; --i) {
            clock += pick(0, 20);
            auto record = eventAt(static_cast<std::int32_t>(pick(0, partitions - 1)),
                                  std::max<TimestampMs>(clock - pick(0, 1) * pick(0, 3'000), 1),
                                  pick(0, 3) == 0 ? bytes(3) : std::optional<Bytes>("k" + std::to_string(pick(0, 5))),
                                  bytes(200));
            for (std::int64_t h = pick(0, 3); h > 0; --h) {
                record.headers.push_back({"h" + std::to_string(pick(0, 1)), bytes(10)});
            }
            records.push_back(record);
            if (pick(0, 9) == 0) {
                records.push_back(record); // a duplicate
            }
        }
        return records;
    }
    ReplayRequest randomRequest(const std::string& source, std::int32_t partitions) {
        ReplayRequest request;
        request.sourceTopic = source;
        request.targetTopic = source + "-again";
        const auto from = pick(0, 6'000);
        request.window = TimeWindow{from, from + pick(1, 5'000)};
        if (pick(0, 2) == 0) {
            OffsetWindow offsets;
            for (std::int32_t p = 0; p < partitions; ++p) {
                const auto first = pick(0, 60);
                offsets.ranges[Partition(p)] = {Offset(first), Offset(first + pick(0, 80))};
            }
            request.window = offsets;
        } else if (pick(0, 2) == 0) {
            request.partitions = {Partition(static_cast<std::int32_t>(pick(0, partitions - 1)))};
        }
        if (pick(0, 2) == 0) {
            request.filter.keyContains = std::to_string(pick(0, 5));
        }
        if (pick(0, 3) == 0) {
            request.filter.headerName = "h1";
        }
        request.keepPartition = pick(0, 1) == 0;
        return request;
    }
    /// Written anew from the contract, without the code under test.
    static bool belongs(const ReplayRequest& request, const Record& record) {
        if (!request.partitions.empty() &&
            std::ranges::find(request.partitions, record.partition) == request.partitions.end()) {
            return false;
        }
        if (const auto* time = std::get_if<TimeWindow>(&request.window)) {
            if (record.timestampMs < time->fromMs || record.timestampMs >= time->toMs) {
                return false;
            }
        } else {
            const auto& [from, to] = std::get<OffsetWindow>(request.window).ranges.at(record.partition);
            if (record.offset < from || record.offset >= to) {
                return false;
            }
        }
        if (request.filter.keyContains &&
            (!record.key || record.key->find(*request.filter.keyContains) == std::string::npos)) {
            return false;
        }
        return request.filter.headerName.empty() || std::ranges::any_of(record.headers, [&](const Header& h) {
                   return h.name == request.filter.headerName;
               });
    }
    static Record unmarked(Record record) {
        record.headers.resize(record.headers.size() - kMarkerCount);
        return record;
    }
    void compare(const std::string& target, const std::map<Partition, std::vector<Record>>& expected) {
        std::map<Partition, std::vector<Record>> found; // by partition of origin
        for (auto& [partition, records] : m_backbone->readAll(target)) {
            for (auto& record : records) {
                auto origin = unmarked(record);
                origin.partition = Partition(std::stoi(*record.headers[record.headers.size() - 3].value));
                origin.offset = Offset(std::stoll(*record.headers[record.headers.size() - 2].value));
                found[origin.partition].push_back(std::move(origin));
            }
        }
        for (auto& [partition, records] : found) { // order between target partitions means nothing
            std::ranges::sort(records, {}, &Record::offset);
        }
        for (auto [partition, records] : expected) {
            auto& there = found[partition];
            QCOMPARE(there.size(), records.size());
            for (std::size_t i = 0; i < records.size(); ++i) {
                there[i].topic = records[i].topic;
                QVERIFY(there[i] == records[i]);
            }
        }
    }

private slots:
    void initTestCase() {
        m_random.seed(test::testSeed());
        m_cluster = std::make_unique<TestCluster>();
        m_backbone = std::make_unique<LiveBackbone>(m_cluster->profile());
    }

    void everyReplayIsWhatTheOracleSays() {
        for (int round = 0; round < 12; ++round) {
            const auto partitions = static_cast<std::int32_t>(pick(1, 4));
            const auto topic = m_backbone->topic(partitions);
            m_backbone->write(topic, randomRecords(partitions));
            const auto request = randomRequest(topic, partitions);
            std::map<Partition, std::vector<Record>> expected;
            std::int64_t count = 0;
            for (auto& [partition, records] : m_backbone->readAll(topic)) {
                std::erase_if(records, [&](const Record& record) { return !belongs(request, record); });
                count += static_cast<std::int64_t>(records.size());
                expected[partition] = std::move(records);
            }
            const auto plan =
                LiveBackbone::must((*m_backbone)->replays().plan(request, {std::chrono::seconds(60), {}}));
            QCOMPARE(plan.records(), count);
            QCOMPARE(plan.blocked(), count == 0);
            for (const auto& planned : plan.partitions) {
                QCOMPARE(planned.records, static_cast<std::int64_t>(expected[planned.partition].size()));
            }
            if (count > 0) {
                const auto manifest = m_backbone->waitForEnd(LiveBackbone::must((*m_backbone)->replays().start(plan)));
                QVERIFY2(manifest.complete, manifest.reason.c_str());
                compare(request.targetTopic, expected);
            }
        }
    }
};

QTEST_GUILESS_MAIN(RandomReplayTest)
#include "random_replay_test.moc"
