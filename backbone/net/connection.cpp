// SPDX-License-Identifier: Apache-2.0
#include "net/connection.h"

#include "net/log_line.h"
#include "net/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sys/epoll.h>
#include <sys/uio.h>

namespace meshbone::backbone::net {

namespace {

constexpr std::size_t kMaxOutputBytes = std::size_t{1} << 20; ///< past this no further request is looked at
constexpr std::size_t kMaxWaitingAnswers = 4'096;
constexpr std::size_t kPiecesPerWrite = 64;

} // namespace

Connection::Connection(Server& server, Socket socket, std::unique_ptr<Transport> transport, const MakeSink& makeSink)
    : m_server(server)
    , m_socket(std::move(socket))
    , m_transport(std::move(transport))
    , m_peer(peerAddress(m_socket.descriptor()))
    , m_makeSink(makeSink)
    , m_input(server.pool(), server.options().maxFrameBytes)
    , m_lastActive(server.loop().now()) {}

Connection::~Connection() {
    m_server.loop().cancel(m_handshakeEnd);
    for (auto& slot : m_order) {
        slot->sink = nullptr;
    }
}

void Connection::start() {
    m_events = EPOLLIN | EPOLLRDHUP;
    if (const auto watched = m_server.loop().watch(m_socket.descriptor(), m_events, *this); !watched) {
        close(watched.error().message);
        return;
    }
    m_shaking = true;
    shakeHands();
    readWhatIsHeld(); // a quick client's first request may have come with the end of its handshake
    if (m_shaking && !m_closed) {
        const auto patience = m_server.options().handshakeTimeout;
        m_handshakeEnd = m_server.loop().callAfter(patience, [this, patience] {
            close(fmt::format("It did not finish its TLS handshake in {} ms.", patience.count()));
        });
    }
}

EventLoop::Clock::time_point Connection::now() const {
    return m_server.loop().now();
}

void Connection::shakeHands() {
    const auto outcome = m_transport->shakeHands();
    switch (outcome) {
    case Transport::Outcome::Moved:
        introduce();
        break;
    case Transport::Outcome::WantsRead:
    case Transport::Outcome::WantsWrite:
        m_wantsWrite = outcome == Transport::Outcome::WantsWrite;
        updateEvents();
        break;
    default:
        close(m_transport->failure());
    }
}

void Connection::introduce() {
    m_shaking = false;
    m_wantsWrite = false;
    m_server.loop().cancel(m_handshakeEnd);
    m_lastActive = now();
    m_sink = m_makeSink(*this);
    updateEvents();
}

std::shared_ptr<ReplySlot> Connection::expectAnswer(Overlap overlap) {
    auto slot = std::make_shared<ReplySlot>();
    slot->sink = this;
    m_order.push_back(slot);
    if (overlap == Overlap::No) {
        m_blocking = slot;
    }
    return slot;
}

void Connection::close(std::string_view reason) {
    if (m_closed) {
        return;
    }
    m_closed = true;
    if (!reason.empty()) {
        logLine(Severity::Warning, fmt::format("The connection from {} was closed. {}", m_peer, reason));
    }
    for (auto& slot : m_order) {
        slot->sink = nullptr;
    }
    m_order.clear();
    m_server.loop().cancel(m_handshakeEnd);
    m_transport->sayGoodbye();
    m_server.loop().unwatch(m_socket.descriptor());
    m_socket.reset();
    m_server.retire(*this);
}

void Connection::closeAfterAnswers(std::string_view reason) {
    if (m_closed || m_endAfterAnswers) {
        return;
    }
    m_endAfterAnswers = true;
    m_endReason = reason;
    answered();
}

void Connection::ready(std::uint32_t events) {
    if (m_shaking) {
        if (!m_server.mayShakeHands()) {
            return; // told again in the next turn
        }
        shakeHands();
        if (m_shaking || m_closed) {
            return;
        }
        events |= EPOLLIN; // what came behind the handshake may be in the transport already
    }
    if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
        close({});
        return;
    }
    if ((events & EPOLLOUT) != 0) {
        m_wantsWrite = false;
        flush();
    }
    if (!m_closed && (events & EPOLLIN) != 0) {
        readOnce();
    } else if (!m_closed && (events & EPOLLRDHUP) != 0) {
        peerHungUp();
    }
}

void Connection::peerHungUp() {
    if (m_transport->isGone()) {
        close({}); // gone, with nothing left to read: whatever it waits for, it does not want
        return;
    }
    m_ignoreHangUp = true;
    updateEvents();
}

bool Connection::mayCut() const {
    const bool blocked = m_blocking && m_blocking->state == ReplySlot::State::Waiting;
    return !m_closed && !m_endAfterAnswers && !blocked && m_outputBytes < kMaxOutputBytes &&
           m_order.size() < kMaxWaitingAnswers;
}

