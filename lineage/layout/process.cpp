// SPDX-License-Identifier: Apache-2.0
#include "layout/process.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace meshbone::lineage {

namespace {
using Clock = std::chrono::steady_clock;

// A sanitizer's shadow takes more address space than any limit allows. Clang tells it by features, GCC by macros.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MESHBONE_SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MESHBONE_SANITIZED
#endif
#ifdef MESHBONE_SANITIZED
constexpr bool kLimitMemory = false;
#else
constexpr bool kLimitMemory = true;
#endif

class Descriptor {
public:
    explicit Descriptor(int value = -1)
        : m_value(value) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_value; }
    void close() {
        if (m_value >= 0) {
            ::close(std::exchange(m_value, -1));
        }
    }
    void reset(int value) {
        close();
        m_value = value;
    }

private:
    int m_value;
};

/// A child process: killed and reaped when it goes out of scope.
class Child {
public:
    explicit Child(pid_t pid)
        : m_pid(pid) {}
    ~Child() {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            wait();
        }
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    /// Its status, or none if it doesn't end in time.
    std::optional<int> waitUntil(Clock::time_point deadline) {
        const Descriptor handle(
            static_cast<int>(::syscall(SYS_pidfd_open, m_pid, 0))); // glibc 2.36 has no usable wrapper
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd ended{handle.get(), POLLIN, 0};
        if (handle.get() < 0 || ::poll(&ended, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000))) <= 0) {
            return std::nullopt;
        }
        return wait();
    }

private:
    int wait() {
        int status = 0;
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
        m_pid = -1;
        return status;
    }

    pid_t m_pid;
};

/// The input as a file in memory: written before the worker starts, so that neither can block the other.
bool fillInput(Descriptor& file, std::string_view input) {
    file.reset(::memfd_create("meshbone-layout", MFD_CLOEXEC));
    while (file.get() >= 0 && !input.empty()) {
        const auto count = ::write(file.get(), input.data(), input.size());
        if (count < 0 && errno != EINTR) {
            return false;
        }
        input.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return file.get() >= 0 && ::lseek(file.get(), 0, SEEK_SET) == 0;
}

/// What the child has open, and how it is to be started.
class SpawnSetup {
public:
    SpawnSetup(int input, int output, int silence) {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawn_file_actions_adddup2(&m_actions, input, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&m_actions, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&m_actions, silence, STDERR_FILENO);
        ::posix_spawn_file_actions_addclosefrom_np(&m_actions, STDERR_FILENO + 1);
        ::posix_spawnattr_init(&m_attributes);
        sigset_t none;
        ::sigemptyset(&none);
        ::posix_spawnattr_setsigmask(&m_attributes, &none);
        ::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSIGMASK);
    }
    ~SpawnSetup() {
        ::posix_spawnattr_destroy(&m_attributes);
        ::posix_spawn_file_actions_destroy(&m_actions);
    }
    SpawnSetup(const SpawnSetup&) = delete;
    SpawnSetup& operator=(const SpawnSetup&) = delete;
    /// errno's kind; 0: started.
    int start(pid_t& pid, const char* program) const {
        char option[] = "--layout-worker";
        char* const arguments[]{const_cast<char*>(program), option, nullptr};
        return ::posix_spawn(&pid, program, &m_actions, &m_attributes, arguments, environ);
    }

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

/// It runs already: what it does before this is no more than to start.
void limit(pid_t child, std::size_t memoryBytes, rlim_t cpuSeconds) {
    const auto set = [child](auto what, rlim_t most) {
        const rlimit both{most, most};
        ::prlimit(child, what, &both, nullptr); // fails where it has ended: then nothing is left to limit
    };
    set(RLIMIT_CPU, cpuSeconds);
    set(RLIMIT_CORE, 0);
    if (kLimitMemory) {
        set(RLIMIT_AS, memoryBytes);
    }
}

Status collect(int output, std::string& bytes, std::size_t most, Clock::time_point deadline,
               const std::stop_token& stop) {
    char buffer[64 * 1024];
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Cancelled.");
        }
        if (left <= 0) {
            return fail(ErrorCode::Timeout, "The layout worker took too long and was stopped.");
        }
        pollfd wait{output, POLLIN, 0};
        if (::poll(&wait, 1, static_cast<int>(std::min<std::int64_t>(left, 50))) <= 0) {
            continue;
        }
        const auto count = ::read(output, buffer, sizeof buffer);
        if (count == 0) {
            return {};
        }
        if (count < 0 && errno != EINTR) {
            return fail(ErrorCode::Io, "The layout worker's answer can't be read.");
        }
        bytes.append(buffer, count > 0 ? static_cast<std::size_t>(count) : 0);
        if (bytes.size() > most) {
            return fail(ErrorCode::Exhausted, "The layout worker says more than was asked.");
        }
    }
}

Status verdict(int status) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return {};
    }
    if (WIFSIGNALED(status)) {
        return fail(ErrorCode::Unavailable, fmt::format("The layout worker was ended by signal {}.", WTERMSIG(status)));
    }
    return fail(ErrorCode::Unavailable, fmt::format("The layout worker ended with status {}.", WEXITSTATUS(status)));
}
} // namespace

Result<std::string> runWorker(const std::filesystem::path& program, std::string_view input, const ProcessLimits& limits,
                              const CallOptions& options) {
    const auto deadline = Clock::now() + options.timeout;
    Descriptor file, output, childOutput, silence(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    int ends[2];
    if (!fillInput(file, input) || silence.get() < 0 || ::pipe2(ends, O_CLOEXEC) != 0) {
        return fail(ErrorCode::Unavailable,
                    fmt::format("The layout worker could not be started: {}.", std::strerror(errno)));
    }
    output.reset(ends[0]);
    childOutput.reset(ends[1]);
    const auto path = program.string();
    // Not fork(): that copies the page tables of a desktop of a large mesh, and its window stands still for as long.
    pid_t pid = -1;
    const int problem = SpawnSetup(file.get(), childOutput.get(), silence.get()).start(pid, path.c_str());
    if (problem != 0) {
        return fail(ErrorCode::Unavailable,
                    fmt::format("The layout worker could not be started: {}.", std::strerror(problem)));
    }
    Child child(pid);
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(options.timeout).count() + 1;
    limit(pid, limits.memoryBytes, static_cast<rlim_t>(std::max<std::int64_t>(seconds, 1)));
    childOutput.close();
    std::string bytes;
    if (const auto read = collect(output.get(), bytes, limits.maxOutputBytes, deadline, options.stop); !read) {
        return std::unexpected(read.error());
    }
    const auto status = child.waitUntil(deadline); // it has closed its output, which isn't the same as to have ended
    if (!status) {
        return fail(ErrorCode::Timeout, "The layout worker took too long and was stopped.");
    }
    if (const auto ended = verdict(*status); !ended) {
        return std::unexpected(ended.error());
    }
    return bytes;
}

} // namespace meshbone::lineage
