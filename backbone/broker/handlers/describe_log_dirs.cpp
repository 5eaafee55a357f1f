// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/describe_log_dirs.h"
#include "broker/authorized_operations.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"

#include <filesystem>

namespace meshbone::backbone::broker {

namespace {

using wire::DescribeLogDirsRequest;
using wire::DescribeLogDirsResponse;
using TopicSizes = DescribeLogDirsResponse::DescribeLogDirsTopic;

void addPartition(TopicSizes& to, PartitionState& partition) {
    if (const auto size = partition.log().sizeBytes()) {
        to.partitions.push_back({partition.index(), static_cast<std::int64_t>(*size), 0, false});
    }
}

void addAll(const Topics& topics, std::vector<TopicSizes>& to) {
    for (const auto& [name, topic] : topics.all()) {
        auto& sizes = to.emplace_back();
        sizes.name = name;
        for (const auto& partition : topic->partitions) {
            addPartition(sizes, *partition);
        }
    }
}

void addAsked(const Topics& topics, const DescribeLogDirsRequest& request, std::vector<TopicSizes>& to) {
    for (const auto& asked : *request.topics) {
        auto& sizes = to.emplace_back();
        sizes.name = asked.topic;
        for (const auto index : asked.partitions) {
            if (auto* partition = topics.find(asked.topic, index); partition != nullptr) {
                addPartition(sizes, *partition);
            }
        }
    }
}

} // namespace

Handler describeLogDirsHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<DescribeLogDirsRequest>(context, reply);
        if (!request) {
            return;
        }
        DescribeLogDirsResponse response;
        if (!services.access.allowed(context, Operation::Describe, ResourceKind::Cluster, kClusterName)) {
            response.errorCode = KafkaCode::ClusterAuthorizationFailed;
            reply.send(response);
            return;
        }
        auto& directory = response.results.emplace_back();
        directory.logDir = services.dataDirectory.string();
        std::error_code ignored;
        if (const auto space = std::filesystem::space(services.dataDirectory, ignored); !ignored) {
            directory.totalBytes = static_cast<std::int64_t>(space.capacity);
            directory.usableBytes = static_cast<std::int64_t>(space.available);
        }
        if (request->topics) {
            addAsked(services.topics, *request, directory.topics);
        } else {
            addAll(services.topics, directory.topics);
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
