// SPDX-License-Identifier: Apache-2.0
#include "broker/topics/topic_store.h"

#include "broker/topics/topic_lines.h"

namespace meshbone::backbone::broker {

namespace {

std::string allLines(const StoredState& state) {
    std::string all;
    for (const auto& [name, topic] : state.deleted) {
        all += deletedLine(topic);
    }
    for (const auto& [name, topic] : state.topics) {
        all += topicLine(topic);
    }
    all += brokerConfigLine(true, state.nodeConfig);
    all += brokerConfigLine(false, state.clusterConfig);
    return all;
}

} // namespace

TopicStore::TopicStore(FileSystem& files, std::filesystem::path path)
    : m_journal(files, std::move(path), {"topics", "topic list"}, [this] { return allLines(m_state); }) {}

Result<std::unique_ptr<TopicStore>> TopicStore::open(FileSystem& files, std::filesystem::path path) {
    std::unique_ptr<TopicStore> store(new TopicStore(files, std::move(path)));
    const auto loaded =
        store->m_journal.load([&](std::string_view content) { return applyTopicLine(content, store->m_state); });
    if (!loaded) {
        return std::unexpected(loaded.error());
    }
    return store;
}

Status TopicStore::put(StoredTopic topic) {
    if (auto written = m_journal.append(topicLine(topic)); !written) {
        return written;
    }
    m_state.topics[topic.name] = std::move(topic);
    return {};
}

Status TopicStore::erase(DeletedTopic topic) {
    if (auto written = m_journal.append(deletedLine(topic)); !written) {
        return written;
    }
    m_state.topics.erase(topic.name);
    m_state.deleted[topic.name] = std::move(topic);
    return {};
}

Status TopicStore::putBrokerConfig(bool nodeOnly, ConfigMap values) {
    if (auto written = m_journal.append(brokerConfigLine(nodeOnly, values)); !written) {
        return written;
    }
    (nodeOnly ? m_state.nodeConfig : m_state.clusterConfig) = std::move(values);
    return {};
}

} // namespace meshbone::backbone::broker
