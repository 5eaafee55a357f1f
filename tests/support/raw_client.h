// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/codec.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>

namespace meshbone::testing {

/// A Kafka client made of one blocking socket: sends any bytes, any request in any version, and reads frames. Every
/// wait ends after ten seconds. Throws std::runtime_error when the connection can't do what is asked.
class RawClient {
public:
    explicit RawClient(std::uint16_t port, bool v6 = false) {
        m_socket = ::socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in in{};
        in.sin_family = AF_INET;
        in.sin_port = htons(port);
        in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        sockaddr_in6 in6{};
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(port);
        in6.sin6_addr = in6addr_loopback;
        const auto* address = v6 ? reinterpret_cast<sockaddr*>(&in6) : reinterpret_cast<sockaddr*>(&in);
        if (::connect(m_socket, address, v6 ? sizeof in6 : sizeof in) != 0) {
            const std::string why = std::strerror(errno);
            ::close(m_socket);
            throw std::runtime_error("connect: " + why);
        }
    }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    virtual ~RawClient() { ::close(m_socket); }

    [[nodiscard]] int descriptor() const { return m_socket; }

    virtual void sendBytes(std::string_view bytes) {
        while (!bytes.empty()) {
            wait(POLLOUT);
            const auto sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent <= 0) {
                throw std::runtime_error("send failed");
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// A frame's content; nothing when the broker closed the connection.
    std::optional<std::string> readFrame() {
        const auto prefix = readExactly(4);
        if (!prefix) {
            return std::nullopt;
        }
        std::uint32_t size = 0;
        std::memcpy(&size, prefix->data(), 4);
        return readExactly(ntohl(size));
    }
    /// True when the broker closes the connection without another byte.
    bool isClosed() { return !readExactly(1); }

    template <class Request>
    std::int32_t send(const Request& request, backbone::wire::Version version) {
        const auto id = ++m_lastId;
        sendBytes(backbone::wire::encodeRequest(id, m_clientId, request, version).flatten());
        return id;
    }
    template <class Response>
    Response receive(backbone::wire::Version version, std::int32_t id) {
        m_lastFrame = readFrame().value_or("");
        if (m_lastFrame.empty()) {
            throw std::runtime_error("the connection was closed");
        }
        const auto frame = backbone::wire::decodeResponseFrame(m_lastFrame, Response::kKey, version);
        if (!frame || frame->correlationId != id) {
            throw std::runtime_error("not the answer to this request");
        }
        auto response = backbone::wire::decodeBody<Response>(frame->body, version);
        if (!response) {
            throw std::runtime_error(response.error().message);
        }
        return std::move(*response);
    }
    /// Sends and waits for the answer. Records in it are views that live until the next receive().
    template <class Response, class Request>
    Response call(const Request& request, backbone::wire::Version version) {
        return receive<Response>(version, send(request, version));
    }

    void setClientId(std::string id) { m_clientId = std::move(id); }

protected:
    static constexpr int kPatienceMs = 60'000;

    /// Nothing when the broker closed the connection before there were so many bytes.
    virtual std::optional<std::string> readExactly(std::size_t size) {
        std::string bytes(size, '\0');
        std::size_t at = 0;
        while (at < size) {
            wait(POLLIN);
            const auto count = ::recv(m_socket, bytes.data() + at, size - at, 0);
            if (count <= 0) {
                return std::nullopt;
            }
            at += static_cast<std::size_t>(count);
        }
        return bytes;
    }

private:
    void wait(short events) {
        pollfd one{m_socket, events, 0};
        if (::poll(&one, 1, kPatienceMs) != 1) {
            throw std::runtime_error("the broker did not react in time");
        }
    }

    int m_socket = -1;
    std::int32_t m_lastId = 0;
    std::string m_clientId = "raw-client";
    std::string m_lastFrame;
};

} // namespace meshbone::testing
