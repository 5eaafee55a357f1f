// SPDX-License-Identifier: Apache-2.0
#include "http/socket_stream.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <array>

namespace meshbone::backbone::http {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

constexpr std::size_t kLingerBytes = 64U << 20;

/// For what Asio calls back with an error and a count.
auto told(ByteStream::Done done) {
    return [done = std::move(done)](const error_code& problem, std::size_t bytes) mutable { done(!problem, bytes); };
}

void closeSocket(Tcp::socket& socket) {
    error_code ignored;
    socket.close(ignored);
}

/// Reads until the client hangs up. Keeps nothing of it.
void readAway(Tcp::socket& socket, std::size_t before, ByteStream::Done done) {
    thread_local std::array<char, 16'384> scratch; // what is written in here by several connections is never looked at
    socket.async_read_some(asio::buffer(scratch), [&socket, before, done = std::move(done)](const error_code& problem,
                                                                                            std::size_t bytes) mutable {
        if (problem || before + bytes > kLingerBytes) {
            done(!problem, before);
        } else {
            readAway(socket, before + bytes, std::move(done));
        }
    });
}

void hangUp(Tcp::socket& socket, ByteStream::Done done) {
    error_code ignored;
    socket.shutdown(Tcp::socket::shutdown_send, ignored);
    readAway(socket, 0, std::move(done));
}

class PlainStream final : public ByteStream {
public:
    explicit PlainStream(Tcp::socket socket)
        : m_socket(std::move(socket)) {}
    void handshake(Done done) override { done(true, 0); }
    void read(std::span<char> into, Done done) override {
        m_socket.async_read_some(asio::buffer(into.data(), into.size()), told(std::move(done)));
    }
    void write(std::string_view head, std::string_view body, Done done) override {
        const std::array both{asio::buffer(head), asio::buffer(body)};
        asio::async_write(m_socket, both, told(std::move(done)));
    }
    void linger(Done done) override { hangUp(m_socket, std::move(done)); }
    void close() override { closeSocket(m_socket); }

private:
    Tcp::socket m_socket;
};

class TlsStream final : public ByteStream {
public:
    TlsStream(Tcp::socket socket, tls::SslPtr ssl)
        : m_stream(std::move(socket), ssl.release()) {}
    void handshake(Done done) override {
        m_stream.async_handshake(asio::ssl::stream_base::server,
                                 [done = std::move(done)](const error_code& problem) mutable { done(!problem, 0); });
    }
    void read(std::span<char> into, Done done) override {
        m_stream.async_read_some(asio::buffer(into.data(), into.size()), told(std::move(done)));
    }
    void write(std::string_view head, std::string_view body, Done done) override {
        const std::array both{asio::buffer(head), asio::buffer(body)};
        asio::async_write(m_stream, both, told(std::move(done)));
    }
    void linger(Done done) override {
        // What comes in place of the client's own farewell is an error to TLS, but not to the reading away.
        m_stream.async_shutdown([this, done = std::move(done)](const error_code&) mutable {
            hangUp(m_stream.next_layer(), std::move(done));
        });
    }
    void close() override { closeSocket(m_stream.next_layer()); }

private:
    asio::ssl::stream<Tcp::socket> m_stream;
};

} // namespace

std::unique_ptr<ByteStream> socketStream(Tcp::socket socket, const tls::ServerContext* context) {
    if (context == nullptr) {
        return std::make_unique<PlainStream>(std::move(socket));
    }
    auto ssl = context->newConnection();
    return ssl ? std::make_unique<TlsStream>(std::move(socket), std::move(ssl)) : nullptr;
}

} // namespace meshbone::backbone::http