void Connection::readOnce() {
    if (!mayCut()) {
        updateEvents();
        return;
    }
    const auto space = m_input.space(m_server.scratch());
    if (space.empty()) {
        cutFrames();
        return;
    }
    const auto move = m_transport->receive(space);
    if (move.count == 0) {
        m_input.park();
        if (move.outcome == Transport::Outcome::WantsWrite) {
            m_wantsWrite = true;
            updateEvents();
        } else if (move.outcome == Transport::Outcome::Closed || move.outcome == Transport::Outcome::Broken) {
            close(m_transport->failure());
        }
        return;
    }
    m_lastActive = now();
    m_input.received(move.count);
    cutFrames();
    readWhatIsHeld();
}

/// No event of the socket tells of it: the server comes back in the next turn.
void Connection::readWhatIsHeld() {
    if (!m_shaking && m_transport->mayHoldMore() && mayCut() && !m_input.starved()) {
        m_server.readSoon(*this);
    }
}

void Connection::cutFrames() {
    m_cutting = true;
    while (mayCut()) {
        const auto frame = m_input.next();
        if (!frame) {
            break;
        }
        m_sink->frame(*frame);
        collectAnswers();
    }
    m_cutting = false;
    m_input.park();
    if (m_closed) {
        return;
    }
    if (!m_input.refusal().empty()) {
        closeAfterAnswers(m_input.refusal());
    } else if (m_input.starved()) {
        m_server.waitForBuffers(*this);
    }
    updateEvents();
}

void Connection::resume() {
    if (!m_closed && m_input.holdsBytes()) {
        cutFrames();
    } else if (!m_closed) {
        updateEvents();
    }
    readWhatIsHeld();
}

void Connection::answered() {
    if (m_closed) {
        return;
    }
    scheduleFlush();
}

void Connection::scheduleFlush() {
    if (!m_flushScheduled) {
        m_flushScheduled = true;
        m_server.flushAtTurnEnd(*this);
    }
}

void Connection::collectAnswers() {
    while (!m_order.empty() && m_order.front()->state != ReplySlot::State::Waiting) {
        auto slot = std::move(m_order.front());
        m_order.pop_front();
        slot->sink = nullptr;
        if (slot->state == ReplySlot::State::Nothing) {
            continue;
        }
        m_outputBytes += slot->answer.sizeBytes();
        m_output.push_back(std::move(slot->answer));
    }
}

void Connection::flush() {
    m_flushScheduled = false;
    if (m_closed) {
        return;
    }
    collectAnswers();
    while (!m_output.empty() && !m_wantsWrite) {
        if (!writeSome()) {
            return;
        }
    }
    if (m_output.empty() && m_endAfterAnswers && m_order.empty()) {
        close(m_endReason);
        return;
    }
    resume();
}

std::size_t Connection::gather(std::span<iovec> pieces) const {
    std::size_t count = 0;
    std::size_t skip = m_outputOffset;
    for (auto it = m_output.begin(); it != m_output.end() && count < pieces.size(); ++it) {
        it->forEachPiece([&](std::string_view piece) {
            const auto skipped = std::min(skip, piece.size());
            skip -= skipped;
            piece.remove_prefix(skipped);
            if (!piece.empty() && count < pieces.size()) {
                pieces[count++] = {const_cast<char*>(piece.data()), piece.size()}; // sendmsg does not write to it
            }
        });
    }
    return count;
}

bool Connection::writeSome() {
    std::array<iovec, kPiecesPerWrite> pieces{};
    const std::size_t count = gather(pieces);
    const auto move = m_transport->send({pieces.data(), count});
    switch (move.outcome) {
    case Transport::Outcome::Moved:
        break;
    case Transport::Outcome::WantsWrite:
        m_wantsWrite = true;
        return true;
    default:
        close(m_transport->failure());
        return false;
    }
    m_lastActive = now();
    m_outputBytes -= move.count;
    m_outputOffset += move.count;
    while (!m_output.empty() && m_outputOffset >= m_output.front().sizeBytes()) {
        m_outputOffset -= m_output.front().sizeBytes();
        m_output.pop_front();
    }
    return true;
}

void Connection::updateEvents() {
    if (m_closed || m_cutting) {
        return;
    }
    if (m_shaking) {
        watchFor(m_wantsWrite ? EPOLLOUT : EPOLLIN);
        return;
    }
    std::uint32_t events = m_ignoreHangUp ? 0U : static_cast<std::uint32_t>(EPOLLRDHUP);
    if (mayCut() && !m_input.starved()) {
        events |= EPOLLIN;
    }
    if (m_wantsWrite) {
        events |= EPOLLOUT;
    }
    watchFor(events);
}

void Connection::watchFor(std::uint32_t events) {
    if (events != m_events) {
        m_events = events;
        m_server.loop().rewatch(m_socket.descriptor(), events, *this);
    }
}

bool Connection::idle() const {
    const bool owesAnswers = !m_order.empty() && m_output.empty() && !m_endAfterAnswers;
    return !owesAnswers;
}

} // namespace meshbone::backbone::net
