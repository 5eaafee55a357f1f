// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/delete_topics.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

namespace {

using wire::DeleteTopicsRequest;
using Answer = wire::DeleteTopicsResponse::DeletableTopicResult;

constexpr std::int16_t kFirstWithTopicIds = 6;

Answer deleteOne(Services& services, const RequestContext& context, std::optional<std::string_view> name,
                 const TopicId& id) {
    Answer answer;
    if (name) {
        answer.name = *name;
    }
    answer.topicId = id;
    const auto* topic = name ? services.topics.find(*name) : services.topics.find(id);
    const std::string known = topic != nullptr ? topic->name : std::string(name.value_or(std::string_view()));
    if (!known.empty() && !services.access.allowed(context, Operation::Delete, ResourceKind::Topic, known)) {
        answer.errorCode = KafkaCode::TopicAuthorizationFailed;
        if (!name && services.access.mayList(context, Operation::Describe, ResourceKind::Topic, known)) {
            answer.name = known; // whoever may not even describe it doesn't learn what an id is called
        }
        return answer;
    }
    if (topic == nullptr) {
        answer.errorCode = name ? KafkaCode::UnknownTopicOrPartition : KafkaCode::UnknownTopicId;
        return answer;
    }
    answer.name = topic->name;
    answer.topicId = topic->id;
    if (!services.config.boolean("delete.topic.enable")) {
        answer.errorCode = KafkaCode::TopicDeletionDisabled;
    } else if (topic->internal) {
        answer.errorCode = KafkaCode::InvalidTopic;
        answer.errorMessage = fmt::format("Topic '{}' is the broker's own and can't be deleted.", topic->name);
    } else if (const auto removed = services.topics.remove(known); !removed) {
        answer.errorCode = kafkaCodeOf(removed.error());
        answer.errorMessage = removed.error().message;
    }
    return answer;
}

} // namespace

Handler deleteTopicsHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<DeleteTopicsRequest>(context, reply);
        if (!request) {
            return;
        }
        wire::DeleteTopicsResponse response;
        if (context.version >= kFirstWithTopicIds) {
            for (const auto& asked : request->topics) {
                response.responses.push_back(deleteOne(services, context, asked.name, asked.topicId));
            }
        } else {
            for (const auto name : request->topicNames) {
                response.responses.push_back(deleteOne(services, context, name, {}));
            }
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
