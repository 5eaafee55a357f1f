// SPDX-License-Identifier: Apache-2.0
#include "broker_process.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace meshbone::crash {

void BrokerProcess::spawn() {
    kill();
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    m_process = ::fork();
    if (m_process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(ends[1], STDOUT_FILENO);
        ::execl(m_meshctl.c_str(), "meshctl", "serve", "--data", m_folder.c_str(), "--listen", m_bootstrap.c_str(),
                "--insecure", "--set", "log.segment.bytes=262144", "--set", "num.partitions=3", nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    m_output = ends[0];
}

bool BrokerProcess::waitReady(std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    std::string line;
    while (line.find('\n') == std::string::npos) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd one{m_output, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&one, 1, static_cast<int>(left.count())) != 1) {
            return false;
        }
        char byte = 0;
        if (::read(m_output, &byte, 1) != 1) {
            return false;
        }
        line += byte;
    }
    const std::string key = "\"bootstrap\":\"";
    const auto at = line.find(key);
    if (at == std::string::npos) {
        throw std::runtime_error("meshctl serve said: " + line);
    }
    m_bootstrap = line.substr(at + key.size(), line.find('"', at + key.size()) - at - key.size());
    return true;
}

void BrokerProcess::kill() {
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
    }
    m_process = -1;
    if (m_output >= 0) {
        ::close(std::exchange(m_output, -1));
    }
}

} // namespace meshbone::crash
