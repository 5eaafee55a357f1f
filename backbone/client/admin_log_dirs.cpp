// SPDX-License-Identifier: Apache-2.0
#include "client/admin.h"
#include "client/kafka_errors.h"
#include "client/wire_client.h"
#include "wire/messages/describe_log_dirs.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace meshbone::backbone {

namespace {

constexpr std::string_view kDoing = "read the sizes on disk";

using wire::DescribeLogDirsRequest;
using wire::DescribeLogDirsResponse;

DescribeLogDirsRequest requestFor(const std::vector<TopicPartition>& partitions) {
    DescribeLogDirsRequest request;
    if (partitions.empty()) {
        return request;
    }
    auto& topics = request.topics.emplace();
    std::unordered_map<std::string_view, std::size_t> places;
    for (const auto& one : partitions) {
        const auto [place, isNew] = places.try_emplace(one.topic, topics.size());
        if (isNew) {
            topics.push_back({one.topic, {}});
        }
        topics[place->second].partitions.push_back(one.partition);
    }
    return request;
}

std::optional<std::int64_t> told(std::int64_t bytes) {
    return bytes >= 0 ? std::optional(bytes) : std::nullopt;
}

void add(const DescribeLogDirsResponse& response, std::int32_t broker, LogDirs& to) {
    for (const auto& result : response.results) {
        LogDir dir{broker, result.logDir, told(result.totalBytes), told(result.usableBytes), {}};
        if (result.errorCode != wire::KafkaCode::None) {
            dir.problem = wire::kafkaCodeSentence(result.errorCode);
        }
        to.dirs.push_back(std::move(dir));
        for (const auto& topic : result.topics) {
            for (const auto& partition : topic.partitions) {
                to.replicas.push_back(
                    {{topic.name, partition.partitionIndex}, broker, partition.partitionSize, partition.isFutureKey});
            }
        }
    }
}

/// A broker's refusal; before version 3 there was no field for it, and a broker said it by telling nothing.
std::optional<Error> refusal(const DescribeLogDirsResponse& response) {
    auto code = response.errorCode;
    if (code == wire::KafkaCode::None && response.results.empty()) {
        code = wire::KafkaCode::ClusterAuthorizationFailed;
    }
    if (code == wire::KafkaCode::None) {
        return std::nullopt;
    }
    if (code == wire::KafkaCode::ClusterAuthorizationFailed) {
        return Error{ErrorCode::PermissionDenied,
                     fmt::format("Could not {}: this user lacks the right DESCRIBE on the cluster.", kDoing),
                     static_cast<std::int16_t>(code)};
    }
    return kafkaError(static_cast<int>(code), kDoing);
}

/// Fails when the rest of the brokers need not be asked.
Status ask(WireClient& client, std::int32_t node, const DescribeLogDirsRequest& request, LogDirs& to) {
    const auto response = client.call<DescribeLogDirsResponse>(node, request, kDoing);
    if (!response) {
        const auto& error = response.error();
        if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::Unsupported ||
            error.code == ErrorCode::PermissionDenied) {
            return std::unexpected(error);
        }
        to.problems.push_back(error);
        return {};
    }
    if (auto refused = refusal(*response)) {
        return std::unexpected(std::move(*refused));
    }
    add(*response, node, to);
    return {};
}

} // namespace

std::optional<std::int64_t> LogDirs::sizeOf(const TopicPartition& partition) const {
    std::optional<std::int64_t> sum;
    for (const auto& replica : std::ranges::equal_range(replicas, partition, {}, &ReplicaSize::at)) {
        sum = sum.value_or(0) + replica.sizeBytes;
    }
    return sum;
}

std::map<std::string, std::int64_t> LogDirs::sizesByTopic() const {
    std::map<std::string, std::int64_t> sizes;
    for (const auto& replica : replicas) {
        sizes[replica.at.topic] += replica.sizeBytes;
    }
    return sizes;
}

Result<LogDirs> KafkaAdmin::logDirs(const std::vector<TopicPartition>& partitions, const CallOptions& options) {
    WireClient client(m_profile, Deadline(options));
    const auto cluster = client.cluster();
    if (!cluster) {
        const auto& error = cluster.error();
        return error.code == ErrorCode::Cancelled
                   ? std::unexpected(error)
                   : fail(error.code, fmt::format("Could not {}: {}", kDoing, error.message), error.kafkaCode);
    }
    const auto request = requestFor(partitions);
    LogDirs all;
    for (const auto& node : cluster->nodes) {
        if (auto ok = ask(client, node.id, request, all); !ok) {
            return std::unexpected(ok.error());
        }
    }
    if (all.dirs.empty() && !all.problems.empty()) {
        return std::unexpected(all.problems.front());
    }
    std::ranges::sort(all.replicas, {},
                      [](const ReplicaSize& one) { return std::tie(one.at.topic, one.at.partition, one.broker); });
    return all;
}

} // namespace meshbone::backbone
