// SPDX-License-Identifier: Apache-2.0
#include "broker/group/group_partition.h"
#include "broker/group/group_records.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::backbone::broker;

namespace {
Bytes fromHex(const char* hex) {
    return QByteArray::fromHex(hex).toStdString();
}
QByteArray hex(const Bytes& bytes) {
    return QByteArray::fromStdString(bytes).toHex();
}
const TopicPartition kAt{"t", Partition(2)};

StoredGroup sample() {
    StoredGroup stored{
        .protocolType = "consumer", .generation = 7, .protocol = "range", .leader = "m", .stateSinceMs = 5};
    stored.members = {{"m", std::nullopt, "c", "/h", 60'000, 10'000, "sub", "asg"},
                      {"n", "static", "c2", "/h2", 1, 2, "", Bytes("\0x", 2)}};
    return stored;
}

template <class T>
T read(const Bytes& key, const std::optional<Bytes>& value) {
    const auto record = readGroupLogRecord(key, value ? std::optional<std::string_view>(*value) : std::nullopt);
    return record ? std::get<T>(*record) : T{};
}
} // namespace

class GroupRecordsTest : public QObject {
    Q_OBJECT

private slots:
    void offsetsComeBackAsTheyWere() {
        const GroupOffset offset{.offset = Offset(1'234'567'890'123),
                                 .leaderEpoch = LeaderEpoch(9),
                                 .metadata = "note",
                                 .committedAtMs = 42};
        const auto record = offsetRecord("g", kAt, offset);
        const auto back = read<OffsetRecord>(record.key, record.value);
        QCOMPARE(back.group, std::string("g"));
        QVERIFY(back.at == kAt);
        QVERIFY(back.offset == offset);
        const auto gone = offsetTombstone("g", kAt);
        QCOMPARE(gone.key, record.key);
        QVERIFY(!gone.value);
        QVERIFY(!read<OffsetRecord>(gone.key, gone.value).offset);
    }

    void aRetentionOfItsOwnIsKept() {
        const GroupOffset offset{.offset = Offset(1), .metadata = "", .committedAtMs = 42, .expiresAtMs = 99};
        const auto record = offsetRecord("g", kAt, offset);
        QCOMPARE(record.value->substr(0, 2), Bytes("\0\x01", 2)); // the one version that has it
        QVERIFY(read<OffsetRecord>(record.key, record.value).offset == offset);
    }

    void groupsComeBackAsTheyWere() {
        const auto record = groupRecord("g", sample());
        const auto back = read<GroupRecord>(record.key, record.value);
        QCOMPARE(back.group, std::string("g"));
        QVERIFY(back.stored == sample());
        const StoredGroup empty{.protocolType = "consumer", .generation = 8, .stateSinceMs = 6};
        const auto without = groupRecord("g", empty);
        QVERIFY(read<GroupRecord>(without.key, without.value).stored == empty);
        QCOMPARE(groupTombstone("g").key, record.key);
    }

    void theBytesAreKafkas() {
        // Worked out by hand from the schema of Kafka's group coordinator.
        const auto offset = offsetRecord(
            "g", kAt, {.offset = Offset(5), .leaderEpoch = LeaderEpoch(1), .metadata = "x", .committedAtMs = 2});
        QCOMPARE(hex(offset.key), QByteArray("0001"
                                             "000167"
                                             "000174"
                                             "00000002"));
        QCOMPARE(hex(*offset.value), QByteArray("0003"
                                                "0000000000000005"
                                                "00000001"
                                                "000178"
                                                "0000000000000002"));
        const auto group = groupRecord("g", {.protocolType = "c", .generation = 1, .stateSinceMs = 2});
        QCOMPARE(hex(group.key), QByteArray("0002"
                                            "000167"));
        QCOMPARE(hex(*group.value), QByteArray("0003"
                                               "000163"
                                               "00000001"
                                               "ffff"
                                               "ffff"
                                               "0000000000000002"
                                               "00000000"));
    }

    void olderAndNewerVersionsAreRead() {
        const auto key = fromHex("0001"
                                 "000167"
                                 "000174"
                                 "00000002");
        const auto offsetOf = [&key](const char* value) {
            const auto record = read<OffsetRecord>(key, fromHex(value));
            return record.offset ? record.offset->offset.value() : -1;
        };
        QCOMPARE(offsetOf("0000"
                          "0000000000000005"
                          "000178"
                          "0000000000000002"),
                 5);
        QCOMPARE(offsetOf("0001"
                          "0000000000000006"
                          "000178"
                          "0000000000000002"
                          "ffffffffffffffff"),
                 6);
        QCOMPARE(offsetOf("0002"
                          "0000000000000007"
                          "000178"
                          "0000000000000002"),
                 7);
        QCOMPARE(offsetOf("0004"
                          "0000000000000008"
                          "00000001"
                          "0278"
                          "0000000000000002"
                          "00"),
                 8);
        QVERIFY(!readGroupLogRecord(key, std::string_view("\x00\x05garbage", 9))); // a version that isn't known
        const auto groupKey = fromHex("0002"
                                      "000167");
        const auto old = read<GroupRecord>(groupKey, fromHex("0000"
                                                             "000163"
                                                             "00000001"
                                                             "000172"
                                                             "00016d"
                                                             "00000001"
                                                             "00016d"
                                                             "000163"
                                                             "00012f"
                                                             "00000009"
                                                             "00000000"
                                                             "00000000"));
        QCOMPARE(old.stored->members.at(0).rebalanceTimeoutMs, 9); // version 0 has one timeout for both
    }

    void otherKindsOfKeysAreLeftAlone() {
        const auto record = readGroupLogRecord(fromHex("0003"
                                                       "000167"),
                                               std::nullopt); // KIP-848's group
        QVERIFY(record && std::holds_alternative<std::monostate>(*record));
    }

    void brokenBytesAreRefused() {
        const auto record = groupRecord("g", sample());
        const std::string_view value = *record.value;
        for (std::size_t size = 0; size < value.size(); ++size) {
            QVERIFY(!readGroupLogRecord(record.key, value.substr(0, size)));
        }
        const std::string_view key = record.key;
        for (std::size_t size = 0; size < key.size(); ++size) {
            QVERIFY(!readGroupLogRecord(key.substr(0, size), std::nullopt));
        }
    }

    void partitionsAreKafkas() {
        // Java: "".hashCode() == 0; "ü".hashCode() == 252;
        // "😀".hashCode() == 1772899 (a surrogate pair).
        QCOMPARE(groupPartition("", 50).value(), 0);
        QCOMPARE(groupPartition("a", 50).value(), 97 % 50);
        QCOMPARE(groupPartition("ab", 50).value(), 3105 % 50);
        QCOMPARE(groupPartition("\xc3\xbc", 50).value(), 252 % 50);
        QCOMPARE(groupPartition("\xf0\x9f\x98\x80", 50).value(), 1772899 % 50);
        QCOMPARE(groupPartition("polygenelubricants", 50).value(), 0); // hashes to the smallest int
        QVERIFY(groupPartition("\xff\xfe broken", 50).value() >= 0);
    }
};

QTEST_GUILESS_MAIN(GroupRecordsTest)
#include "group_records_test.moc"
