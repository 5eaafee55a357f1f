// SPDX-License-Identifier: Apache-2.0
#include "visitor.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace meshbone::bench {

namespace {

constexpr int kPatienceMs = 300'000;

std::filesystem::path newFolder(const std::filesystem::path& where) {
    auto pattern = (where / "desktop-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error(fmt::format("'{}' can't be written.", where.string()));
    }
    return pattern;
}

} // namespace

std::filesystem::path ownProgram() {
    return std::filesystem::read_symlink("/proc/self/exe");
}

BenchFolder::BenchFolder(const std::string& kept)
    : m_path(kept.empty() ? newFolder(std::filesystem::temp_directory_path()) : std::filesystem::path(kept))
    , m_kept(!kept.empty()) {
    std::filesystem::create_directories(m_path);
}

BenchFolder::~BenchFolder() {
    if (!m_kept) {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
}

Visitor::Visitor(const std::string& page, const std::filesystem::path& dataDirectory)
    : m_home(newFolder(std::filesystem::temp_directory_path())) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("There is no pipe left.");
    }
    const auto program = ownProgram();
    const auto started = fmt::format("{}", std::chrono::steady_clock::now().time_since_epoch().count());
    const std::array<const char*, 6> words{"desktop_bench",       "--visit",       page.c_str(),
                                           dataDirectory.c_str(), started.c_str(), nullptr};
    m_process = ::fork();
    if (m_process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::setenv("HOME", m_home.c_str(), 1);
        ::unsetenv("XDG_CONFIG_HOME");
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
        ::dup2(ends[1], STDOUT_FILENO);
        ::execv(program.c_str(), const_cast<char* const*>(words.data()));
        ::_exit(127);
    }
    ::close(ends[1]);
    m_output = ends[0];
}

Visitor::~Visitor() {
    ::waitpid(m_process, nullptr, 0);
    ::close(m_output);
    std::error_code ignored;
    std::filesystem::remove_all(m_home, ignored);
}

std::string Visitor::line() const {
    std::string line;
    for (char byte = 0; line.size() < 65'536; line += byte) {
        pollfd one{m_output, POLLIN, 0};
        if (::poll(&one, 1, kPatienceMs) != 1) {
            ::kill(m_process, SIGKILL);
            return {};
        }
        if (::read(m_output, &byte, 1) != 1) {
            return {};
        }
        if (byte == '\n') {
            break;
        }
    }
    return line;
}

} // namespace meshbone::bench
