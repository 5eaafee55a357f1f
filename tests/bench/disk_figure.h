// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace meshbone::bench {

/// The disk's own figure of this run: median of 50 appends of 4 KiB with fdatasync, in the temporary folder; -1: can't.
inline double diskFigureMs() {
    std::array<char, 32> path{"/tmp/meshbone-bench-XXXXXX"};
    const int file = ::mkstemp(path.data());
    if (file < 0) {
        return -1;
    }
    ::unlink(path.data());
    const std::vector<char> block(4096, 'x');
    std::vector<double> times;
    for (int i = 0; i < 50; ++i) {
        const auto start = std::chrono::steady_clock::now();
        if (::write(file, block.data(), block.size()) < 0 || ::fdatasync(file) != 0) {
            break;
        }
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    ::close(file);
    if (times.empty()) {
        return -1;
    }
    std::ranges::nth_element(times, times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2));
    return times[times.size() / 2];
}

} // namespace meshbone::bench
