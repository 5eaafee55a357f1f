// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::backbone::net {

/// Owns a descriptor. Movable.
class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor)
        : m_descriptor(descriptor) {}
    Socket(Socket&& other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        if (this != &other) {
            reset();
            m_descriptor = std::exchange(other.m_descriptor, -1);
        }
        return *this;
    }
    ~Socket() { reset(); }
    void reset();
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    explicit operator bool() const { return m_descriptor >= 0; }

private:
    int m_descriptor = -1;
};

/// Listening sockets of a loopback host: "127.0.0.1" and "localhost" also listen on ::1 with the same port when the
/// machine has it. Port 0 picks one that is free on all of them.
struct ListeningSockets {
    std::vector<Socket> sockets;
    std::uint16_t port = 0;
};
/// Fails with InvalidArgument (not a loopback address), Locked (port in use), PermissionDenied (port below 1024) or Io.
Result<ListeningSockets> listenOnLoopback(const std::string& host, std::uint16_t port);

/// The peer's address as text, for example "127.0.0.1".
std::string peerAddress(int descriptor);

} // namespace meshbone::backbone::net
