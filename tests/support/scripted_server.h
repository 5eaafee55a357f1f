// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace meshbone::testing {

/// A server that takes connections on a free port and hands each to a script, on a thread of its own (a client may well
/// open a second one while the first still listens). Ends with the object: connections that are open then are cut.
class ScriptedServer {
public:
    explicit ScriptedServer(std::function<void(int descriptor)> script)
        : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in in{};
        in.sin_family = AF_INET;
        in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof in;
        if (::bind(m_listener, reinterpret_cast<sockaddr*>(&in), size) != 0 || ::listen(m_listener, 8) != 0 ||
            ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&in), &size) != 0) {
            throw std::runtime_error("no port to listen on");
        }
        m_bootstrap = "127.0.0.1:" + std::to_string(ntohs(in.sin_port));
        m_thread = std::thread([this, script = std::move(script)] {
            for (int one = ::accept(m_listener, nullptr, nullptr); one >= 0;
                 one = ::accept(m_listener, nullptr, nullptr)) {
                m_descriptors.push_back(one);
                m_scripts.emplace_back([one, &script] {
                    script(one);
                    ::shutdown(one,
                               SHUT_RDWR); // closed by the server's end, so that its number isn't given away before
                });
            }
            for (const int descriptor : m_descriptors) {
                ::shutdown(descriptor, SHUT_RDWR);
            }
            m_scripts.clear(); // joins
            for (const int descriptor : m_descriptors) {
                ::close(descriptor);
            }
        });
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;
    ~ScriptedServer() {
        ::shutdown(m_listener, SHUT_RDWR); // ends accept()
        m_thread.join();
        ::close(m_listener);
    }
    [[nodiscard]] const std::string& bootstrap() const { return m_bootstrap; }

private:
    int m_listener;
    std::string m_bootstrap;
    std::vector<int> m_descriptors; // of m_thread alone, as m_scripts
    std::vector<std::jthread> m_scripts;
    std::thread m_thread;
};

/// Reads until the peer hangs up.
inline void drain(int descriptor) {
    char bytes[4096];
    while (::recv(descriptor, bytes, sizeof bytes, 0) > 0) {
    }
}
/// Waits for a request (or a part of one), then answers with these bytes.
inline void answerWith(int descriptor, const std::string& bytes) {
    char request[4096];
    if (::recv(descriptor, request, sizeof request, 0) > 0) {
        ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
}

} // namespace meshbone::testing
