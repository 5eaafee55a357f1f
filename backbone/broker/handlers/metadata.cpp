// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/metadata.h"
#include "broker/authorized_operations.h"
#include "broker/handlers/handlers.h"
#include "broker/topics/topic_name.h"

#include <set>

namespace meshbone::backbone::broker {

namespace {

using wire::MetadataRequest;
using wire::MetadataResponse;
using ResponseTopic = MetadataResponse::MetadataResponseTopic;

constexpr std::int16_t kFirstWithAutoCreateFlag = 4;

class Answering {
public:
    Answering(Services& services, const RequestContext& context, const MetadataRequest& request)
        : m_services(services)
        , m_context(context)
        , m_request(request) {}

    MetadataResponse answer() {
        MetadataResponse response;
        const auto& endpoint = *m_context.endpoint;
        response.brokers.push_back({endpoint.nodeId, endpoint.host, endpoint.port, std::nullopt});
        response.clusterId = m_services.clusterId;
        response.controllerId = endpoint.nodeId;
        if (m_request.includeClusterAuthorizedOperations) {
            response.clusterAuthorizedOperations = authorizedClusterOperations(m_services.access, m_context);
        }
        const bool all = !m_request.topics || (m_context.version == 0 && m_request.topics->empty());
        if (all) {
            describeAll(response);
        } else {
            std::set<std::pair<std::optional<std::string_view>, TopicId>> seen; // asked twice, answered once
            for (const auto& asked : *m_request.topics) {
                if (seen.emplace(asked.name, asked.topicId).second) {
                    response.topics.push_back(describeAsked(asked));
                }
            }
        }
        return response;
    }

private:
    void describeAll(MetadataResponse& response) {
        auto& access = m_services.access;
        response.topics.reserve(m_services.topics.all().size());
        for (const auto& [name, topic] : m_services.topics.all()) {
            if (access.mayList(m_context, Operation::Describe, ResourceKind::Topic, name)) {
                response.topics.push_back(described(*topic));
            }
        }
    }

    ResponseTopic describeAsked(const MetadataRequest::MetadataRequestTopic& asked) {
        if (!asked.name || (asked.name->empty() && !asked.topicId.isZero())) {
            return describeById(asked.topicId);
        }
        const std::string name(*asked.name);
        if (!m_services.access.allowed(m_context, Operation::Describe, ResourceKind::Topic, name)) {
            return failed(name, KafkaCode::TopicAuthorizationFailed);
        }
        if (const auto* topic = m_services.topics.find(name); topic != nullptr) {
            return described(*topic);
        }
        if (const auto legal = validateTopicName(name); !legal) {
            return failed(name, KafkaCode::InvalidTopic);
        }
        return mayCreate() ? create(name) : failed(name, KafkaCode::UnknownTopicOrPartition);
    }

    ResponseTopic describeById(const TopicId& id) {
        const auto* topic = m_services.topics.find(id);
        if (topic == nullptr ||
            !m_services.access.allowed(m_context, Operation::Describe, ResourceKind::Topic, topic->name)) {
            ResponseTopic unknown;
            unknown.errorCode = KafkaCode::UnknownTopicId;
            unknown.topicId = id;
            return unknown;
        }
        return described(*topic);
    }

    [[nodiscard]] bool mayCreate() const {
        const bool asked = m_context.version < kFirstWithAutoCreateFlag || m_request.allowAutoTopicCreation;
        return asked && m_services.config.boolean("auto.create.topics.enable");
    }

    ResponseTopic create(const std::string& name) {
        if (isInternalTopic(name)) {
            return failed(name, KafkaCode::UnknownTopicOrPartition); // its owner creates it, with its own configuration
        }
        if (!mayCreateTopic(m_services.access, m_context, name)) {
            return failed(name, KafkaCode::TopicAuthorizationFailed);
        }
        const auto partitions = static_cast<std::int32_t>(m_services.config.integer("num.partitions"));
        const auto created = m_services.topics.create({name, partitions, {}});
        return created ? described(**created) : failed(name, kafkaCodeOf(created.error()));
    }

    static ResponseTopic failed(std::string name, KafkaCode code) {
        ResponseTopic topic;
        topic.errorCode = code;
        topic.name = std::move(name);
        return topic;
    }

    ResponseTopic described(const Topic& topic) {
        ResponseTopic out;
        out.name = topic.name;
        out.topicId = topic.id;
        out.isInternal = topic.internal;
        out.partitions.reserve(topic.partitions.size());
        const auto node = m_services.nodeId;
        for (const auto& partition : topic.partitions) {
            auto& to = out.partitions.emplace_back();
            to.partitionIndex = partition->index();
            to.leaderId = node;
            to.leaderEpoch = partition->log().leaderEpoch();
            to.replicaNodes = {node};
            to.isrNodes = {node};
        }
        if (m_request.includeTopicAuthorizedOperations) {
            out.topicAuthorizedOperations = authorizedTopicOperations(m_services.access, m_context, topic.name);
        }
        return out;
    }

    Services& m_services;
    const RequestContext& m_context;
    const MetadataRequest& m_request;
};

} // namespace

Handler metadataHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        if (const auto request = decodeOrClose<MetadataRequest>(context, reply)) {
            reply.send(Answering(services, context, *request).answer());
        }
    };
}

} // namespace meshbone::backbone::broker
