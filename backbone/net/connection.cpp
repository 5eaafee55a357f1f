// SPDX-License-Identifier: Apache-2.0
#include "net/connection.h"

#include "net/log_line.h"
#include "net/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace meshbone::backbone::net {

namespace {

constexpr std::size_t kMaxOutputBytes = std::size_t{1} << 20; ///< past this no further request is looked at
constexpr std::size_t kMaxWaitingAnswers = 4'096;
constexpr std::size_t kPiecesPerWrite = 64;

} // namespace

Connection::Connection(Server& server, Socket socket, std::string peer)
    : m_server(server)
    , m_socket(std::move(socket))
    , m_peer(std::move(peer))
    , m_input(server.pool(), server.options().maxFrameBytes)
    , m_lastActive(server.loop().now()) {}

Connection::~Connection() {
    for (auto& slot : m_order) {
        slot->sink = nullptr;
    }
}

void Connection::start() {
    m_events = EPOLLIN | EPOLLRDHUP;
    if (const auto watched = m_server.loop().watch(m_socket.descriptor(), m_events, *this); !watched) {
        close(watched.error().message);
    }
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
    char byte = 0;
    if (::recv(m_socket.descriptor(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0) {
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
    const auto count = ::recv(m_socket.descriptor(), space.data(), space.size(), 0);
    if (count <= 0) {
        m_input.park();
        if (count == 0) {
            close({});
        } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
            close({});
        }
        return;
    }
    m_lastActive = m_server.loop().now();
    m_input.received(static_cast<std::size_t>(count));
    cutFrames();
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
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = count;
    const auto sent = ::sendmsg(m_socket.descriptor(), &message, MSG_NOSIGNAL);
    if (sent < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            m_wantsWrite = true;
            return true;
        }
        if (errno == EINTR) {
            return true;
        }
        close({});
        return false;
    }
    m_lastActive = m_server.loop().now();
    m_outputBytes -= static_cast<std::size_t>(sent);
    m_outputOffset += static_cast<std::size_t>(sent);
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
    std::uint32_t events = m_ignoreHangUp ? 0U : static_cast<std::uint32_t>(EPOLLRDHUP);
    if (mayCut() && !m_input.starved()) {
        events |= EPOLLIN;
    }
    if (m_wantsWrite) {
        events |= EPOLLOUT;
    }
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
