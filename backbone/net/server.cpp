// SPDX-License-Identifier: Apache-2.0
#include "net/server.h"

#include "net/log_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace meshbone::backbone::net {

namespace {

constexpr std::size_t kScratchBytes = 65'536;
constexpr int kAcceptsPerTurn = 64;
constexpr std::chrono::milliseconds kStarvedRetry{20};
constexpr int kHandshakesPerTurn = 8; ///< less than a millisecond each

} // namespace

/// A listening socket. Survives running out of descriptors: it keeps one in reserve, and uses it to take and close the
/// connection that there is no descriptor for.
class Server::Listener final : public Watcher {
public:
    Listener(Server& server, const Listening& listening, Socket socket)
        : m_server(server)
        , m_listening(listening)
        , m_socket(std::move(socket)) {
        openReserve();
    }
    ~Listener() override { m_server.m_loop.unwatch(m_socket.descriptor()); }

    Status start() { return m_server.m_loop.watch(m_socket.descriptor(), EPOLLIN, *this); }

    void ready(std::uint32_t /*events*/) override {
        for (int i = 0; i < kAcceptsPerTurn; ++i) {
            Socket peer(::accept4(m_socket.descriptor(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
            if (peer) {
                m_server.accepted(std::move(peer), m_listening);
            } else if (errno == EMFILE || errno == ENFILE) {
                refuseOne();
                return;
            } else if (errno != EINTR && errno != ECONNABORTED) {
                return; // nothing more to accept, or a fault of this one peer
            }
        }
    }

private:
    void openReserve() { m_reserve = Socket(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }
    void refuseOne() {
        m_reserve.reset();
        Socket peer(::accept4(m_socket.descriptor(), nullptr, nullptr, SOCK_CLOEXEC));
        peer.reset();
        openReserve();
        logLine(Severity::Error, "A connection was refused: no more files can be opened. Raise the limit (ulimit -n).");
    }

    Server& m_server;
    const Listening& m_listening;
    Socket m_socket;
    Socket m_reserve;
};

Server::Server(EventLoop& loop, const ServerOptions& options, std::vector<Listening> listening)
    : m_loop(loop)
    , m_options(options)
    , m_pool(options.maxBufferedBytes)
    , m_scratch(kScratchBytes)
    , m_listening(std::move(listening)) {
    for (auto& one : m_listening) {
        for (auto& socket : one.sockets.sockets) {
            m_listeners.push_back(std::make_unique<Listener>(*this, one, std::move(socket)));
        }
    }
}

Server::~Server() {
    m_loop.cancel(m_sweep);
    m_loop.cancel(m_retry);
    m_loop.cancel(m_readHeld);
    m_listeners.clear();
    for (auto& [key, connection] : m_connections) {
        m_loop.unwatch(connection->m_socket.descriptor());
    }
}

Status Server::start() {
    for (auto& listener : m_listeners) {
        if (auto started = listener->start(); !started) {
            return started;
        }
    }
    sweepIdle();
    return {};
}

void Server::stopAccepting() {
    m_listeners.clear();
}

void Server::closeAll() {
    std::vector<Connection*> all;
    for (auto& [key, connection] : m_connections) {
        all.push_back(key);
    }
    for (auto* connection : all) {
        connection->m_endAfterAnswers = true; // no further frame is cut
        connection->flush();
        connection->close({});
    }
}

void Server::accepted(Socket socket, const Listening& listening) {
    if (m_connections.size() >= m_options.maxConnections) {
        logLine(Severity::Warning, fmt::format("A connection from {} was refused: there are {} already "
                                               "(max.connections).",
                                               peerAddress(socket.descriptor()), m_connections.size()));
        return;
    }
    const int yes = 1;
    ::setsockopt(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    auto transport = listening.makeTransport(socket.descriptor());
    if (!transport) {
        logLine(Severity::Error, "A connection was refused: there is no memory for TLS.");
        return;
    }
    auto connection = std::make_unique<Connection>(*this, std::move(socket), std::move(transport), listening.makeSink);
    auto* raw = connection.get();
    m_connections.emplace(raw, std::move(connection));
    raw->start();
}

void Server::retire(Connection& connection) {
    const auto found = m_connections.find(&connection);
    if (found == m_connections.end()) {
        return;
    }
    std::erase(m_starved, &connection);
    std::erase(m_held, &connection);
    if (m_retired.empty() && m_dirty.empty()) {
        m_loop.atTurnEnd([this] { flushDirty(); });
    }
    m_retired.push_back(std::move(found->second));
    m_connections.erase(found);
}

void Server::flushAtTurnEnd(Connection& connection) {
    if (m_dirty.empty() && m_retired.empty()) {
        m_loop.atTurnEnd([this] { flushDirty(); });
    }
    m_dirty.push_back(&connection);
}

void Server::flushDirty() {
    // A flush may cut parked frames, whose answers make the connection dirty again: it is then appended here.
    for (std::size_t i = 0; i < m_dirty.size(); ++i) {
        m_dirty[i]->flush();
    }
    m_dirty.clear();
    m_retired.clear();
}

void Server::waitForBuffers(Connection& connection) {
    if (std::ranges::find(m_starved, &connection) == m_starved.end()) {
        m_starved.push_back(&connection);
    }
    if (m_retry == TimerId::None) {
        m_retry = m_loop.callAfter(kStarvedRetry, [this] {
            m_retry = TimerId::None;
            retryStarved();
        });
    }
}

void Server::retryStarved() {
    const auto starved = std::exchange(m_starved, {});
    for (auto* connection : starved) {
        if (m_connections.contains(connection)) {
            connection->resume();
        }
    }
}

void Server::readSoon(Connection& connection) {
    if (std::ranges::find(m_held, &connection) == m_held.end()) {
        m_held.push_back(&connection);
    }
    if (m_readHeld == TimerId::None) {
        m_readHeld = m_loop.callAfter(std::chrono::milliseconds(0), [this] {
            m_readHeld = TimerId::None;
            readHeld();
        });
    }
}

void Server::readHeld() {
    for (auto* connection : std::exchange(m_held, {})) {
        if (m_connections.contains(connection)) {
            connection->readOnce();
        }
    }
}

bool Server::mayShakeHands() {
    if (m_handshakes == 0) {
        m_loop.atTurnEnd([this] { m_handshakes = 0; });
    }
    return ++m_handshakes <= kHandshakesPerTurn;
}

void Server::sweepIdle() {
    std::vector<Connection*> idle;
    for (auto& [key, connection] : m_connections) {
        if (connection->idle() && m_loop.now() - connection->m_lastActive >= m_options.idleTimeout) {
            idle.push_back(key);
        }
    }
    for (auto* connection : idle) {
        connection->close({});
    }
    const auto step =
        std::clamp(m_options.idleTimeout / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(30'000));
    m_sweep = m_loop.callAfter(step, [this] { sweepIdle(); });
}

} // namespace meshbone::backbone::net
