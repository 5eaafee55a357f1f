// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/byte_stream.h"
#include "http/logins.h"
#include "http/reply_gate.h"
#include "http/request_reader.h"
#include "http/response_text.h"

#include <memory>
#include <optional>

namespace meshbone::backbone::http {

class Connection;

/// What the connections of a server share. I/O thread.
struct ServerScope {
    virtual ~ServerScope() = default;
    virtual void closed(Connection& connection) = 0;
    /// The connection has a deadline then, maybe an earlier one than before.
    virtual void expectDeadline(Clock::time_point moment) = 0;

    HttpServerOptions options;
    HttpHandler handler;
    std::shared_ptr<ReplyGate> gate;
    std::optional<Logins> logins;
    std::size_t heldBytes = 0; ///< bodies and answers of all connections
};

/// One client: reads a request, hands it on, writes the answer, and begins again. Kept alive by what it has under way.
/// Belongs to the I/O thread.
class Connection final : public std::enable_shared_from_this<Connection> {
public:
    Connection(ServerScope& scope, std::unique_ptr<ByteStream> stream, std::string remoteAddress);

    void start();
    /// Instead of start(): one answer, and the end.
    void turnAway(int status, std::string_view sentence);
    /// The moment is there that deadline() named, or not yet.
    void checkDeadline(Clock::time_point now);
    [[nodiscard]] Clock::time_point deadline() const { return m_deadline; }
    void close();

private:
    enum class State : std::uint8_t {
        ShakingHands,
        Idle,      ///< between requests
        Receiving, ///< a part of a request is there
        Handling,  ///< the handler has it
        Holding,   ///< an answer waits for its moment: wrong logins
        Writing,
        Lingering,
        Closed,
    };

    void enter(State state, std::chrono::milliseconds patience);
    void read();
    void advance();
    bool admit();
    void sendContinue();
    void finishRequest();
    void answerLate();
    void hand();
    void answer(std::uint64_t request, HttpResponse response);
    void refuse(int status, std::string_view sentence);
    void refuseHalf();
    void write(HttpResponse response);
    void written(bool ok);
    void linger();
    bool hold(std::size_t bytes);

    ServerScope& m_scope;
    std::unique_ptr<ByteStream> m_stream;
    std::string m_remoteAddress;
    RequestReader m_reader;
    State m_state = State::ShakingHands;
    Clock::time_point m_deadline;
    bool m_isReading = false;    ///< the stream may write into the reader's room
    std::uint64_t m_request = 0; ///< its number; an answer to an earlier one is too late
    After m_after = After::KeepAlive;
    bool m_isHead = false;
    std::size_t m_held = 0;             ///< of the scope's heldBytes
    std::optional<HttpResponse> m_late; ///< the answer to a request that isn't let in, once it is read
    WrongLogins::Wait m_wait;           ///< for m_late
    std::string m_head, m_body;         ///< what is being written
};

} // namespace meshbone::backbone::http
