// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "broker/lines/line_text.h"
#include "broker/topics/topic_lines.h"
#include "broker/topics/topic_store.h"

#include <fstream>
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::broker;

namespace {

std::string contentOf(const std::filesystem::path& path) {
    return readWholeFile(realFileSystem(), path).value();
}

void write(const std::filesystem::path& path, std::string_view content) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

} // namespace

class TopicStoreTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = m_directory->path().toStdString() + "/topics";
    }

    void linesKeepWhateverTheValuesHold() {
        StoredTopic topic{"a.b-c_d", TopicId::random(), 7, {{"key with space", "line\nbreak=%,\xff"}, {"empty", ""}}};
        StoredState state;
        auto line = topicLine(topic);
        QCOMPARE(line.back(), '\n');
        line.pop_back();
        QVERIFY(line.find('\n') == std::string::npos);
        const auto content = unsealedLine(line);
        QVERIFY(content && applyTopicLine(*content, state));
        QCOMPARE(state.topics.at(topic.name).overrides, topic.overrides);
        QCOMPARE(state.topics.at(topic.name).id, topic.id);
        for (std::size_t i = 0; i < line.size(); ++i) {
            auto damaged = line;
            damaged[i] = static_cast<char>(damaged[i] ^ 4);
            QVERIFY(!unsealedLine(damaged) || i < 8); // the sum in capital letters means the same
        }
    }

    void changesSurviveAReopening() {
        const auto kept = TopicId::random();
        {
            auto store = TopicStore::open(realFileSystem(), m_path).value();
            QVERIFY(store->put({"kept", kept, 3, {{"retention.ms", "1"}}}).has_value());
            QVERIFY(store->put({"gone", TopicId::random(), 1, {}}).has_value());
            QVERIFY(store->erase({"gone", TopicId::random(), LeaderEpoch(4)}).has_value());
            QVERIFY(store->putBrokerConfig(true, {{"message.max.bytes", "5"}}).has_value());
        }
        const auto store = TopicStore::open(realFileSystem(), m_path).value();
        QCOMPARE(store->state().topics.size(), std::size_t{1});
        QCOMPARE(store->state().topics.at("kept").id, kept);
        QCOMPARE(store->state().deleted.at("gone").lastEpoch, LeaderEpoch(4));
        QCOMPARE(store->state().nodeConfig.at("message.max.bytes"), std::string("5"));
    }

    void aTornTailIsDroppedAtEveryByte() {
        std::string before;
        {
            auto store = TopicStore::open(realFileSystem(), m_path).value();
            QVERIFY(store->put({"first", TopicId::random(), 1, {}}).has_value());
            before = contentOf(m_path);
            QVERIFY(store->put({"second", TopicId::random(), 1, {}}).has_value());
        }
        const auto whole = contentOf(m_path);
        for (auto size = before.size(); size < whole.size(); ++size) {
            write(m_path, std::string_view(whole).substr(0, size));
            auto store = TopicStore::open(realFileSystem(), m_path).value();
            QCOMPARE(store->state().topics.size(), std::size_t{1});
            QVERIFY(store->put({"third", TopicId::random(), 2, {}}).has_value());
            const auto again = TopicStore::open(realFileSystem(), m_path).value();
            QCOMPARE(again->state().topics.size(), std::size_t{2});
        }
    }

    void damageFurtherUpIsRefusedAndLeftAlone() {
        {
            auto store = TopicStore::open(realFileSystem(), m_path).value();
            QVERIFY(store->put({"first", TopicId::random(), 1, {}}).has_value());
            QVERIFY(store->put({"second", TopicId::random(), 1, {}}).has_value());
        }
        auto damaged = contentOf(m_path);
        damaged[damaged.find("first")] = 'F';
        write(m_path, damaged);
        QCOMPARE(TopicStore::open(realFileSystem(), m_path).error().code, ErrorCode::Corrupt);
        QCOMPARE(contentOf(m_path), damaged);
        write(m_path, "meshbone-topics 2\n");
        QVERIFY(TopicStore::open(realFileSystem(), m_path).error().message.find("newer") != std::string::npos);
        write(m_path, "something else\n");
        QCOMPARE(TopicStore::open(realFileSystem(), m_path).error().code, ErrorCode::Corrupt);
    }

    void aLongJournalIsRewritten() {
        auto store = TopicStore::open(realFileSystem(), m_path).value();
        const auto id = TopicId::random();
        const std::string padding(2'000, 'x');
        for (int i = 0; i < 300; ++i) {
            QVERIFY(store->put({"t", id, 1, {{"padding", padding}, {"retention.ms", std::to_string(i)}}}).has_value());
        }
        QVERIFY(contentOf(m_path).size() < 400'000); // of 600 kB that were written
        const auto again = TopicStore::open(realFileSystem(), m_path).value();
        QCOMPARE(again->state().topics.at("t").overrides.at("retention.ms"), std::string("299"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::filesystem::path m_path;
};

QTEST_GUILESS_MAIN(TopicStoreTest)
#include "topic_store_test.moc"
