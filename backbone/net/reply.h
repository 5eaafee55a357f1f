// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/message.h"

#include <memory>
#include <string>
#include <string_view>

namespace meshbone::backbone::net {

/// What a Reply tells its connection; tests put one of their own here. Loop thread only.
class ReplySink {
public:
    virtual ~ReplySink() = default;
    virtual void answered() = 0; ///< a slot became Ready or Nothing
    virtual void closeAfterAnswers(std::string_view reason) = 0;
};

/// The place of one answer in a connection's strict order of answers: a later answer waits until this one is given.
/// Shared between the connection and the Reply. Loop thread only.
struct ReplySlot {
    enum class State : std::uint8_t { Waiting, Ready, Nothing };
    State state = State::Waiting;
    ReplySink* sink = nullptr; ///< null once the connection is closed
    Message answer;            ///< without the length prefix
};

/// The right to answer one request, now or later. Exactly one of send(), nothing() and close() is called; a Reply that
/// is dropped without any closes the connection, because the client would wait for ever. Movable; loop thread only.
class Reply {
public:
    Reply() = default;
    /// `header` is what comes before the body: correlation id and, for flexible answers, tagged fields.
    Reply(std::shared_ptr<ReplySlot> slot, std::string header);
    Reply(Reply&& other) noexcept = default;
    Reply& operator=(Reply&& other) noexcept;
    ~Reply();

    /// Gives the answer: the response's body. Frame length and response header are added here.
    void send(std::string body) { send(Message(std::move(body))); }
    void send(Message body);
    /// There is no answer to this request (Produce with acks=0).
    void nothing();
    /// Closes the connection after the answers before this one; `reason` is a sentence for the log.
    void close(std::string_view reason);

    /// False once the connection is gone: an answer would go nowhere.
    [[nodiscard]] bool wanted() const { return m_slot && m_slot->sink != nullptr; }
    explicit operator bool() const { return m_slot != nullptr; }

private:
    std::shared_ptr<ReplySlot> m_slot;
    std::string m_header;
};

} // namespace meshbone::backbone::net
