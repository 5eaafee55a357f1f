// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/codec.h"

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
    wire::Frame answer;        ///< with its length prefix
};

/// The right to answer one request, now or later. Exactly one of send(), nothing() and close() is called; a Reply that
/// is dropped without any closes the connection, because the client would wait for ever. Movable; loop thread only.
class Reply {
public:
    Reply() = default;
    /// An answer will be encoded for this correlation id and version.
    Reply(std::shared_ptr<ReplySlot> slot, std::int32_t correlationId, wire::Version version)
        : m_slot(std::move(slot))
        , m_correlationId(correlationId)
        , m_version(version) {}
    Reply(Reply&& other) noexcept = default;
    Reply& operator=(Reply&& other) noexcept;
    ~Reply();

    /// Gives the answer: any response struct of wire/messages, in the version of the request.
    template <class Response>
    void send(const Response& response) {
        if (wanted()) {
            sendFrame(wire::encodeResponse(m_correlationId, response, m_version));
        } else {
            m_slot.reset();
        }
    }
    /// Gives an answer that is encoded already, length prefix and header included.
    void sendFrame(wire::Frame frame);
    /// There is no answer to this request (Produce with acks=0).
    void nothing();
    /// Closes the connection after the answers before this one; `reason` is a sentence for the log.
    void close(std::string_view reason);

    /// False once the connection is gone: an answer would go nowhere.
    [[nodiscard]] bool wanted() const { return m_slot && m_slot->sink != nullptr; }
    /// False once it is answered.
    explicit operator bool() const { return m_slot != nullptr; }

    [[nodiscard]] std::int32_t correlationId() const { return m_correlationId; }
    [[nodiscard]] wire::Version version() const { return m_version; }

private:
    std::shared_ptr<ReplySlot> m_slot;
    std::int32_t m_correlationId = 0;
    wire::Version m_version = 0;
};

} // namespace meshbone::backbone::net
