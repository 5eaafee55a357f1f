// SPDX-License-Identifier: Apache-2.0
#include "broker/config/topic_config.h"

#include "broker/kafka_errors.h"

#include <fmt/format.h>

#include <limits>

namespace meshbone::backbone::broker {

namespace {

/// A broker's value in the topic key's unit: log.retention.hours as milliseconds. -1 stays: it means no limit.
std::string scaled(const std::string& value, std::int64_t factor) {
    if (factor == 1) {
        return value;
    }
    const auto number = configInteger(value);
    return std::to_string(number < 0 ? number : number * factor);
}

/// None for "producer": batches stay as they come.
std::optional<Codec> codecOf(std::string_view compressionType) {
    static constexpr std::pair<std::string_view, Codec> kNames[] = {{"uncompressed", Codec::None},
                                                                    {"gzip", Codec::Gzip},
                                                                    {"snappy", Codec::Snappy},
                                                                    {"lz4", Codec::Lz4},
                                                                    {"zstd", Codec::Zstd}};
    for (const auto& [name, codec] : kNames) {
        if (name == compressionType) {
            return codec;
        }
    }
    return std::nullopt;
}

/// The broker layers of all synonyms: what was set comes before Kafka's defaults, whatever the synonym.
void addSynonyms(std::vector<TopicConfigLayer>& layers, const TopicKey& key, const BrokerConfig& broker) {
    std::vector<TopicConfigLayer> defaults;
    for (const auto& synonym : key.synonyms) {
        if (synonym.name.empty()) {
            break;
        }
        for (auto& layer : broker.layers(synonym.name)) {
            auto& to = layer.origin == ConfigOrigin::Default ? defaults : layers;
            to.push_back({std::string(synonym.name), layer.origin, scaled(*layer.value, synonym.factor), *layer.value});
        }
    }
    layers.insert(layers.end(), defaults.begin(), defaults.end());
}

} // namespace

std::vector<TopicConfigLayer> topicConfigLayers(const TopicKey& key, const ConfigMap& overrides,
                                                const BrokerConfig& broker) {
    std::vector<TopicConfigLayer> layers;
    if (const auto found = overrides.find(key.definition.name); found != overrides.end()) {
        layers.push_back({std::string(key.definition.name), ConfigOrigin::Topic, found->second, found->second});
    }
    addSynonyms(layers, key, broker);
    if (layers.empty() || layers.back().origin != ConfigOrigin::Default) {
        const std::string value = key.definition.defaultValue;
        layers.push_back({std::string(key.definition.name), ConfigOrigin::Default, value, value});
    }
    return layers;
}

std::string topicConfigValue(std::string_view name, const ConfigMap& overrides, const BrokerConfig& broker) {
    const auto* key = findTopicKey(name);
    return key == nullptr ? std::string() : topicConfigLayers(*key, overrides, broker).front().value;
}

Status validateTopicConfig(const ConfigMap& overrides) {
    for (const auto& [name, value] : overrides) {
        const auto* key = findTopicKey(name);
        if (key == nullptr) {
            return refuse(KafkaCode::InvalidConfig, fmt::format("Unknown topic config name: {}", name));
        }
        if (auto legal = key->definition.validate(value); !legal) {
            return refuse(KafkaCode::InvalidConfig, std::move(legal.error().message));
        }
    }
    const auto shortest = overrides.find("min.compaction.lag.ms");
    const auto longest = overrides.find("max.compaction.lag.ms");
    if (shortest != overrides.end() && longest != overrides.end() &&
        configInteger(shortest->second) > configInteger(longest->second)) {
        return refuse(KafkaCode::InvalidConfig, "min.compaction.lag.ms is larger than max.compaction.lag.ms.");
    }
    return {};
}

std::shared_ptr<const LogConfig> makeLogConfig(const ConfigMap& overrides, const BrokerConfig& broker) {
    const auto value = [&](std::string_view name) { return topicConfigValue(name, overrides, broker); };
    const auto integer = [&](std::string_view name) { return configInteger(value(name)); };
    auto config = std::make_shared<LogConfig>();
    config->segmentBytes = integer("segment.bytes");
    config->segmentMs = integer("segment.ms");
    config->segmentIndexBytes = integer("segment.index.bytes");
    config->indexIntervalBytes = integer("index.interval.bytes");
    config->retentionMs = integer("retention.ms");
    config->retentionBytes = integer("retention.bytes");
    config->maxMessageBytes = integer("max.message.bytes");
    config->segmentJitterMs = integer("segment.jitter.ms");
    config->preallocate = value("preallocate") == "true";
    config->codec = codecOf(value("compression.type"));
    if (config->codec == Codec::Gzip || config->codec == Codec::Lz4 || config->codec == Codec::Zstd) {
        config->codecLevel = static_cast<int>(integer(fmt::format("compression.{}.level", value("compression.type"))));
    }
    const auto policy = value("cleanup.policy");
    config->cleanupDelete = policy.find("delete") != std::string::npos;
    config->cleanupCompact = policy.find("compact") != std::string::npos;
    config->deleteRetentionMs = integer("delete.retention.ms");
    config->minCompactionLagMs = integer("min.compaction.lag.ms");
    config->maxCompactionLagMs = integer("max.compaction.lag.ms");
    config->minCleanableDirtyRatio = configDouble(value("min.cleanable.dirty.ratio"));
    config->timestampType =
        value("message.timestamp.type") == "LogAppendTime" ? TimestampType::LogAppendTime : TimestampType::CreateTime;
    config->timestampBeforeMaxMs = integer("message.timestamp.before.max.ms");
    config->timestampAfterMaxMs = integer("message.timestamp.after.max.ms");
    config->fileDeleteDelayMs = integer("file.delete.delay.ms");
    if (overrides.contains("flush.messages") || broker.isSet("log.flush.interval.messages")) {
        config->flushMessages = integer("flush.messages");
    }
    if (overrides.contains("flush.ms") || broker.isSet("log.flush.interval.ms")) {
        config->flushMs = integer("flush.ms");
    }
    return config;
}

} // namespace meshbone::backbone::broker
