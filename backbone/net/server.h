// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/buffer_pool.h"
#include "net/connection.h"
#include "net/event_loop.h"
#include "net/socket.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace meshbone::backbone::net {

struct ServerOptions {
    std::size_t maxFrameBytes = 104'857'600;               ///< socket.request.max.bytes
    std::size_t maxBufferedBytes = std::size_t{512} << 20; ///< of half-received long frames, over all connections
    std::size_t maxConnections = 10'000;                   ///< max.connections
    std::chrono::milliseconds idleTimeout{600'000};        ///< connections.max.idle.ms
    std::chrono::milliseconds handshakeTimeout{10'000};    ///< of the transport, from the accept on
};

/// Sockets that clients connect to, and what becomes of those who do.
struct Listening {
    ListeningSockets sockets;
    Connection::MakeSink makeSink;
    /// Over the descriptor of an accepted connection; null when there is no memory for it.
    std::function<std::unique_ptr<Transport>(int descriptor)> makeTransport = plainTransport;
};

/// Accepts connections and owns them. Loop thread only, except that it is made before the loop runs and may be
/// destroyed after it has ended.
class Server {
public:
    /// Takes over listening sockets.
    Server(EventLoop& loop, const ServerOptions& options, std::vector<Listening> listening);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    Status start();
    /// Refuses further connections and closes the listening sockets.
    void stopAccepting();
    /// Writes what is ready to be written, then closes every connection.
    void closeAll();
    [[nodiscard]] std::size_t connectionCount() const { return m_connections.size(); }

    [[nodiscard]] EventLoop& loop() { return m_loop; }
    [[nodiscard]] BufferPool& pool() { return m_pool; }
    [[nodiscard]] const ServerOptions& options() const { return m_options; }
    /// The loop's receive buffer, shared by all connections; nothing stays in it between two reads.
    [[nodiscard]] std::span<char> scratch() { return m_scratch; }

    // For Connection:
    void retire(Connection& connection);
    void flushAtTurnEnd(Connection& connection);
    void waitForBuffers(Connection& connection);
    void readSoon(Connection& connection);
    /// Handshakes compute: a few in a turn, so that those of strangers don't hold up whoever is in.
    bool mayShakeHands();

private:
    class Listener;
    void accepted(Socket socket, const Listening& listening);
    void sweepIdle();
    void retryStarved();
    void readHeld();
    void flushDirty();

    EventLoop& m_loop;
    ServerOptions m_options;
    BufferPool m_pool;
    std::vector<char> m_scratch;
    std::vector<Listening> m_listening; ///< doesn't change; its sockets are with the listeners
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::unordered_map<Connection*, std::unique_ptr<Connection>> m_connections;
    std::vector<std::unique_ptr<Connection>> m_retired; ///< closed in this turn; destroyed at its end
    std::vector<Connection*> m_dirty;                   ///< with answers to write at the end of this turn
    std::vector<Connection*> m_starved;                 ///< waiting for buffers of the pool
    std::vector<Connection*> m_held;                    ///< with bytes in their transports
    int m_handshakes = 0;                               ///< steps of them in this turn
    TimerId m_sweep = TimerId::None;
    TimerId m_retry = TimerId::None;
    TimerId m_readHeld = TimerId::None;
};

} // namespace meshbone::backbone::net
