// SPDX-License-Identifier: Apache-2.0
#include "net/reply.h"

#include <utility>

namespace meshbone::backbone::net {

namespace {
constexpr std::string_view kDropped = "A request was dropped without an answer.";
}

Reply& Reply::operator=(Reply&& other) noexcept {
    if (this != &other) {
        close(kDropped);
        m_slot = std::move(other.m_slot);
        m_correlationId = other.m_correlationId;
        m_version = other.m_version;
    }
    return *this;
}

Reply::~Reply() {
    close(kDropped);
}

void Reply::sendFrame(wire::Frame frame) {
    const auto slot = std::exchange(m_slot, nullptr);
    if (!slot || slot->sink == nullptr) {
        return;
    }
    slot->answer = std::move(frame);
    slot->state = ReplySlot::State::Ready;
    slot->sink->answered();
}

void Reply::nothing() {
    const auto slot = std::exchange(m_slot, nullptr);
    if (slot && slot->sink != nullptr) {
        slot->state = ReplySlot::State::Nothing;
        slot->sink->answered();
    }
}

void Reply::close(std::string_view reason) {
    const auto slot = std::exchange(m_slot, nullptr);
    if (slot && slot->sink != nullptr) {
        slot->state = ReplySlot::State::Nothing;
        slot->sink->closeAfterAnswers(reason);
    }
}

} // namespace meshbone::backbone::net
