// SPDX-License-Identifier: Apache-2.0
#include "broker/fetch/fetch_service.h"

#include "record/batch.h"

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {
constexpr std::size_t kAnswersPerFlush = 64;

/// The offset span of whole batches: from the first batch's base to the last one's end.
std::uint64_t offsetSpan(std::string_view batches) {
    std::optional<Offset> first;
    Offset end{0};
    while (const auto batch = batchHeaderAt(batches)) {
        first = first.value_or(batch->baseOffset());
        end = batch->nextOffset();
        if (batch->sizeBytes() >= batches.size()) {
            break;
        }
        batches.remove_prefix(batch->sizeBytes());
    }
    return first ? static_cast<std::uint64_t>(end - *first) : 0;
}

} // namespace

/// A fetch that found too little. It hangs at the partitions it asks for and at a timer.
class FetchService::Pending final : public FetchWait {
public:
    Pending(FetchService& service, std::shared_ptr<const ClientIdentity> client, FetchPlan plan, Reply reply)
        : m_service(service)
        , m_client(std::move(client))
        , m_plan(std::move(plan))
        , m_reply(std::move(reply))
        , m_deadline(service.m_services.loop.now() + m_plan.maxWait) {}

    /// Hangs it up, waiting for what is missing to minBytes.
    void hang(std::size_t bytesFound) {
        m_gainedBytes = 0;
        m_neededBytes = std::max<std::size_t>(1, m_plan.minBytes - std::min(m_plan.minBytes, bytesFound));
        auto& topics = m_service.m_services.topics;
        for (const auto& topic : m_plan.topics) {
            for (const auto& partition : topic.partitions) {
                if (auto* state = topics.find(topic.name, partition.partition); state != nullptr) {
                    waitAt(state->waiting());
                }
            }
        }
        if (m_timer == net::TimerId::None) {
            // The timer keeps the fetch alive; answering cancels it.
            m_timer = m_service.m_services.loop.callAt(m_deadline,
                                                       [self = std::static_pointer_cast<Pending>(shared_from_this())] {
                                                           self->m_timer = net::TimerId::None;
                                                           self->m_expired = true;
                                                           self->wakeSoon();
                                                       });
        }
    }

    void wakeSoon() override {
        if (!m_queued) {
            m_queued = true;
            m_service.wakeSoon(std::static_pointer_cast<Pending>(shared_from_this()));
        }
    }

    void run() {
        m_queued = false;
        leaveAll();
        if (!m_reply.wanted()) {
            finish();
            return;
        }
        m_service.authorizeAgain(*m_client, m_plan);
        auto outcome = m_service.m_reader.read(m_plan);
        if (outcome.sizeBytes < m_plan.minBytes && !outcome.anyError && !m_expired) {
            hang(outcome.sizeBytes);
            return;
        }
        m_service.answer(*m_client, m_plan, outcome, std::move(m_reply));
        finish();
    }

private:
    void finish() {
        m_service.m_services.loop.cancel(m_timer);
        m_timer = net::TimerId::None;
    }

    FetchService& m_service;
    std::shared_ptr<const ClientIdentity> m_client;
    FetchPlan m_plan;
    Reply m_reply;
    net::Timers::Clock::time_point m_deadline;
    net::TimerId m_timer = net::TimerId::None;
    bool m_queued = false;
    bool m_expired = false;
};

FetchService::~FetchService() {
    *m_self = nullptr;
}

void FetchService::fetch(const RequestContext& context, FetchPlan plan, Reply reply) {
    auto outcome = m_reader.read(plan);
    m_reader.forget();
    const bool enough = outcome.sizeBytes >= plan.minBytes || outcome.anyError;
    if (enough || plan.maxWait.count() <= 0 || plan.topics.empty()) {
        answer(*context.client, plan, outcome, std::move(reply));
        return;
    }
    const auto found = outcome.sizeBytes;
    auto pending = std::make_shared<Pending>(*this, context.client, std::move(plan), std::move(reply));
    pending->hang(found);
}

void FetchService::wakeSoon(std::shared_ptr<Pending> pending) {
    m_woken.push_back(std::move(pending));
    if (!m_scheduled) {
        m_scheduled = true;
        m_services.loop.afterTurnEnd([self = m_self] {
            if (*self != nullptr) {
                (*self)->runWoken();
            }
        });
    }
}

void FetchService::runWoken() {
    m_scheduled = false;
    auto woken = std::exchange(m_woken, {});
    const auto now = std::min(woken.size(), kAnswersPerFlush);
    for (std::size_t i = now; i < woken.size(); ++i) {
        wakeSoon(std::move(woken[i])); // after the first ones are written
    }
    for (std::size_t i = 0; i < now; ++i) {
        woken[i]->run();
    }
    if (m_woken.empty()) {
        m_reader.forget();
    }
}

/// Kafka authorizes a fetch when it arrives; ours, which may have waited, once more before it hands out records.
void FetchService::authorizeAgain(const ClientIdentity& client, FetchPlan& plan) {
    for (auto& topic : plan.topics) {
        topic.allowed =
            topic.allowed &&
            (topic.name.empty() || m_services.access.mayList(client, Operation::Read, ResourceKind::Topic, topic.name));
    }
}

void FetchService::answer(const ClientIdentity& client, const FetchPlan& plan, FetchReader::Outcome& outcome,
                          Reply reply) {
    for (std::size_t i = 0; i < plan.topics.size(); ++i) {
        const auto& topic = plan.topics[i];
        std::uint64_t bytes = 0;
        std::uint64_t records = 0;
        for (const auto& partition : outcome.response.responses[i].partitions) {
            bytes += partition.records ? partition.records->bytes.size() : 0;
            records += partition.records ? offsetSpan(partition.records->bytes) : 0;
        }
        if (topic.allowed && !topic.name.empty()) {
            m_services.access.did(client, static_cast<std::int16_t>(wire::ApiKey::Fetch), Operation::Read,
                                  ResourceKind::Topic, topic.name, records, bytes);
        }
    }
    reply.send(outcome.response);
}

} // namespace meshbone::backbone::broker
