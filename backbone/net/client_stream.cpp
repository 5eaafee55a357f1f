// SPDX-License-Identifier: Apache-2.0
#include "net/client_stream.h"

#include "net/resolve.h"
#include "net/socket.h"
#include "net/socket_wait.h"
#include "net/tls_client.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>

namespace meshbone::backbone::net {

namespace {

Error broken(const std::string& endpoint, int problem) {
    if (problem == ECONNREFUSED) {
        return {ErrorCode::Unavailable, fmt::format("{} refused the connection; is the backbone running?", endpoint)};
    }
    return {ErrorCode::Unavailable, fmt::format("The connection to {} failed: {}.", endpoint, std::strerror(problem))};
}

/// What a wait said, with the endpoint's name in it.
Error named(const Error& error, const std::string& endpoint) {
    if (error.code != ErrorCode::Timeout) {
        return error;
    }
    return {ErrorCode::Timeout, fmt::format("{} does not answer; is the address right and the network up?", endpoint)};
}

class TcpStream final : public ClientStream {
public:
    TcpStream(Socket socket, std::string endpoint)
        : m_socket(std::move(socket))
        , m_endpoint(std::move(endpoint)) {}

    Status send(std::string_view bytes, const CallOptions& options) override {
        const WaitLimit limit(options);
        while (!bytes.empty()) {
            const auto sent = ::send(m_socket.descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            } else if (auto ok = afterFailure(limit, POLLOUT); !ok) {
                return ok;
            }
        }
        return {};
    }

    Result<std::size_t> receive(std::span<char> into, const CallOptions& options) override {
        const WaitLimit limit(options);
        while (true) {
            const auto received = ::recv(m_socket.descriptor(), into.data(), into.size(), 0);
            if (received >= 0) {
                return static_cast<std::size_t>(received);
            }
            if (auto ok = afterFailure(limit, POLLIN); !ok) {
                return std::unexpected(ok.error());
            }
        }
    }

private:
    Status afterFailure(const WaitLimit& limit, short events) const {
        if (errno == EINTR) {
            return {};
        }
        if (errno != EAGAIN && errno != EWOULDBLOCK) {
            return std::unexpected(broken(m_endpoint, errno));
        }
        auto ready = limit.waitFor(m_socket.descriptor(), events);
        return ready ? ready : std::unexpected(named(ready.error(), m_endpoint));
    }

    Socket m_socket;
    std::string m_endpoint;
};

Result<Socket> connectTo(const StreamAddress& address, const std::string& endpoint, const WaitLimit& limit) {
    Socket socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket) {
        return std::unexpected(broken(endpoint, errno));
    }
    const int yes = 1;
    ::setsockopt(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address.storage), address.length) == 0) {
        return socket;
    }
    if (errno != EINPROGRESS) {
        return std::unexpected(broken(endpoint, errno));
    }
    if (const auto ready = limit.waitFor(socket.descriptor(), POLLOUT); !ready) {
        return std::unexpected(named(ready.error(), endpoint));
    }
    int problem = 0;
    socklen_t size = sizeof problem;
    ::getsockopt(socket.descriptor(), SOL_SOCKET, SO_ERROR, &problem, &size);
    if (problem != 0) {
        return std::unexpected(broken(endpoint, problem));
    }
    return socket;
}

} // namespace

Result<std::unique_ptr<ClientStream>> connectStream(const std::string& host, std::uint16_t port,
                                                    const std::optional<TlsOptions>& tls, const CallOptions& options) {
    const WaitLimit limit(options);
    const auto endpoint = fmt::format("{}:{}", host, port);
    const auto addresses = resolveHost(host, port, limit.rest());
    if (!addresses) {
        return std::unexpected(addresses.error());
    }
    Error last{ErrorCode::Unavailable, fmt::format("The address {} has no host behind it.", endpoint)};
    for (const auto& address : *addresses) {
        auto socket = connectTo(address, endpoint, limit);
        if (socket && tls) {
            return connectTls(std::move(*socket), host, endpoint, *tls, limit.rest());
        }
        if (socket) {
            return std::make_unique<TcpStream>(std::move(*socket), endpoint);
        }
        last = socket.error();
        if (last.code == ErrorCode::Cancelled) {
            break;
        }
    }
    return std::unexpected(last);
}

} // namespace meshbone::backbone::net
