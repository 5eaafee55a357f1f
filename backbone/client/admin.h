// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/admin_call.h"
#include "client/inner_admin.h"

namespace meshbone::backbone {

/// Admin over librdkafka's admin API; the calls are spread over admin_*.cpp by what they are about. Thread-safe: it has
/// no state but the shared handle.
class KafkaAdmin final : public InnerAdmin {
public:
    KafkaAdmin(std::shared_ptr<Handle> handle, Profile profile)
        : m_handle(std::move(handle))
        , m_profile(std::move(profile)) {}

    Result<ClusterInfo> cluster(const CallOptions& options) override;

    Result<std::vector<TopicSummary>> topics(const CallOptions& options) override;
    Result<std::vector<PartitionDetail>> partitions(const std::string& topic, const CallOptions& options) override;
    Result<LogDirs> logDirs(const std::vector<TopicPartition>& partitions, const CallOptions& options) override;
    Status createTopic(const NewTopic& topic, const CallOptions& options) override;
    Status validateTopic(const NewTopic& topic, const CallOptions& options) override;
    Status deleteTopic(const std::string& topic, const CallOptions& options) override;
    Status addPartitions(const std::string& topic, std::int32_t total, const CallOptions& options) override;

    Result<std::vector<ConfigEntry>> topicConfig(const std::string& topic, const CallOptions& options) override;
    Result<std::vector<ConfigEntry>> brokerConfig(std::int32_t node, const CallOptions& options) override;
    Status alterTopicConfig(const std::string& topic, const std::map<std::string, std::optional<std::string>>& changes,
                            const CallOptions& options) override;

    Result<std::vector<OffsetAnswer>> offsets(const std::vector<OffsetQuery>& queries,
                                              const CallOptions& options) override;
    Result<std::vector<OffsetAnswer>> deleteRecords(const std::vector<OffsetAnswer>& before,
                                                    const CallOptions& options) override;

    Result<std::vector<GroupSummary>> groups(const CallOptions& options) override;
    Result<std::vector<GroupDetail>> describeGroups(const std::vector<std::string>& groups,
                                                    const CallOptions& options) override;
    Result<std::vector<CommittedOffset>> groupOffsets(const std::string& group, const CallOptions& options) override;
    Status alterGroupOffsets(const std::string& group, const std::vector<CommittedOffset>& offsets,
                             const CallOptions& options) override;
    Status deleteGroup(const std::string& group, const CallOptions& options) override;
    Status deleteGroupOffsets(const std::string& group, const std::vector<TopicPartition>& partitions,
                              const CallOptions& options) override;

    Result<std::vector<ListedOffset>> listOffsets(const std::vector<OffsetQuery>& queries, bool readCommitted,
                                                  const CallOptions& options) override;
    Result<std::vector<TopicSummary>> topicNames(const CallOptions& options) override;
    Result<TopicShape> describeTopic(const std::string& topic, const CallOptions& options) override;

private:
    Status create(const NewTopic& topic, bool validateOnly, const CallOptions& options);
    Result<std::vector<TopicShape>> describeTopics(const std::vector<std::string>& topics, const Deadline& deadline,
                                                   bool skipFailing);
    Result<std::vector<ConfigEntry>> describeConfig(rd_kafka_ResourceType_t kind, const std::string& name,
                                                    std::string_view doing, const CallOptions& options);

    std::shared_ptr<Handle> m_handle;
    Profile m_profile; ///< for what goes over the wire beside librdkafka
};

} // namespace meshbone::backbone
