// SPDX-License-Identifier: Apache-2.0
#include "http_asker.h"

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
#include <cstring>
#include <string_view>
#include <vector>

namespace meshbone::bench {

namespace {

using Clock = std::chrono::steady_clock;

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

} // namespace

AskedFigures askFor(std::uint16_t port, int connections, double seconds,
                    const std::function<std::string(std::size_t)>& request, std::size_t most) {
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<int> sockets;
    std::vector<Clock::time_point> asked(static_cast<std::size_t>(connections));
    for (int i = 0; i < connections; ++i) {
        sockets.push_back(connectTo(port));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u32 = static_cast<std::uint32_t>(i);
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, sockets.back(), &event);
    }
    std::size_t sent = 0;
    const auto send = [&](std::size_t i) {
        if (sent >= most) {
            return;
        }
        const auto text = request(sent++);
        asked[i] = Clock::now();
        if (::send(sockets[i], text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size())) {
            giveUp("a request was not taken");
        }
    };
    const auto begun = Clock::now();
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        send(i);
    }
    std::vector<double> latencies;
    std::array<epoll_event, 256> events{};
    std::array<char, 16'384> answer{};
    while (latencies.size() < most && Clock::now() - begun < std::chrono::duration<double>(seconds)) {
        const int ready = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 1'000);
        for (int i = 0; i < ready; ++i) {
            const auto which = events[static_cast<std::size_t>(i)].data.u32;
            const auto got = ::recv(sockets[which], answer.data(), answer.size(), 0);
            if (got < 12 || std::memcmp(answer.data(), "HTTP/1.1 200", 12) != 0) {
                giveUp({answer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))});
            }
            latencies.push_back(std::chrono::duration<double, std::milli>(Clock::now() - asked[which]).count());
            send(which);
        }
    }
    const auto took = std::chrono::duration<double>(Clock::now() - begun).count();
    for (const int socket : sockets) {
        ::close(socket);
    }
    ::close(epoll);
    return {static_cast<double>(latencies.size()) / took, quantile(latencies, 0.5), quantile(latencies, 0.99)};
}

} // namespace meshbone::bench
