// SPDX-License-Identifier: Apache-2.0
#include "http_asker.h"

#include "http_answer.h"
#include "median.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::bench {

namespace {

using Clock = std::chrono::steady_clock;

/// For what is under way when the time is over: it isn't counted, but a server isn't left in the middle of it.
constexpr std::chrono::seconds kGrace{10};

[[noreturn]] void giveUp(std::string_view what) {
    std::fprintf(stderr, "asking: %.*s\n", static_cast<int>(what.size()), what.data());
    std::_Exit(1);
}

int connectTo(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(port);
    in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(socket, reinterpret_cast<sockaddr*>(&in), sizeof in) != 0) {
        giveUp("no connection");
    }
    return socket;
}

/// A connection, what it asked last, and what of the answer is there.
struct Line {
    int socket = -1;
    std::size_t number = 0;
    Clock::time_point asked;
    std::string answer;
};

/// So many connections to a port, waited for together. The destructor closes them.
class Lines {
public:
    Lines(std::uint16_t port, int count)
        : m_lines(static_cast<std::size_t>(count)) {
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            m_lines[i].socket = connectTo(port);
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_lines[i].socket, &event);
        }
    }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;
    ~Lines() {
        for (const auto& line : m_lines) {
            ::close(line.socket);
        }
        ::close(m_epoll);
    }
    std::vector<Line>& all() { return m_lines; }

    /// Those that have something to be read, after a second at most.
    template <typename Function>
    void forReady(const Function& function) {
        std::array<epoll_event, 256> events{};
        const int ready = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 1'000);
        for (int i = 0; i < ready; ++i) {
            function(m_lines[events[static_cast<std::size_t>(i)].data.u64]);
        }
    }

private:
    int m_epoll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<Line> m_lines;
};

/// Reads what is there, through `piece`; the body once the answer is whole.
std::optional<std::string_view> readBody(Line& line, std::array<char, 16'384>& piece) {
    const auto got = ::recv(line.socket, piece.data(), piece.size(), 0);
    if (got <= 0) {
        giveUp("the connection was closed");
    }
    line.answer.append(piece.data(), static_cast<std::size_t>(got));
    if (line.answer.size() >= 12 && !line.answer.starts_with("HTTP/1.1 200") &&
        !line.answer.starts_with("HTTP/1.1 201")) {
        giveUp(line.answer);
    }
    return bodyOf(line.answer);
}

} // namespace

AskedFigures askFor(std::uint16_t port, int connections, double seconds,
                    const std::function<std::string(std::size_t)>& request, std::size_t most,
                    const Answered& answered) {
    Lines lines(port, connections);
    std::size_t sent = 0;
    std::size_t waiting = 0;
    const auto send = [&](Line& line) {
        if (sent >= most) {
            return;
        }
        line.number = sent++;
        line.answer.clear();
        const auto text = request(line.number);
        line.asked = Clock::now();
        if (::send(line.socket, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size())) {
            giveUp("a request was not taken");
        }
        ++waiting;
    };
    const auto begun = Clock::now();
    const auto until = begun + std::chrono::duration<double>(seconds);
    auto last = begun;
    std::vector<double> latencies;
    std::array<char, 16'384> piece{};
    const auto take = [&](Line& line) {
        const auto body = readBody(line, piece);
        if (!body) {
            return;
        }
        --waiting;
        const auto now = Clock::now();
        if (answered) {
            answered(line.number, *body);
        }
        if (now < until) {
            last = now;
            latencies.push_back(std::chrono::duration<double, std::milli>(now - line.asked).count());
            send(line);
        }
    };
    for (auto& line : lines.all()) {
        send(line);
    }
    while (waiting > 0 && Clock::now() < until + kGrace) {
        lines.forReady(take);
    }
    const auto took = std::chrono::duration<double>(last - begun).count();
    return {static_cast<double>(latencies.size()) / took, quantile(latencies, 0.5), quantile(latencies, 0.99)};
}

} // namespace meshbone::bench
