// SPDX-License-Identifier: Apache-2.0
#include "http/connection.h"

#include "http/refusal.h"

#include <ctime>

namespace meshbone::backbone::http {

namespace {

constexpr std::chrono::milliseconds kLinger{2'000};
constexpr std::size_t kJoinedBody =
    16U << 10; ///< a shorter body is copied behind its head: one piece is one record in TLS
constexpr std::size_t kSlowestReader = 64U << 10; ///< bytes a second; a client that takes an answer more slowly is cut
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

HttpResponse refusalOf(const Logins::Verdict& verdict) {
    if (verdict.outcome == Logins::Outcome::TooMany) {
        auto response = refusal(429, "Too many wrong logins come from this address; try again in a moment.");
        response.headers.emplace_back("Retry-After", "1");
        return response;
    }
    auto response = refusal(401, verdict.outcome == Logins::Outcome::Missing ? "Log in by user and password."
                                                                             : "User or password is wrong.");
    response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"Schema Registry\"");
    return response;
}

} // namespace

Connection::Connection(ServerScope& scope, std::unique_ptr<ByteStream> stream, std::string remoteAddress)
    : m_scope(scope)
    , m_stream(std::move(stream))
    , m_remoteAddress(std::move(remoteAddress))
    , m_reader({scope.options.maxHeaderBytes, scope.options.maxBodyBytes}) {}

void Connection::enter(State state, std::chrono::milliseconds patience) {
    m_state = state;
    m_deadline = Clock::now() + patience;
    m_scope.expectDeadline(m_deadline);
}

void Connection::start() {
    enter(State::ShakingHands, m_scope.options.arrival);
    m_stream->handshake([self = shared_from_this()](bool ok, std::size_t) {
        if (!ok || self->m_state != State::ShakingHands) {
            self->close();
            return;
        }
        self->enter(State::Idle, self->m_scope.options.idle);
        self->read();
    });
}

void Connection::turnAway(int status, std::string_view sentence) {
    enter(State::ShakingHands, kLinger);
    m_stream->handshake([self = shared_from_this(), status, sentence](bool ok, std::size_t) {
        if (!ok || self->m_state != State::ShakingHands) {
            self->close();
            return;
        }
        self->refuse(status, sentence);
    });
}

void Connection::read() {
    m_isReading = true;
    m_stream->read(m_reader.room(), [self = shared_from_this()](bool ok, std::size_t bytes) {
        self->m_isReading = false;
        if (!ok || self->m_state == State::Closed) {
            self->close();
            return;
        }
        if (self->m_state != State::Idle && self->m_state != State::Receiving) {
            return; // the rest came when it had been refused already
        }
        self->m_reader.received(bytes);
        self->advance();
    });
}

/// As far as the bytes that are there lead. Each way out of here waits for something, or is the end.
void Connection::advance() {
    while (true) {
        const auto step = m_reader.next();
        if (!hold(m_reader.request().body.size())) {
            return refuse(503, "Too much is being sent here at once; try again in a moment.");
        }
        if (m_state == State::Idle && m_reader.hasBegun()) {
            enter(State::Receiving, m_scope.options.arrival);
        }
        switch (step) {
        case RequestReader::Step::NeedsMore:
            return read();
        case RequestReader::Step::Refused:
            return refuse(m_reader.status(), m_reader.sentence());
        case RequestReader::Step::Head:
            if (!admit()) {
                return;
            }
            break;
        case RequestReader::Step::Whole:
            return finishRequest();
        }
    }
}

/// False when something is written first, or the request is refused at once.
bool Connection::admit() {
    auto& request = m_reader.request();
    request.remoteAddress = m_remoteAddress;
    m_isHead = request.method == "HEAD";
    auto verdict = m_scope.logins->check(request, Clock::now());
    if (verdict.outcome == Logins::Outcome::In) {
        request.principal = std::move(verdict.principal);
        if (m_reader.awaitsContinue()) {
            sendContinue();
            return false;
        }
        return true;
    }
    m_late = refusalOf(verdict);
    m_wait = std::move(verdict.wait);
    m_reader.dropBody();
    if (m_reader.awaitsContinue()) {
        m_after = After::Close; // it may send the body nevertheless: nobody can tell
        answerLate();
        return false;
    }
    return true;
}

void Connection::sendContinue() {
    m_stream->write(kContinue, {}, [self = shared_from_this()](bool ok, std::size_t) {
        if (!ok || self->m_state == State::Closed) {
            self->close();
            return;
        }
        self->advance();
    });
}

void Connection::finishRequest() {
    m_after = !m_reader.isKeepAlive() ? After::Close : m_reader.isHttp10() ? After::KeepAlive10 : After::KeepAlive;
    if (!m_late) {
        return hand();
    }
    m_reader.take();
    answerLate();
}

void Connection::answerLate() {
    if (m_state != State::Holding && m_wait.delay.count() > 0) {
        return enter(State::Holding, m_wait.delay);
    }
    m_wait = {};
    write(*std::exchange(m_late, std::nullopt));
}

void Connection::hand() {
    enter(State::Handling, m_scope.options.answer);
    HttpReply reply([gate = m_scope.gate, weak = weak_from_this(), number = ++m_request](HttpResponse response) {
        gate->pass([weak, number, response = std::move(response)]() mutable {
            if (const auto self = weak.lock()) {
                self->answer(number, std::move(response));
            }
        });
    });
    try {
        m_scope.handler(m_reader.take(), std::move(reply));
    } catch (...) { // its reply was dropped on the way, which answers
    }
}

void Connection::answer(std::uint64_t request, HttpResponse response) {
    if (request == m_request && m_state == State::Handling) {
        write(std::move(response));
    }
}

void Connection::refuse(int status, std::string_view sentence) {
    m_after = After::Close;
    m_reader.dropBody();
    write(refusal(status, sentence));
}

/// A client that stopped half-way. The read that waits for the rest goes on, so what it reads into stays as it is.
void Connection::refuseHalf() {
    m_after = After::Close;
    write(refusal(408, "The request stopped half-way; send it again, whole."));
}

void Connection::write(HttpResponse response) {
    m_head = headOf(response, m_after, std::time(nullptr));
    m_body = m_isHead ? std::string() : std::move(response.body);
    if (m_body.size() <= kJoinedBody) {
        m_head += m_body;
        m_body.clear();
    }
    hold(m_body.size());
    enter(State::Writing, m_scope.options.idle + std::chrono::seconds(m_body.size() / kSlowestReader));
    m_stream->write(m_head, m_body, [self = shared_from_this()](bool ok, std::size_t) { self->written(ok); });
}

void Connection::written(bool ok) {
    std::string().swap(m_body);
    hold(0);
    if (!ok || m_state == State::Closed) {
        return close();
    }
    m_isHead = false;
    if (m_after == After::Close) {
        return m_isReading ? close() : linger();
    }
    enter(State::Idle, m_scope.options.idle);
    advance();
}

void Connection::linger() {
    enter(State::Lingering, kLinger);
    m_stream->linger([self = shared_from_this()](bool, std::size_t) { self->close(); });
}

/// Counts what this connection keeps in memory for others. False when that is too much in all.
bool Connection::hold(std::size_t bytes) {
    m_scope.heldBytes = m_scope.heldBytes - m_held + bytes;
    m_held = bytes;
    return bytes == 0 || m_scope.heldBytes <= m_scope.options.maxHeldBytes;
}

void Connection::checkDeadline(Clock::time_point now) {
    if (now < m_deadline) {
        return;
    }
    if (m_state == State::Holding) {
        answerLate();
    } else if (m_state == State::Handling) {
        ++m_request;
        refuse(503, "The answer took too long.");
    } else if (m_state == State::Receiving && m_isReading) { // else "100 Continue" is being written
        refuseHalf();
    } else {
        close();
    }
}

void Connection::close() {
    if (m_state == State::Closed) {
        return;
    }
    m_state = State::Closed;
    m_wait = {};
    hold(0);
    m_stream->close();
    m_scope.closed(*this);
}

} // namespace meshbone::backbone::http
