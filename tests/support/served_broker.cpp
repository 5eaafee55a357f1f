// SPDX-License-Identifier: Apache-2.0
#include "served_broker.h"

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

namespace meshbone::testing {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{120}; // a recovery from a cold disk takes its time

std::string contentOf(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

std::string memberOf(const std::string& line, const std::string& name) {
    const auto key = "\"" + name + "\":\"";
    const auto at = line.find(key);
    if (at == std::string::npos) {
        throw std::runtime_error("meshctl serve said: " + line);
    }
    return line.substr(at + key.size(), line.find('"', at + key.size()) - at - key.size());
}

std::uint16_t portIn(const std::string& address) {
    return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

// In the child: never returns.
[[noreturn]] void become(const std::filesystem::path& program, const std::vector<std::string>& words, int output) {
    std::vector<char*> arguments;
    for (const auto& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(output, STDOUT_FILENO);
    ::execv(program.c_str(), arguments.data());
    ::_exit(127);
}

} // namespace

ServedBroker::ServedBroker(std::filesystem::path meshctl, std::filesystem::path folder,
                           std::vector<std::string> settings)
    : m_meshctl(std::move(meshctl))
    , m_folder(std::move(folder))
    , m_settings(std::move(settings)) {}

void ServedBroker::spawn() {
    kill();
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        throw std::runtime_error("There is no pipe left.");
    }
    std::vector<std::string> words{"meshctl", "serve", "--data", m_folder, "--listen", m_bootstrap};
    if (m_insecure) {
        words.emplace_back("--insecure");
    }
    if (m_servesSchemas) {
        words.insert(words.end(), {"--schemas", "127.0.0.1:0"});
    }
    for (const auto& setting : m_settings) {
        words.insert(words.end(), {"--set", setting});
    }
    m_process = ::fork();
    if (m_process == 0) {
        become(m_meshctl, words, ends[1]);
    }
    ::close(ends[1]);
    m_output = ends[0];
}

bool ServedBroker::waitReady(std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    std::string line;
    for (char byte = 0; byte != '\n'; line += byte) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        pollfd one{m_output, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&one, 1, static_cast<int>(left.count())) != 1 ||
            ::read(m_output, &byte, 1) != 1) {
            return false;
        }
    }
    m_bootstrap = memberOf(line, "bootstrap");
    m_schemas = m_servesSchemas ? memberOf(line, "schemas") : std::string();
    return true;
}

double ServedBroker::start() {
    const auto begun = Clock::now();
    spawn();
    if (!waitReady(kPatience)) {
        throw std::runtime_error("'" + m_meshctl.string() + "' does not serve.");
    }
    return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

void ServedBroker::stop() {
    end(SIGTERM);
}

void ServedBroker::kill() {
    end(SIGKILL);
}

void ServedBroker::pause() {
    if (m_process > 0) {
        ::kill(m_process, SIGSTOP);
    }
}

void ServedBroker::resume() {
    if (m_process > 0) {
        ::kill(m_process, SIGCONT);
    }
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

std::uint16_t ServedBroker::port() const {
    return portIn(m_bootstrap);
}

std::uint16_t ServedBroker::schemasPort() const {
    return portIn(m_schemas);
}

// The 14th and 15th word of /proc/<pid>/stat, in clock ticks; the 2nd one may have blanks but ends with the last ')'.
double ServedBroker::cpuSeconds() const {
    const auto text = contentOf("/proc/" + std::to_string(m_process) + "/stat");
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
    std::istringstream words(contentOf("/proc/" + std::to_string(m_process) + "/statm"));
    double total = 0;
    double resident = 0;
    words >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

} // namespace meshbone::testing
