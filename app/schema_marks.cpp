// SPDX-License-Identifier: Apache-2.0
#include "schema_marks.h"

#include "secret_file.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <unistd.h>

namespace meshbone::app {

namespace {

constexpr std::chrono::milliseconds kSettle{3'000};
constexpr std::size_t kMostMarksBytes = 32U << 20;

std::filesystem::path guardedFile(const std::filesystem::path& stateFolder) {
    return stateFolder / "guarded-topics.json";
}

/// A descriptor that holds the lock beside a file; -1: another program has it. The system lets go of it in any case.
int lockBeside(const std::filesystem::path& file) {
    const auto path = file.string() + ".lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

/// The topics that refused when the file was written.
Result<std::set<std::string, std::less<>>> readGuarded(const std::filesystem::path& file) {
    const auto text = readSmallFile(file);
    if (!text) {
        return text.error().code == ErrorCode::NotFound
                   ? Result<std::set<std::string, std::less<>>>(std::set<std::string, std::less<>>())
                   : std::unexpected(text.error());
    }
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains("refusing") || !json["refusing"].is_array()) {
        return fail(ErrorCode::Corrupt, fmt::format("'{}' is damaged.", file.string()));
    }
    std::set<std::string, std::less<>> topics;
    for (const auto& one : json["refusing"]) {
        if (one.is_string()) {
            topics.insert(one.get<std::string>());
        }
    }
    return topics;
}

} // namespace

std::filesystem::path marksFile(const std::filesystem::path& stateFolder) {
    return stateFolder / "schema-violations.json";
}

Result<std::vector<catalog::TopicViolations>> readMarks(const std::filesystem::path& stateFolder) {
    const auto text = readSmallFile(marksFile(stateFolder), kMostMarksBytes);
    if (!text) {
        return text.error().code == ErrorCode::NotFound
                   ? Result<std::vector<catalog::TopicViolations>>(std::vector<catalog::TopicViolations>())
                   : std::unexpected(text.error());
    }
    catalog::ViolationBook book;
    if (auto read = book.read(*text); !read) {
        return std::unexpected(read.error());
    }
    return book.all();
}

MarksKeeper::MarksKeeper(catalog::ViolationBook& book, std::filesystem::path file, std::string program)
    : m_book(book)
    , m_file(std::move(file))
    , m_program(std::move(program))
    , m_lock(lockBeside(m_file)) {
    const auto text = readSmallFile(m_file, kMostMarksBytes);
    const auto read = text ? m_book.read(*text) : std::unexpected(text.error());
    if (!read && read.error().code != ErrorCode::NotFound) {
        fmt::print(stderr, "{}: {}\n", m_program, read.error().message);
    }
    if (!isOnlyOne()) {
        fmt::print(stderr, "{}: another program keeps '{}'; what is found here against schemas isn't kept.\n",
                   m_program, m_file.string());
        return;
    }
    m_changes = m_book.onChanged([this] {
        {
            const std::scoped_lock lock(m_mutex);
            m_isChanged = true;
        }
        m_changed.notify_one();
    });
    m_thread = std::jthread([this](const std::stop_token& stop) {
        ::pthread_setname_np(::pthread_self(), "mb-marks");
        run(stop);
    });
}

MarksKeeper::~MarksKeeper() {
    if (!isOnlyOne()) {
        return;
    }
    m_thread.request_stop();
    m_thread.join();
    m_changes.reset();
    if (m_isChanged) {
        write();
    }
    ::close(m_lock);
}

void MarksKeeper::run(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return m_isChanged; })) {
        m_changed.wait_for(lock, stop, kSettle, [] { return false; }); // what comes in one burst is written once
        m_isChanged = false;
        lock.unlock();
        write();
        lock.lock();
    }
}

void MarksKeeper::write() {
    const auto written = writePrivateFile(m_file, m_book.toJson() + "\n");
    const auto why = written ? std::string() : written.error().message;
    if (why != m_told && !why.empty()) {
        fmt::print(stderr, "{}: events against their schemas can't be kept: {}\n", m_program, why);
    }
    m_told = why;
}

void rememberGuarded(catalog::SchemaGuard& guard, const std::filesystem::path& stateFolder,
                     const std::string& program) {
    const auto file = guardedFile(stateFolder);
    auto known = readGuarded(file);
    if (known) {
        guard.await(*known);
    } else {
        fmt::print(stderr, "{}: which topics refuse events isn't known until the schemas are read. {}\n", program,
                   known.error().message);
    }
    guard.onGuarded([file, program, last = known ? std::optional(*known) : std::nullopt](
                        const std::map<std::string, bool>& guarded) mutable {
        std::set<std::string, std::less<>> refusing;
        for (const auto& [topic, isRefusing] : guarded) {
            if (isRefusing) {
                refusing.insert(topic);
            }
        }
        if (last == refusing) {
            return;
        }
        const nlohmann::json json{{"refusing", refusing}};
        const auto written =
            writePrivateFile(file, json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
        if (written) {
            last = std::move(refusing);
        } else {
            fmt::print(stderr, "{}: which topics refuse events can't be kept: {}\n", program, written.error().message);
        }
    });
}

} // namespace meshbone::app
