// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/delete_topics.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"

#include <fmt/format.h>

#include <map>

namespace meshbone::backbone::broker {

namespace {

using wire::DeleteTopicsRequest;
using Answer = wire::DeleteTopicsResponse::DeletableTopicResult;

constexpr std::int16_t kFirstWithTopicIds = 6;

using Asked = DeleteTopicsRequest::DeleteTopicState;

/// What is asked for, whatever the version.
std::vector<Asked> askedIn(const DeleteTopicsRequest& request, std::int16_t version) {
    if (version >= kFirstWithTopicIds) {
        return request.topics;
    }
    std::vector<Asked> all;
    for (const auto name : request.topicNames) {
        all.push_back({name, {}});
    }
    return all;
}

using TimesAsked = std::map<std::pair<std::optional<std::string_view>, TopicId>, std::size_t>;

TimesAsked timesAsked(const std::vector<Asked>& all) {
    TimesAsked times;
    for (const auto& asked : all) {
        ++times[{asked.name, asked.topicId}];
    }
    return times;
}

/// A topic is named either way, and once; nothing where that is so.
std::string_view whatIsWrong(const Asked& asked, std::size_t times) {
    if (asked.name && !asked.topicId.isZero()) {
        return "You may not specify both topic name and topic id.";
    }
    if (!asked.name && asked.topicId.isZero()) {
        return "Neither topic name nor id were specified.";
    }
    return times > 1 ? "Duplicate topic." : "";
}

Answer refusedAs(const Asked& asked, KafkaCode code, std::string_view why) {
    Answer answer;
    answer.name = asked.name;
    answer.topicId = asked.topicId;
    answer.errorCode = code;
    answer.errorMessage = why;
    return answer;
}

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
        answer.errorMessage = "Not allowed to delete this topic.";
        if (!name && services.access.mayList(context, Operation::Describe, ResourceKind::Topic, known)) {
            answer.name = known; // whoever may not even describe it doesn't learn what an id is called
        }
        return answer;
    }
    if (topic == nullptr) {
        answer.errorCode = name ? KafkaCode::UnknownTopicOrPartition : KafkaCode::UnknownTopicId;
        answer.errorMessage = "There is no such topic.";
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
        const auto all = askedIn(*request, context.version);
        auto times = timesAsked(all);
        for (const auto& asked : all) {
            auto& left = times[{asked.name, asked.topicId}];
            if (left == 0) {
                continue; // what is named twice is answered once
            }
            const auto wrong = whatIsWrong(asked, left);
            left = 0;
            response.responses.push_back(wrong.empty() ? deleteOne(services, context, asked.name, asked.topicId)
                                                       : refusedAs(asked, KafkaCode::InvalidRequest, wrong));
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
