// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace meshbone::bench {

/// The disk's own figure of this run, in `where`: the median time in ms of an append of `blockBytes` with its
/// fdatasync; -1 when it can't be measured.
inline double diskFigureMs(const std::filesystem::path& where = "/tmp", std::size_t blockBytes = 4'096) {
    auto path = (where / "meshbone-bench-XXXXXX").string();
    const int file = ::mkstemp(path.data());
    if (file < 0) {
        return -1;
    }
    ::unlink(path.data());
    const std::vector<char> block(blockBytes, 'x');
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

/// The figures that stand beside what is durable, as a JSON object: 4 KiB and 1 MiB written and synced.
inline std::string diskFigures(const std::filesystem::path& where) {
    return fmt::format(R"({{"fdatasync_4KiB_ms":{:.3f},"fdatasync_1MiB_ms":{:.3f}}})", diskFigureMs(where),
                       diskFigureMs(where, 1U << 20));
}

} // namespace meshbone::bench
