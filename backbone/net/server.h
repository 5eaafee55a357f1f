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
};

/// Accepts connections and owns them. Loop thread only, except that it is made before the loop runs and may be
/// destroyed after it has ended.
class Server {
public:
    using MakeSink = std::function<std::unique_ptr<FrameSink>(Connection&)>;

    /// Takes over listening sockets; `makeSink` is called for each new connection.
    Server(EventLoop& loop, const ServerOptions& options, ListeningSockets listening, MakeSink makeSink);
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

private:
    class Listener;
    void accepted(Socket socket);
    void sweepIdle();
    void retryStarved();
    void flushDirty();

    EventLoop& m_loop;
    ServerOptions m_options;
    MakeSink m_makeSink;
    BufferPool m_pool;
    std::vector<char> m_scratch;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::unordered_map<Connection*, std::unique_ptr<Connection>> m_connections;
    std::vector<std::unique_ptr<Connection>> m_retired; ///< closed in this turn; destroyed at its end
    std::vector<Connection*> m_dirty;                   ///< with answers to write at the end of this turn
    std::vector<Connection*> m_starved;                 ///< waiting for buffers of the pool
    TimerId m_sweep = TimerId::None;
    TimerId m_retry = TimerId::None;
};

} // namespace meshbone::backbone::net
