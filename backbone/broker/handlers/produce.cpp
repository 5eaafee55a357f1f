// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/produce.h"
#include "broker/handlers/handlers.h"
#include "broker/handlers/held_produce.h"
#include "broker/handlers/produce_checks.h"
#include "broker/kafka_errors.h"
#include "record/batch_check.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

namespace {

using wire::ProduceRequest;
using wire::ProduceResponse;
using PartitionAnswer = ProduceResponse::PartitionProduceResponse;

constexpr std::int16_t kAcksAll = -1;
constexpr auto kNotKnownYet = "What this topic takes isn't known yet: its schema registry was just started. Try again.";

/// An answer that waits until every partition of it is as durable as the client asked for.
struct Pending {
    Reply reply;
    ProduceResponse response;
    std::size_t waitingFor = 0;

    void reached(std::size_t topic, std::size_t partition, KafkaCode code) {
        if (code != KafkaCode::None) {
            auto& answer = response.responses[topic].partitionResponses[partition];
            answer.errorCode = code;
            answer.baseOffset = kNoOffset;
        }
        if (--waitingFor == 0) {
            reply.send(response);
        }
    }
};

/// A batch that was appended and whose acknowledgement is still owed.
struct Appended {
    PartitionState* state = nullptr;
    Offset end{0};
    std::size_t topic = 0, partition = 0; ///< where it stands in the answer
};

class Producing {
public:
    Producing(Services& services, const RequestContext& context, const ProduceRequest& request)
        : m_services(services)
        , m_context(context)
        , m_request(request)
        , m_nowMs(wallClockMs()) {}

    void run(Reply reply) {
        if (m_request.acks < kAcksAll || m_request.acks > 1) {
            refuseAll(KafkaCode::InvalidRequiredAcks);
        } else if (m_request.transactionalId) {
            refuseAll(KafkaCode::TransactionalIdAuthorizationFailed);
        } else {
            appendAll();
        }
        finish(std::move(reply));
    }

private:
    void refuseAll(KafkaCode code) {
        for (const auto& topic : m_request.topicData) {
            auto& answers = m_response.responses.emplace_back();
            answers.name = topic.name;
            for (const auto& data : topic.partitionData) {
                answers.partitionResponses.push_back(refused(data.index, code));
            }
        }
    }

    void appendAll() {
        m_response.responses.reserve(m_request.topicData.size());
        for (const auto& data : m_request.topicData) {
            auto& answers = m_response.responses.emplace_back();
            answers.name = data.name;
            answers.partitionResponses.reserve(data.partitionData.size());
            appendTopic(data, answers);
        }
    }

    void appendTopic(const ProduceRequest::TopicProduceData& data, ProduceResponse::TopicProduceResponse& answers) {
        auto& access = m_services.access;
        const bool allowed = access.mayList(m_context, Operation::Write, ResourceKind::Topic, data.name);
        const auto* topic = m_services.topics.find(data.name);
        m_records = 0;
        m_bytes = 0;
        for (const auto& partition : data.partitionData) {
            if (!allowed) {
                answers.partitionResponses.push_back(refused(partition.index, KafkaCode::TopicAuthorizationFailed));
            } else if (topic == nullptr || topic->partition(partition.index) == nullptr) {
                answers.partitionResponses.push_back(refused(partition.index, KafkaCode::UnknownTopicOrPartition));
            } else if (topic->internal) {
                answers.partitionResponses.push_back(refused(partition.index, KafkaCode::InvalidTopic));
            } else {
                answers.partitionResponses.push_back(appendOne(*topic, partition, answers.partitionResponses.size()));
            }
        }
        if (!allowed) {
            access.allowed(m_context, Operation::Write, ResourceKind::Topic, data.name); // tells the observers
        } else if (m_records > 0) {
            access.did(*m_context.client, static_cast<std::int16_t>(wire::ApiKey::Produce), Operation::Write,
                       ResourceKind::Topic, data.name, m_records, m_bytes);
        }
    }

