// SPDX-License-Identifier: Apache-2.0
#include "net/log_line.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <string>

namespace meshbone::backbone::net {

namespace {

constexpr int kLinesPerSecond = 20;

struct LogState {
    std::mutex lock;
    std::function<void(Severity, std::string_view)> sink;
    std::time_t second = 0;
    int linesInSecond = 0;
    long dropped = 0;
};

LogState& state() {
    static LogState instance;
    return instance;
}

const char* severityName(Severity severity) {
    switch (severity) {
    case Severity::Info:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        return "error";
    }
    return "error";
}

void print(std::time_t now, Severity severity, std::string_view sentence) {
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char time[32];
    std::strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%SZ", &utc);
    std::fprintf(stderr, "%s broker %s: %.*s\n", time, severityName(severity), static_cast<int>(sentence.size()),
                 sentence.data());
}

} // namespace

void logLine(Severity severity, std::string_view sentence) {
    auto& log = state();
    const std::lock_guard lock(log.lock);
    if (log.sink) {
        log.sink(severity, sentence);
        return;
    }
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    if (now != log.second) {
        if (log.dropped > 0) {
            print(now, Severity::Warning, std::to_string(log.dropped) + " further lines were left out.");
        }
        log.second = now;
        log.linesInSecond = 0;
        log.dropped = 0;
    }
    if (++log.linesInSecond > kLinesPerSecond) {
        ++log.dropped;
        return;
    }
    print(now, severity, sentence);
}

void setLogSink(std::function<void(Severity, std::string_view)> sink) {
    auto& log = state();
    const std::lock_guard lock(log.lock);
    log.sink = std::move(sink);
}

} // namespace meshbone::backbone::net
