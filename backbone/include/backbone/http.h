// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/http_path.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshbone::backbone {

namespace tls {
class ServerContext;
} // namespace tls

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// The value of the first header by this name, in whatever case; none where there is none.
std::optional<std::string_view> headerIn(const HttpHeaders& headers, std::string_view name);

/// A request as it came in. Value type; what a handler keeps is its own.
struct HttpRequest {
    std::string method;        ///< as sent: "GET", "HEAD", "POST", …
    std::string rawPath;       ///< still encoded, begins with a slash: see splitPath()
    std::string query;         ///< what stood behind the "?", still encoded: see parseQuery()
    HttpHeaders headers;       ///< without Authorization, where the server authenticates
    std::string body;          ///< without the chunks that it may have come in
    std::string principal;     ///< what the authenticator said; empty where there is none
    std::string remoteAddress; ///< "127.0.0.1"

    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const {
        return headerIn(headers, name);
    }
};

/// An answer. Value type. Length, date and connection are the server's business; a header that can't be sent (a line
/// break in it) is left out, and a status outside 200 to 599 becomes 500.
struct HttpResponse {
    int status = 200;
    std::string contentType{}; ///< empty: none is told
    std::string body{};        ///< not sent to HEAD, and not with 204 or 304
    HttpHeaders headers{};     ///< further ones; in what a client received, all of them
};

/// The right to answer one request, once: now or later, from any thread. Destroyed unanswered, it answers 500. After
/// the server stopped or the client left, an answer goes nowhere. Movable; one thread at a time.
class HttpReply {
public:
    using Deliver = std::move_only_function<void(HttpResponse)>;
    HttpReply() = default;
    /// Hands the answer to `deliver`; tests of a service make their own.
    explicit HttpReply(Deliver deliver)
        : m_deliver(std::move(deliver)) {}
    HttpReply(HttpReply&& other) noexcept
        : m_deliver(std::exchange(other.m_deliver, nullptr)) {}
    HttpReply& operator=(HttpReply&& other) noexcept;
    ~HttpReply();

    /// A second answer is ignored.
    void send(HttpResponse response);

private:
    Deliver m_deliver;
};

/// Called on the server's I/O thread, one request after the other: it answers at once what takes microseconds, and
/// hands the rest to other threads. An exception out of it is answered with 500.
using HttpHandler = std::move_only_function<void(HttpRequest, HttpReply)>;

/// The principal of a user who gave the right password, else none. Called on the I/O thread, which waits for it.
using HttpAuthenticator =
    std::function<std::optional<std::string>(const std::string& user, const std::string& password)>;

struct HttpServerOptions {
    std::string host =
        "localhost";         ///< or an address; "localhost" and "127.0.0.1" listen on ::1 too, where there is one
    bool anyAddress = false; ///< else an address that isn't loopback is refused
    std::uint16_t port = 0;  ///< 0 picks one
    std::shared_ptr<const tls::ServerContext> tls; ///< null: plain text
    HttpAuthenticator authenticator;               ///< null: open to everybody

    std::size_t maxBodyBytes = 16U << 20;      ///< of one request; 413 beyond
    std::size_t maxHeldBytes = 256U << 20;     ///< bodies and answers of all connections; 503 beyond
    std::uint32_t maxHeaderBytes = 16U << 10;  ///< request line and headers; 431 beyond
    std::size_t maxConnections = 1'000;        ///< 503 beyond, and the connection is closed
    std::chrono::milliseconds idle{60'000};    ///< between two requests, and for a client to take an answer
    std::chrono::milliseconds arrival{30'000}; ///< for a whole request, and for a TLS handshake
    std::chrono::milliseconds answer{120'000}; ///< for the handler to answer; 503 beyond

    std::chrono::milliseconds loginMemory{60'000};  ///< how long a verified login isn't verified again; 0: not at all
    std::chrono::milliseconds wrongLoginDelay{100}; ///< of the first wrong one's answer; doubles up to 20 times that
};

/// For HttpServerOptions::tls, from texts of PEM: a private key, and its certificate with those that lead to an
/// authority. What the broker's listeners use fits as well. InvalidArgument says what is wrong with them.
Result<std::shared_ptr<const tls::ServerContext>> httpTls(std::string_view keyPem, std::string_view chainPem,
                                                          const std::string& keyPassword = {});

/// Serves HTTP/1.0 and 1.1 on a thread of its own ("mb-http"): keep-alive, chunked requests, Expect, HEAD; requests of
/// one connection strictly one after the other. What a client does wrong costs it its connection, never the service.
///
/// Basic authentication: what isn't right is answered with 401, later and later for an address that goes on guessing
/// (429 for more than 8 guesses at once). A password isn't kept: a login is known again by a salted hash.
class HttpServer {
public:
    /// Listens before it returns. InvalidArgument (no such address, or not loopback), Locked (the port is taken),
    /// PermissionDenied (a port below 1024) or Io.
    static Result<std::unique_ptr<HttpServer>> start(HttpServerOptions options, HttpHandler handler);
    /// stop()
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Connections that are open now. Any thread.
    [[nodiscard]] std::size_t connectionCount() const;
    /// Forgets all verified logins: a password was changed, a user removed. Any thread.
    void forgetLogins();
    /// Closes all connections, whatever they do, and ends the thread: at once, but for a handler or an authenticator
    /// that is being called. Not from within these. Calling it again does nothing.
    void stop();

private:
    struct Running;
    explicit HttpServer(std::unique_ptr<Running> running);
    std::unique_ptr<Running> m_running;
};

} // namespace meshbone::backbone
