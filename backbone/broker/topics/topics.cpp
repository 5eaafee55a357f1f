// SPDX-License-Identifier: Apache-2.0
#include "broker/topics/topics.h"

#include "broker/topics/topic_name.h"

#include <fmt/format.h>

#include <cstring>

namespace meshbone::backbone::broker {

namespace {

constexpr std::int32_t kMaxPartitionsOfTopic = 10'000;
constexpr std::size_t kMaxPartitions = 100'000;

} // namespace

std::size_t Topics::IdHash::operator()(const TopicId& id) const {
    std::size_t hash = 0;
    std::memcpy(&hash, id.bytes.data(), sizeof hash); // the bytes are random
    return hash;
}

Topic* Topics::find(std::string_view name) const {
    const auto found = m_topics.find(name);
    return found == m_topics.end() ? nullptr : found->second.get();
}

Topic* Topics::find(const TopicId& id) const {
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : found->second;
}

PartitionState* Topics::find(std::string_view name, Partition partition) const {
    const auto* topic = find(name);
    return topic == nullptr ? nullptr : topic->partition(partition);
}

PartitionState* Topics::stateOf(const PartitionLog& log) const {
    const auto found = m_byLog.find(&log);
    return found == m_byLog.end() ? nullptr : found->second;
}

std::optional<TopicFacts> Topics::topicByName(std::string_view name) const {
    const auto* topic = find(name);
    if (topic == nullptr) {
        return std::nullopt;
    }
    return TopicFacts{topic->id, static_cast<std::int32_t>(topic->partitions.size())};
}

std::optional<std::string> Topics::topicNameOf(const TopicId& id) const {
    const auto* topic = find(id);
    return topic == nullptr ? std::nullopt : std::optional(topic->name);
}

LeaderEpoch Topics::firstEpoch(std::string_view name) const {
    const auto& deleted = m_store.state().deleted;
    const auto found = deleted.find(name);
    return found == deleted.end() ? LeaderEpoch(0) : found->second.lastEpoch + 1;
}

Status Topics::validate(const TopicSpec& spec) const {
    if (auto legal = validateTopicName(spec.name); !legal) {
        return legal;
    }
    if (find(spec.name) != nullptr) {
        return refuse(KafkaCode::TopicAlreadyExists, fmt::format("Topic '{}' already exists.", spec.name),
                      ErrorCode::AlreadyExists);
    }
    const auto collision = m_collisionKeys.find(topicCollisionKey(spec.name));
    if (collision != m_collisionKeys.end()) {
        return refuse(KafkaCode::InvalidTopic,
                      fmt::format("Topic '{}' collides with existing topic: {}", spec.name, collision->second));
    }
    if (spec.partitions < 1 || spec.partitions > kMaxPartitionsOfTopic) {
        return refuse(KafkaCode::InvalidPartitions,
                      fmt::format("A topic has 1 to {} partitions, not {}.", kMaxPartitionsOfTopic, spec.partitions));
    }
    if (m_byLog.size() + static_cast<std::size_t>(spec.partitions) > kMaxPartitions) {
        return refuse(KafkaCode::PolicyViolation,
                      fmt::format("This broker holds at most {} partitions.", kMaxPartitions));
    }
    return validateTopicConfig(spec.overrides);
}

Topic& Topics::insert(const StoredTopic& stored) {
    auto topic = std::make_unique<Topic>();
    topic->name = stored.name;
    topic->id = stored.id;
    topic->internal = isInternalTopic(stored.name);
    topic->overrides = stored.overrides;
    auto& inserted = *topic;
    m_byId[stored.id] = topic.get();
    m_collisionKeys[topicCollisionKey(stored.name)] = stored.name;
    m_topics[stored.name] = std::move(topic);
    configure(inserted);
    return inserted;
}

void Topics::configure(Topic& topic) {
    if (!m_plainConfig) {
        m_plainConfig = makeLogConfig({}, m_config);
    }
    topic.logConfig = topic.overrides.empty() ? m_plainConfig : makeLogConfig(topic.overrides, m_config);
    topic.minInSyncReplicas = configInteger(topicConfigValue("min.insync.replicas", topic.overrides, m_config));
    for (auto& partition : topic.partitions) {
        partition->log().setConfig(topic.logConfig);
    }
}

Status Topics::openPartition(Topic& topic, Partition partition, LeaderEpoch firstEpoch) {
    const TopicPartition name{topic.name, partition};
    auto* log = m_logs.find(name);
    if (log == nullptr) {
        auto created = m_logs.create(name, topic.id, topic.logConfig, firstEpoch);
        if (!created) {
            return std::unexpected(created.error());
        }
        log = *created;
    } else {
        log->setConfig(topic.logConfig);
    }
    auto& state = topic.partitions.emplace_back(std::make_unique<PartitionState>(partition, *log, m_turnEnd));
    m_byLog[log] = state.get();
    return {};
}

Result<Topic*> Topics::create(const TopicSpec& spec) {
    if (auto legal = validate(spec); !legal) {
        return std::unexpected(legal.error());
    }
    // First the intent, then the logs: what a crash leaves out is made at the next start.
    const StoredTopic stored{spec.name, TopicId::random(), spec.partitions, spec.overrides};
    const auto epoch = firstEpoch(spec.name);
    if (auto written = m_store.put(stored); !written) {
        return std::unexpected(written.error());
    }
    auto& topic = insert(stored);
    for (std::int32_t i = 0; i < spec.partitions; ++i) {
        if (auto opened = openPartition(topic, Partition(i), epoch); !opened) {
            [[maybe_unused]] const auto undone = m_store.erase({spec.name, stored.id, epoch});
            drop(topic);
            return std::unexpected(opened.error());
        }
    }
    return &topic;
}

void Topics::drop(Topic& topic) {
    for (auto& partition : topic.partitions) {
        m_byLog.erase(&partition->log());
        [[maybe_unused]] const auto removed = m_logs.remove(partition->log().name()); // else swept at the next start
    }
    m_byId.erase(topic.id);
    m_collisionKeys.erase(topicCollisionKey(topic.name));
    m_topics.erase(m_topics.find(topic.name));
}

Status Topics::remove(const std::string& name) {
    auto* topic = find(name);
    if (topic == nullptr) {
        return refuse(KafkaCode::UnknownTopicOrPartition, fmt::format("There is no topic '{}'.", name),
                      ErrorCode::NotFound);
    }
    auto last = firstEpoch(name);
    for (const auto& partition : topic->partitions) {
        last = std::max(last, partition->log().leaderEpoch());
    }
    if (auto written = m_store.erase({name, topic->id, last}); !written) {
        return written;
    }
    for (auto& partition : topic->partitions) {
        partition->giveUp(KafkaCode::UnknownTopicOrPartition);
    }
    const std::string gone = name; // `name` may be the topic's own
    drop(*topic);
    if (m_removed) {
        m_removed(gone);
    }
    return {};
}

Status Topics::validatePartitions(const Topic& topic, std::int32_t total) const {
    const auto now = static_cast<std::int32_t>(topic.partitions.size());
    if (total == now) {
        return refuse(KafkaCode::InvalidPartitions, fmt::format("Topic already has {} partition(s).", now));
    }
    if (total < now) {
        return refuse(KafkaCode::InvalidPartitions,
                      fmt::format("The topic {} currently has {} partition(s); {} would not be an increase.",
                                  topic.name, now, total));
    }
    if (total > kMaxPartitionsOfTopic) {
        return refuse(KafkaCode::InvalidPartitions,
                      fmt::format("A topic has 1 to {} partitions, not {}.", kMaxPartitionsOfTopic, total));
    }
    return {};
}

Status Topics::addPartitions(Topic& topic, std::int32_t total) {
    if (auto legal = validatePartitions(topic, total); !legal) {
        return legal;
    }
    if (auto written = m_store.put({topic.name, topic.id, total, topic.overrides}); !written) {
        return written;
    }
    for (auto i = static_cast<std::int32_t>(topic.partitions.size()); i < total; ++i) {
        if (auto opened = openPartition(topic, Partition(i), firstEpoch(topic.name)); !opened) {
            return opened; // the store knows the total: the rest is made at the next start, or asked for again
        }
    }
    return {};
}

Status Topics::setOverrides(Topic& topic, ConfigMap overrides) {
    if (auto legal = validateTopicConfig(overrides); !legal) {
        return legal;
    }
    const auto total = static_cast<std::int32_t>(topic.partitions.size());
    if (auto written = m_store.put({topic.name, topic.id, total, overrides}); !written) {
        return written;
    }
    topic.overrides = std::move(overrides);
    configure(topic);
    return {};
}

Status Topics::setBrokerConfig(bool nodeOnly, ConfigMap values) {
    if (auto legal = validateDynamicBrokerConfig(values); !legal) {
        return refuse(KafkaCode::InvalidRequest, std::move(legal.error().message));
    }
    if (auto written = m_store.putBrokerConfig(nodeOnly, values); !written) {
        return written;
    }
    m_config.setDynamic(nodeOnly, std::move(values));
    m_plainConfig = nullptr;
    for (auto& [name, topic] : m_topics) {
        configure(*topic);
    }
    return {};
}

} // namespace meshbone::backbone::broker
