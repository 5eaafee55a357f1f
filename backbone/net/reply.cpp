// SPDX-License-Identifier: Apache-2.0
#include "net/reply.h"

#include <utility>

namespace meshbone::backbone::net {

Reply::Reply(std::shared_ptr<ReplySlot> slot, std::string header)
    : m_slot(std::move(slot))
    , m_header(std::move(header)) {}

Reply& Reply::operator=(Reply&& other) noexcept {
    if (this != &other) {
        close("A request was dropped without an answer.");
        m_slot = std::move(other.m_slot);
        m_header = std::move(other.m_header);
    }
    return *this;
}

Reply::~Reply() {
    close("A request was dropped without an answer.");
}

void Reply::send(Message body) {
    const auto slot = std::exchange(m_slot, nullptr);
    if (!slot || slot->sink == nullptr) {
        return;
    }
    Message answer(std::move(m_header));
    for (auto& piece : body.pieces()) {
        if (piece.keeper) {
            answer.append(std::move(piece.keeper), piece.shared);
        } else {
            answer.append(std::move(piece.owned));
        }
    }
    slot->answer = std::move(answer);
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