    PartitionAnswer appendOne(const Topic& topic, const ProduceRequest::PartitionProduceData& data, std::size_t at) {
        if (m_request.acks == kAcksAll && topic.minInSyncReplicas > 1) {
            return refused(data.index, KafkaCode::NotEnoughReplicas);
        }
        const auto records = data.records.value_or(std::string_view());
        if (m_services.writeCheck != nullptr && !m_services.writeCheck->isReady(topic.name)) {
            // Of the errors that clients try again, the one that says that nothing was appended.
            auto answer = refused(data.index, KafkaCode::NotEnoughReplicas);
            answer.errorMessage = kNotKnownYet;
            return answer;
        }
        std::vector<RefusedRecord> refusals;
        if (auto checked = checkProducedBatch(m_services, m_context, topic, data.index, records, refusals); !checked) {
            auto answer = refused(data.index, checked.error(), topic, records);
            for (auto& one : refusals) {
                answer.recordErrors.push_back({one.index, std::move(one.why)});
            }
            return answer;
        }
        auto* state = topic.partition(data.index);
        // The records are a view into the request's own bytes, which may be stamped in place.
        const auto batch =
            m_context.body.subspan(static_cast<std::size_t>(records.data() - m_context.body.data()), records.size());
        const auto info = state->append(batch, AppendOrigin::Client, m_nowMs);
        if (!info) {
            return refused(data.index, info.error(), topic, records);
        }
        if (m_services.writeCheck != nullptr && !info->duplicate && m_services.writeCheck->guards(topic.name)) {
            m_services.writeCheck->appended(info->baseOffset);
        }
        m_records += static_cast<std::uint64_t>(info->endOffset - info->baseOffset);
        m_bytes += records.size();
        if (m_request.acks == kAcksAll) {
            m_appended.push_back({state, info->endOffset, m_response.responses.size() - 1, at});
        }
        PartitionAnswer answer;
        answer.index = data.index;
        answer.baseOffset = info->baseOffset;
        answer.logAppendTimeMs = info->logAppendTimeMs;
        answer.logStartOffset = info->logStartOffset;
        return answer;
    }

    PartitionAnswer refused(Partition index, KafkaCode code) {
        m_anyRefused = true;
        PartitionAnswer answer;
        answer.index = index;
        answer.errorCode = code;
        answer.baseOffset = kNoOffset;
        return answer;
    }

    PartitionAnswer refused(Partition index, const Error& error, const Topic& topic, std::string_view records) {
        auto answer = refused(index, kafkaCodeOf(error));
        answer.errorMessage = error.message;
        if (answer.errorCode == KafkaCode::InvalidRecord && topic.logConfig->cleanupCompact) {
            for (const auto at : keylessRecords(records)) {
                answer.recordErrors.push_back(
                    {at, fmt::format("Compacted topic cannot accept message without key in topic partition {}-{}.",
                                     topic.name, index.value())});
            }
        }
        return answer;
    }

    void finish(Reply reply) {
        if (m_request.acks == 0) {
            if (m_anyRefused) {
                reply.close("A batch that was sent with acks=0 was refused; closing is the only way to say so.");
            } else {
                reply.nothing();
            }
            return;
        }
        if (m_appended.empty()) {
            reply.send(m_response);
            return;
        }
        auto pending = std::make_shared<Pending>(std::move(reply), std::move(m_response), m_appended.size());
        for (const auto& one : m_appended) {
            one.state->whenReached(one.end, [pending, topic = one.topic, partition = one.partition](KafkaCode code) {
                pending->reached(topic, partition, code);
            });
        }
    }

    Services& m_services;
    const RequestContext& m_context;
    const ProduceRequest& m_request;
    TimestampMs m_nowMs;
    ProduceResponse m_response;
    std::vector<Appended> m_appended;
    std::uint64_t m_records = 0, m_bytes = 0; ///< of the topic at hand, for the observers
    bool m_anyRefused = false;
};

} // namespace

Handler produceHandler(Services& services) {
    const auto handle = [&services](const RequestContext& context, Reply reply) {
        if (const auto request = decodeOrClose<ProduceRequest>(context, reply)) {
            Producing(services, context, *request).run(std::move(reply));
        }
    };
    return [&services, handle, held = std::make_shared<HeldProduces>(services, handle)](const RequestContext& context,
                                                                                        Reply reply) {
        if (const auto request = decodeOrClose<ProduceRequest>(context, reply)) {
            held->release();
            if (held->mustWait(context, *request) && held->hold(context, reply)) {
                return;
            }
            Producing(services, context, *request).run(std::move(reply));
        }
    };
}

} // namespace meshbone::backbone::broker
