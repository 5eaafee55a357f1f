// SPDX-License-Identifier: Apache-2.0
// The worker's side: one request from descriptor 0, one reply to descriptor 1.
#include "layout/graphviz_layout.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace meshbone::lineage {

namespace {
bool readAll(int descriptor, std::string& bytes, std::size_t most) {
    char buffer[64 * 1024];
    while (bytes.size() <= most) {
        const auto count = ::read(descriptor, buffer, sizeof buffer);
        if (count == 0) {
            return true;
        }
        if (count < 0 && errno != EINTR) {
            return false;
        }
        bytes.append(buffer, count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return false;
}

bool writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            return false;
        }
        bytes.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return true;
}
/// Who started it sets what it may take; if that one is gone before it could, this ends it.
void limitItself() {
    constexpr rlim_t kMostSeconds = 120;
    rlimit cpu{};
    if (::getrlimit(RLIMIT_CPU, &cpu) == 0 && cpu.rlim_cur > kMostSeconds) { // RLIM_INFINITY is more
        cpu.rlim_cur = kMostSeconds;
        ::setrlimit(RLIMIT_CPU, &cpu);
    }
}
} // namespace

int runLayoutWorker() {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // nobody waits for the answer then
    limitItself();
    // What Graphviz prints must not get into the reply: 1 goes where 2 goes, and the reply to a copy of the old 1.
    const int reply = ::dup(STDOUT_FILENO);
    if (reply < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
        return 2;
    }
    std::string bytes;
    if (!readAll(STDIN_FILENO, bytes, kMaxRequestBytes)) {
        return 3;
    }
    const auto request = decodeRequest(bytes);
    if (!request) {
        return 4;
    }
    const auto points = layOutWithGraphviz(*request);
    if (!points) {
        return 5;
    }
    const bool written = writeAll(reply, encodeReply(*points));
    ::_exit(written ? 0 : 6); // without destructors: Graphviz's own leaks are nobody's business any more
}

} // namespace meshbone::lineage
