// SPDX-License-Identifier: Apache-2.0
#include "http/reactor.h"

#include "http/asio.h"
#include "http/socket_stream.h"
#include "net/log_line.h"
#include "net/socket.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <fmt/format.h>

#include <atomic>
#include <deque>
#include <optional>
#include <thread>

#include <fcntl.h>

namespace meshbone::backbone::http {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

constexpr std::chrono::milliseconds kAcceptPause{100};

std::unexpected<Error> cannotListen(const ListenOptions& options, const error_code& problem) {
    const auto code = problem == asio::error::address_in_use  ? ErrorCode::Locked
                      : problem == asio::error::access_denied ? ErrorCode::PermissionDenied
                                                              : ErrorCode::Io;
    return fail(code, fmt::format("Can't listen on {} port {}: {}; choose another port or address.", options.host,
                                  options.port, problem.message()));
}

std::string textOf(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

} // namespace

struct Reactor::State {
    struct Listener {
        explicit Listener(asio::io_context& io)
            : acceptor(io)
            , pause(io) {}
        Tcp::acceptor acceptor;
        asio::steady_timer pause; ///< while the system has no descriptor left
    };

    State(ReactorEvents& toTell, std::shared_ptr<const tls::ServerContext> context)
        : events(toTell)
        , tls(std::move(context)) {}

    Status listenOnLoopback(const ListenOptions& options) {
        auto found = net::listenOnLoopback(options.host, options.port);
        if (!found) {
            return std::unexpected(std::move(found.error()));
        }
        port = found->port;
        for (const auto& socket : found->sockets) {
            sockaddr_storage bound{};
            socklen_t size = sizeof bound;
            ::getsockname(socket.descriptor(), reinterpret_cast<sockaddr*>(&bound), &size);
            const int own = ::fcntl(socket.descriptor(), F_DUPFD_CLOEXEC, 0);
            error_code problem;
            listeners.emplace_back(io).acceptor.assign(bound.ss_family == AF_INET6 ? Tcp::v6() : Tcp::v4(), own,
                                                       problem);
            if (own < 0 || problem) {
                return cannotListen(options, problem);
            }
        }
        return {};
    }

    Status listenAnywhere(const ListenOptions& options) {
        error_code problem;
        const auto address = asio::ip::make_address(options.host, problem);
        if (problem) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("'{}' is no address to listen on; give one like 0.0.0.0 or ::.", options.host));
        }
        const Tcp::endpoint endpoint(address, options.port);
        auto& listener = listeners.emplace_back(io).acceptor;
        listener.open(endpoint.protocol(), problem);
        if (!problem) {
            listener.set_option(Tcp::acceptor::reuse_address(true), problem);
        }
        if (!problem) {
            listener.bind(endpoint, problem);
        }
        if (!problem) {
            listener.listen(asio::socket_base::max_listen_connections, problem);
        }
        if (problem) {
            return cannotListen(options, problem);
        }
        port = listener.local_endpoint(problem).port();
        return {};
    }

    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(io);
    ReactorEvents& events;
    std::shared_ptr<const tls::ServerContext> tls;
    std::deque<Listener> listeners;
    std::uint16_t port = 0;
    asio::steady_timer timer{io};
    std::atomic<std::thread::id> thread;
    bool closed = false;
};

Reactor::Reactor(std::unique_ptr<State> state)
    : m_state(std::move(state)) {}

Reactor::~Reactor() = default;

Result<std::unique_ptr<Reactor>> Reactor::listen(const ListenOptions& options, ReactorEvents& events) {
    auto state = std::make_unique<State>(events, options.tls);
    const bool isLoopback = options.host == "localhost" || options.host == "127.0.0.1" || options.host == "::1";
    const auto listening =
        options.anyAddress && !isLoopback ? state->listenAnywhere(options) : state->listenOnLoopback(options);
    if (!listening) {
        return std::unexpected(listening.error());
    }
    std::unique_ptr<Reactor> reactor(new Reactor(std::move(state)));
    for (std::size_t i = 0; i < reactor->m_state->listeners.size(); ++i) {
        reactor->accept(i);
    }
    return reactor;
}

void Reactor::accept(std::size_t listener) {
    auto& [acceptor, pause] = m_state->listeners[listener];
    acceptor.async_accept([this, listener, &pause](const error_code& problem, Tcp::socket socket) {
        if (m_state->closed) {
            return;
        }
        if (problem && problem != asio::error::connection_aborted) {
            net::logLine(net::Severity::Warning,
                         fmt::format("A connection by HTTP was not accepted: {}.", problem.message()));
            pause.expires_after(kAcceptPause);
            pause.async_wait([this, listener](const error_code&) {
                if (!m_state->closed) {
                    accept(listener);
                }
            });
            return;
        }
        error_code gone;
        const auto peer = socket.remote_endpoint(gone);
        if (!problem && !gone) {
            socket.set_option(Tcp::no_delay(true), gone);
            if (auto stream = socketStream(std::move(socket), m_state->tls.get())) {
                m_state->events.accepted(std::move(stream), textOf(peer.address()));
            }
        }
        accept(listener);
    });
}

std::uint16_t Reactor::port() const {
    return m_state->port;
}

void Reactor::run() {
    m_state->thread = std::this_thread::get_id();
    m_state->io.run();
}

void Reactor::close() {
    m_state->closed = true;
    error_code ignored;
    for (auto& listener : m_state->listeners) {
        listener.acceptor.close(ignored);
        listener.pause.cancel();
    }
    m_state->timer.cancel();
    m_state->work.reset();
}

void Reactor::wakeAt(Clock::time_point moment) {
    if (m_state->closed) {
        return;
    }
    m_state->timer.expires_at(moment);
    m_state->timer.async_wait([this](const error_code& problem) {
        if (!problem && !m_state->closed) {
            m_state->events.woken();
        }
    });
}

void Reactor::post(std::move_only_function<void()> call) {
    asio::post(m_state->io, std::move(call));
}

bool Reactor::isThisThread() const {
    return m_state->thread == std::this_thread::get_id();
}

} // namespace meshbone::backbone::http
