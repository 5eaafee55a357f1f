// SPDX-License-Identifier: Apache-2.0
#include <backbone/http.h>

#include "http/connection.h"
#include "http/reactor.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <vector>

#include <pthread.h>

namespace meshbone::backbone {

namespace {

using http::Clock;

/// Between two looks at all connections' deadlines; no deadline is more exact.
constexpr std::chrono::milliseconds kSweepPause{5};
/// So many more connections than are served may be open to be told so. What comes beyond is closed without a word.
constexpr std::size_t kTurnedAwayMax = 64;

} // namespace

struct HttpServer::Running final : http::ServerScope, http::ReactorEvents {
    void accepted(std::unique_ptr<http::ByteStream> stream, std::string remoteAddress) override {
        if (isStopping || connections.size() >= options.maxConnections + kTurnedAwayMax) {
            return;
        }
        const bool isServed = connections.size() < options.maxConnections;
        const auto one = std::make_shared<http::Connection>(*this, std::move(stream), std::move(remoteAddress));
        connections.emplace(one.get(), one);
        count = connections.size();
        if (isServed) {
            one->start();
        } else {
            one->turnAway(503, "Too many connections are open here; try again in a moment.");
        }
    }

    void closed(http::Connection& connection) override {
        connections.erase(&connection);
        count = connections.size();
    }

    void expectDeadline(Clock::time_point moment) override {
        if (moment < nextSweep) {
            sweepAt(moment);
        }
    }

    void woken() override {
        const auto now = Clock::now();
        nextSweep = Clock::time_point::max();
        for (const auto& one : open()) {
            one->checkDeadline(now);
        }
        auto earliest = Clock::time_point::max();
        for (const auto& [key, one] : connections) {
            earliest = std::min(earliest, one->deadline());
        }
        if (earliest != Clock::time_point::max()) {
            sweepAt(std::max(earliest, now + kSweepPause));
        }
    }

    void sweepAt(Clock::time_point moment) {
        nextSweep = moment;
        reactor->wakeAt(moment);
    }

    /// A copy: closing takes a connection out.
    [[nodiscard]] std::vector<std::shared_ptr<http::Connection>> open() const {
        std::vector<std::shared_ptr<http::Connection>> all;
        all.reserve(connections.size());
        for (const auto& [key, one] : connections) {
            all.push_back(one);
        }
        return all;
    }

    void closeAll() {
        isStopping = true;
        for (const auto& one : open()) {
            one->close();
        }
        reactor->close();
    }

    std::unique_ptr<http::Reactor> reactor;
    std::unordered_map<http::Connection*, std::shared_ptr<http::Connection>> connections;
    Clock::time_point nextSweep = Clock::time_point::max();
    bool isStopping = false;
    std::atomic<std::size_t> count{0};
    std::thread thread;
};

Result<std::unique_ptr<HttpServer>> HttpServer::start(HttpServerOptions options, HttpHandler handler) {
    auto running = std::make_unique<Running>();
    auto reactor = http::Reactor::listen({options.host, options.port, options.anyAddress, options.tls}, *running);
    if (!reactor) {
        return std::unexpected(std::move(reactor.error()));
    }
    running->reactor = std::move(*reactor);
    running->gate = std::make_shared<http::ReplyGate>(*running->reactor);
    running->logins.emplace(options.authenticator, options.loginMemory, options.wrongLoginDelay);
    running->options = std::move(options);
    running->handler = std::move(handler);
    try {
        running->thread = std::thread([raw = running.get()] {
            ::pthread_setname_np(::pthread_self(), "mb-http");
            raw->reactor->run();
        });
    } catch (const std::system_error&) {
        return fail(ErrorCode::Exhausted, "The system has no thread left for the HTTP server.");
    }
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(running)));
}

HttpServer::HttpServer(std::unique_ptr<Running> running)
    : m_running(std::move(running)) {}

HttpServer::~HttpServer() {
    stop();
}

std::uint16_t HttpServer::port() const {
    return m_running->reactor->port();
}

std::size_t HttpServer::connectionCount() const {
    return m_running->count;
}

void HttpServer::forgetLogins() {
    m_running->logins->forget();
}

void HttpServer::stop() {
    if (!m_running->thread.joinable()) {
        return;
    }
    m_running->gate->shut();
    m_running->reactor->post([raw = m_running.get()] { raw->closeAll(); });
    m_running->thread.join();
}

} // namespace meshbone::backbone
