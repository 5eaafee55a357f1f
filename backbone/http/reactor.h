// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/byte_stream.h"
#include "tls/server_context.h"

#include <backbone/error.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace meshbone::backbone::http {

using Clock = std::chrono::steady_clock;

struct ListenOptions {
    std::string host;
    std::uint16_t port = 0;
    bool anyAddress = false;
    std::shared_ptr<const tls::ServerContext> tls;
};

/// What the reactor tells, on its thread.
class ReactorEvents {
public:
    virtual ~ReactorEvents() = default;
    virtual void accepted(std::unique_ptr<ByteStream> stream, std::string remoteAddress) = 0;
    virtual void woken() = 0;
};

/// The I/O thread's loop: accepts, wakes at a moment, runs what other threads post. Everything but post() and
/// isThisThread() belongs to the thread that calls run(), or to whoever sets it up before.
class Reactor {
public:
    /// Listens already. Fails as HttpServer::start does.
    static Result<std::unique_ptr<Reactor>> listen(const ListenOptions& options, ReactorEvents& events);
    ~Reactor();
    Reactor(const Reactor&) = delete;
    Reactor& operator=(const Reactor&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Until close() was called and everything that was under way has ended.
    void run();
    void close();
    void wakeAt(Clock::time_point moment);
    void post(std::move_only_function<void()> call);
    [[nodiscard]] bool isThisThread() const;

private:
    struct State;
    explicit Reactor(std::unique_ptr<State> state);
    void accept(std::size_t listener);
    std::unique_ptr<State> m_state;
};

} // namespace meshbone::backbone::http
