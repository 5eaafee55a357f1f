// SPDX-License-Identifier: Apache-2.0
#include "broker/handlers/held_produce.h"

#include <algorithm>

namespace meshbone::backbone::broker {

bool HeldProduces::mustWait(const RequestContext& context, const wire::ProduceRequest& request) const {
    const auto isUnknown = [&](const wire::ProduceRequest::TopicProduceData& data) {
        return !m_services.writeCheck->isReady(data.name) &&
               m_services.access.mayList(context, Operation::Write, ResourceKind::Topic, data.name);
    };
    return m_services.writeCheck != nullptr && !request.topicData.empty() &&
           std::ranges::all_of(request.topicData, isUnknown);
}

bool HeldProduces::hold(const RequestContext& context, Reply& reply) {
    const auto request = wire::decodeBody<wire::ProduceRequest>(context.bodyText(), context.version);
    if (!request || m_held.size() >= kMostRequests || m_bytes + context.body.size() > kMostBytes) {
        return false;
    }
    Held held{context, std::string(context.bodyText()), std::move(reply), m_services.loop.now() + kMostWait, {}};
    for (const auto& data : request->topicData) {
        held.topics.emplace_back(data.name);
    }
    m_bytes += held.body.size();
    m_held.push_back(std::move(held));
    lookAgain();
    return true;
}

bool HeldProduces::isReady(const Held& held) const {
    return std::ranges::all_of(held.topics,
                               [this](const std::string& topic) { return m_services.writeCheck->isReady(topic); });
}

void HeldProduces::release() {
    // The check learns of all topics at once, so the first one that waits on stands for those behind it.
    while (!m_held.empty() && (isReady(m_held.front()) || m_services.loop.now() >= m_held.front().until ||
                               !m_held.front().reply.wanted())) {
        auto held = std::move(m_held.front());
        m_held.pop_front();
        m_bytes -= held.body.size();
        held.context.body = held.body;
        if (held.reply.wanted()) {
            m_handle(held.context, std::move(held.reply));
        }
    }
}

void HeldProduces::lookAgain() {
    if (m_isTimed || m_held.empty()) {
        return;
    }
    m_isTimed = true;
    m_services.loop.callAfter(kLookEvery, [self = shared_from_this()] {
        self->m_isTimed = false;
        self->release();
        self->lookAgain();
    });
}

} // namespace meshbone::backbone::broker
