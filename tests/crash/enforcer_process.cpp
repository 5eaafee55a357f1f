// SPDX-License-Identifier: Apache-2.0
#include "enforcer_process.h"

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace meshbone::testing {

EnforcerProcess::EnforcerProcess(const std::string& meshctl, const std::vector<std::string>& words) {
    std::vector<char*> arguments{const_cast<char*>("meshctl")};
    for (const auto& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    m_process = ::fork();
    if (m_process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(::open("/dev/null", O_WRONLY), STDOUT_FILENO);
        ::execv(meshctl.c_str(), arguments.data());
        ::_exit(127);
    }
    if (m_process < 0) {
        throw std::runtime_error("There is no process left.");
    }
}

void EnforcerProcess::kill() {
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
    }
    m_process = -1;
}

std::optional<int> EnforcerProcess::wait(std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (m_process > 0 && std::chrono::steady_clock::now() < deadline) {
        int status = 0;
        if (::waitpid(m_process, &status, WNOHANG) == m_process) {
            m_process = -1;
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
        ::poll(nullptr, 0, 10);
    }
    return std::nullopt;
}

} // namespace meshbone::testing
