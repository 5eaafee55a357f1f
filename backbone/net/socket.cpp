// SPDX-License-Identifier: Apache-2.0
#include "net/socket.h"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace meshbone::backbone::net {

namespace {

constexpr int kBacklog = 512;
constexpr int kPortTries = 32;

/// A loopback address of either family.
struct Address {
    sockaddr_storage storage{};
    socklen_t length = 0;
    [[nodiscard]] bool isV6() const { return storage.ss_family == AF_INET6; }
};

Address addressV4(in_addr host, std::uint16_t port) {
    Address address;
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_addr = host;
    in.sin_port = htons(port);
    std::memcpy(&address.storage, &in, sizeof in);
    address.length = sizeof in;
    return address;
}

Address addressV6(std::uint16_t port) {
    Address address;
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    in.sin6_addr = in6addr_loopback;
    in.sin6_port = htons(port);
    std::memcpy(&address.storage, &in, sizeof in);
    address.length = sizeof in;
    return address;
}

std::uint16_t boundPort(int descriptor) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &length);
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, &storage, sizeof in);
        return ntohs(in.sin6_port);
    }
    sockaddr_in in{};
    std::memcpy(&in, &storage, sizeof in);
    return ntohs(in.sin_port);
}

/// A listening socket, or errno.
std::expected<Socket, int> listenOn(const Address& address) {
    Socket socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket) {
        return std::unexpected(errno);
    }
    const int yes = 1;
    ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (address.isV6()) {
        ::setsockopt(socket.descriptor(), IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
    }
    if (::bind(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address.storage), address.length) != 0 ||
        ::listen(socket.descriptor(), kBacklog) != 0) {
        return std::unexpected(errno);
    }
    return socket;
}

std::unexpected<Error> refusal(const std::string& host, std::uint16_t port, int error) {
    switch (error) {
    case EADDRINUSE:
        return fail(ErrorCode::Locked, fmt::format("Port {} on {} is in use by another program: stop it, or choose "
                                                   "another port (0 picks a free one).",
                                                   port, host));
    case EACCES:
        return fail(ErrorCode::PermissionDenied,
                    fmt::format("Port {} needs more rights than this user has: choose one from 1024 up.", port));
    default:
        return fail(ErrorCode::Io, fmt::format("Can't listen on {} port {}: {}.", host, port, std::strerror(error)));
    }
}

bool machineLacksV6(int error) {
    return error == EAFNOSUPPORT || error == EADDRNOTAVAIL || error == EPROTONOSUPPORT;
}

/// One try: the IPv4 socket, then ::1 on the same port. `taken` says that ::1's port is in use.
std::expected<ListeningSockets, int> tryBoth(in_addr host, std::uint16_t port) {
    ListeningSockets result;
    auto v4 = listenOn(addressV4(host, port));
    if (!v4) {
        return std::unexpected(v4.error());
    }
    result.port = boundPort(v4->descriptor());
    result.sockets.push_back(std::move(*v4));
    auto v6 = listenOn(addressV6(result.port));
    if (v6) {
        result.sockets.push_back(std::move(*v6));
    } else if (!machineLacksV6(v6.error())) {
        return std::unexpected(v6.error());
    }
    return result;
}

Result<ListeningSockets> listenOnV6Only(std::uint16_t port) {
    auto v6 = listenOn(addressV6(port));
    if (!v6) {
        return refusal("::1", port, v6.error());
    }
    ListeningSockets result;
    result.port = boundPort(v6->descriptor());
    result.sockets.push_back(std::move(*v6));
    return result;
}

} // namespace

void Socket::reset() {
    if (m_descriptor >= 0) {
        ::close(std::exchange(m_descriptor, -1));
    }
}

Result<ListeningSockets> listenOnLoopback(const std::string& host, std::uint16_t port) {
    if (host == "::1") {
        return listenOnV6Only(port);
    }
    in_addr v4{};
    const std::string numeric = host == "localhost" ? "127.0.0.1" : host;
    if (::inet_pton(AF_INET, numeric.c_str(), &v4) != 1 || (ntohl(v4.s_addr) >> 24) != 127) {
        return fail(
            ErrorCode::InvalidArgument,
            fmt::format("'{}' is not a loopback address: the embedded broker listens on 127.0.0.1 or ::1 only.", host));
    }
    int error = EADDRINUSE;
    for (int tries = 0; tries < (port == 0 ? kPortTries : 1); ++tries) {
        auto listening = tryBoth(v4, port);
        if (listening) {
            return std::move(*listening);
        }
        error = listening.error();
        if (error != EADDRINUSE) {
            break;
        }
    }
    return refusal(host, port, error);
}

std::string peerAddress(int descriptor) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&storage), &length) != 0) {
        return "unknown";
    }
    char text[INET6_ADDRSTRLEN] = "unknown";
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, &storage, sizeof in);
        ::inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof text);
    } else {
        sockaddr_in in{};
        std::memcpy(&in, &storage, sizeof in);
        ::inet_ntop(AF_INET, &in.sin_addr, text, sizeof text);
    }
    return text;
}

} // namespace meshbone::backbone::net
