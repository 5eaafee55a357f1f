// SPDX-License-Identifier: Apache-2.0
#include "client/admin.h"
#include "client/kafka_errors.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

using ResourcePtr = std::unique_ptr<rd_kafka_ConfigResource_t, DestroyBy<rd_kafka_ConfigResource_destroy>>;

ConfigSource sourceOf(rd_kafka_ConfigSource_t source) {
    switch (source) {
    case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG:
        return ConfigSource::Topic;
    case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_BROKER_CONFIG:
    case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_DEFAULT_BROKER_CONFIG:
        return ConfigSource::DynamicBroker;
    case RD_KAFKA_CONFIG_SOURCE_STATIC_BROKER_CONFIG:
        return ConfigSource::StaticBroker;
    case RD_KAFKA_CONFIG_SOURCE_DEFAULT_CONFIG:
        return ConfigSource::Default;
    default:
        return ConfigSource::Unknown;
    }
}

ConfigEntry entryOf(const rd_kafka_ConfigEntry_t* entry) {
    ConfigEntry result;
    result.name = rd_kafka_ConfigEntry_name(entry);
    if (const char* value = rd_kafka_ConfigEntry_value(entry)) {
        result.value = value;
    }
    result.source = sourceOf(rd_kafka_ConfigEntry_source(entry));
    result.readOnly = rd_kafka_ConfigEntry_is_read_only(entry) == 1;
    result.sensitive = rd_kafka_ConfigEntry_is_sensitive(entry) == 1;
    return result;
}

Status checkResources(const rd_kafka_ConfigResource_t** resources, std::size_t count, std::string_view doing) {
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto code = rd_kafka_ConfigResource_error(resources[i]); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
            const char* text = rd_kafka_ConfigResource_error_string(resources[i]);
            return std::unexpected(kafkaError(code, doing, text != nullptr ? text : ""));
        }
    }
    return {};
}

} // namespace

Result<std::vector<ConfigEntry>> KafkaAdmin::describeConfig(rd_kafka_ResourceType_t kind, const std::string& name,
                                                            std::string_view doing, const CallOptions& options) {
    const ResourcePtr resource(rd_kafka_ConfigResource_new(kind, name.c_str()));
    if (!resource) {
        return fail(ErrorCode::InvalidArgument, fmt::format("Could not {}: it has no name.", doing));
    }
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, Deadline(options));
    auto* wanted = resource.get();
    rd_kafka_DescribeConfigs(call.kafka(), &wanted, 1, call.options(), call.queue());
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::size_t count = 0;
    const auto** resources =
        rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event->get()), &count);
    if (auto ok = checkResources(resources, count, doing); !ok) {
        return std::unexpected(ok.error());
    }
    std::vector<ConfigEntry> entries;
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t entryCount = 0;
        const auto** configs = rd_kafka_ConfigResource_configs(resources[i], &entryCount);
        std::ranges::transform(configs, configs + entryCount, std::back_inserter(entries), entryOf);
    }
    std::ranges::sort(entries, {}, &ConfigEntry::name);
    return entries;
}

Result<std::vector<ConfigEntry>> KafkaAdmin::topicConfig(const std::string& topic, const CallOptions& options) {
    return describeConfig(RD_KAFKA_RESOURCE_TOPIC, topic, fmt::format("read the settings of the topic '{}'", topic),
                          options);
}

Result<std::vector<ConfigEntry>> KafkaAdmin::brokerConfig(std::int32_t node, const CallOptions& options) {
    return describeConfig(RD_KAFKA_RESOURCE_BROKER, fmt::to_string(node),
                          fmt::format("read the settings of the broker {}", node), options);
}

Status KafkaAdmin::alterTopicConfig(const std::string& topic,
                                    const std::map<std::string, std::optional<std::string>>& changes,
                                    const CallOptions& options) {
    const auto doing = fmt::format("change the settings of the topic '{}'", topic);
    if (changes.empty()) {
        return {};
    }
    const ResourcePtr resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    if (!resource) {
        return fail(ErrorCode::InvalidArgument, "A topic needs a name.");
    }
    for (const auto& [name, value] : changes) {
        const KafkaErrorPtr refused(rd_kafka_ConfigResource_add_incremental_config(
            resource.get(), name.c_str(),
            value ? RD_KAFKA_ALTER_CONFIG_OP_TYPE_SET : RD_KAFKA_ALTER_CONFIG_OP_TYPE_DELETE,
            value ? value->c_str() : nullptr));
        if (refused) {
            return std::unexpected(
                kafkaError(rd_kafka_error_code(refused.get()), doing, rd_kafka_error_string(refused.get())));
        }
    }
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_INCREMENTALALTERCONFIGS, Deadline(options));
    auto* wanted = resource.get();
    rd_kafka_IncrementalAlterConfigs(call.kafka(), &wanted, 1, call.options(), call.queue());
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::size_t count = 0;
    const auto** resources = rd_kafka_IncrementalAlterConfigs_result_resources(
        rd_kafka_event_IncrementalAlterConfigs_result(event->get()), &count);
    return checkResources(resources, count, doing);
}

} // namespace meshbone::backbone
