// SPDX-License-Identifier: Apache-2.0
#include "served_broker.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace meshbone::bench {

namespace {

constexpr int kPatienceMs = 120'000; // a recovery from a cold disk takes its time

/// The first line of a pipe, without its end; what there is of it when the writer ends or takes too long.
std::string readLine(int descriptor) {
    std::string line;
    for (char byte = 0; line.size() < 4'096; line += byte) {
        pollfd one{descriptor, POLLIN, 0};
        if (::poll(&one, 1, kPatienceMs) != 1 || ::read(descriptor, &byte, 1) != 1 || byte == '\n') {
            break;
        }
    }
    return line;
}

std::string contentOf(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

} // namespace

ServedBroker::ServedBroker(const std::filesystem::path& where, const std::filesystem::path& meshctl)
    : m_meshctl(meshctl.empty() ? std::filesystem::read_symlink("/proc/self/exe").parent_path() / "../bin/meshctl"
                                : meshctl) {
    auto pattern = (where / "meshbone-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error(fmt::format("'{}' can't be written.", where.string()));
    }
    m_folder = pattern;
}

ServedBroker::~ServedBroker() {
    end(SIGTERM);
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
    ::sync();
}

double ServedBroker::start(const std::vector<std::string>& settings) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("There is no pipe left.");
    }
    const auto data = m_folder / "data";
    std::vector<const char*> words{"meshctl", "serve", "--data", data.c_str(), "--listen", "127.0.0.1:0", "--insecure"};
    for (const auto& setting : settings) {
        words.insert(words.end(), {"--set", setting.c_str()});
    }
    words.push_back(nullptr);
    const auto begun = std::chrono::steady_clock::now();
    m_process = ::fork();
    if (m_process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
        ::execv(m_meshctl.c_str(), const_cast<char* const*>(words.data()));
        ::_exit(127);
    }
    ::close(ends[1]);
    m_output = ends[0];
    const auto line = readLine(m_output);
    const auto took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    const std::string key = "\"bootstrap\":\"127.0.0.1:";
    const auto at = line.find(key);
    if (at == std::string::npos) {
        throw std::runtime_error(fmt::format("'{}' does not serve: {}", m_meshctl.string(), line));
    }
    m_port = static_cast<std::uint16_t>(std::stoi(line.substr(at + key.size())));
    return took;
}

void ServedBroker::stop() {
    end(SIGTERM);
}

void ServedBroker::kill() {
    end(SIGKILL);
}

void ServedBroker::end(int signal) {
    if (m_process > 0) {
        ::kill(m_process, signal);
        ::waitpid(m_process, nullptr, 0);
    }
    m_process = -1;
    if (m_output >= 0) {
        ::close(std::exchange(m_output, -1));
    }
}

std::string ServedBroker::bootstrap() const {
    return fmt::format("127.0.0.1:{}", m_port);
}

// The 14th and 15th word of /proc/<pid>/stat, in clock ticks; the 2nd one may have blanks but ends with the last ')'.
double ServedBroker::cpuSeconds() const {
    const auto text = contentOf(fmt::format("/proc/{}/stat", m_process));
    std::istringstream rest(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    std::string skipped;
    for (int i = 3; i < 14; ++i) {
        rest >> skipped;
    }
    double user = 0;
    double system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double ServedBroker::residentMiB() const {
    std::istringstream words(contentOf(fmt::format("/proc/{}/statm", m_process)));
    double total = 0;
    double resident = 0;
    words >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

} // namespace meshbone::bench
