// SPDX-License-Identifier: Apache-2.0
#include "schema/service/schemas_topic.h"

#include <backbone/backbone.h>

#include <fmt/format.h>

namespace meshbone::catalog {

Status createSchemasTopic(backbone::Backbone& backbone, const CallOptions& options) {
    const backbone::NewTopic topic{kSchemasTopic, 1, -1, {{"cleanup.policy", "compact"}}};
    auto created = backbone.admin().createTopic(topic, options);
    return !created && created.error().code == ErrorCode::AlreadyExists ? Status{} : created;
}

Result<std::optional<FoundTopic>> findSchemasTopic(backbone::Backbone& backbone, const CallOptions& options) {
    if (auto healthy = backbone.waitHealthy(options); !healthy) {
        return std::unexpected(healthy.error());
    }
    const auto partitions = backbone.admin().partitions(kSchemasTopic, options);
    if (!partitions) {
        return partitions.error().code == ErrorCode::NotFound ? Result<std::optional<FoundTopic>>(std::nullopt)
                                                              : std::unexpected(partitions.error());
    }
    if (partitions->size() != 1) {
        return fail(ErrorCode::Unsupported,
                    fmt::format("The topic {} has {} partitions. A schema registry's topic has one, or its "
                                "records would have no order.",
                                kSchemasTopic, partitions->size()));
    }
    using Kind = backbone::OffsetQuery::Kind;
    const TopicPartition partition{kSchemasTopic, Partition(0)};
    const auto offsets = backbone.admin().offsets({{partition, Kind::Earliest}, {partition, Kind::Latest}}, options);
    if (!offsets || offsets->size() != 2) {
        return offsets ? fail(ErrorCode::Internal, "The offsets of the schemas' topic were not answered.")
                       : std::unexpected(offsets.error());
    }
    const auto& id = partitions->front().topicId;
    return FoundTopic{{id.isZero() ? std::string() : id.toString(), offsets->at(0).offset}, offsets->at(1).offset};
}

} // namespace meshbone::catalog
