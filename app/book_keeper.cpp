// SPDX-License-Identifier: Apache-2.0
#include "book_keeper.h"

#include "secret_file.h"

#include <fmt/core.h>

#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <unistd.h>

#include <system_error>
#include <utility>

namespace meshbone::app {

namespace {

constexpr std::chrono::milliseconds kSettle{10'000};

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

} // namespace

BookKeeper::BookKeeper(KeptBook book, std::filesystem::path file, std::string program)
    : m_book(std::move(book))
    , m_file(std::move(file))
    , m_program(std::move(program))
    , m_lock(lockBeside(m_file)) {
    read();
    if (!isOnlyOne()) {
        fmt::print(stderr, "{}: another program keeps '{}'; what is found here of {} isn't kept.\n", m_program,
                   m_file.string(), m_book.what);
        return;
    }
    m_changes = m_book.onChanged([this] {
        {
            const std::scoped_lock lock(m_mutex);
            if (std::exchange(m_isChanged, true)) {
                return; // it is awake already, and whoever changes the book answers thousands of requests a second
            }
        }
        m_changed.notify_one();
    });
    m_thread = std::jthread([this](const std::stop_token& stop) {
        ::pthread_setname_np(::pthread_self(), "mb-book");
        run(stop);
    });
}

BookKeeper::~BookKeeper() {
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

void BookKeeper::read() {
    const auto text = readSmallFile(m_file, kMostBookBytes);
    const auto done = text ? m_book.read(*text) : std::unexpected(text.error());
    if (done || done.error().code == ErrorCode::NotFound) {
        return;
    }
    const auto aside = m_file.string() + ".damaged"; // the bytes stay for who wants to know what happened
    std::error_code failed;
    if (done.error().code == ErrorCode::Corrupt && isOnlyOne()) {
        std::filesystem::rename(m_file, aside, failed);
    } else {
        failed = std::make_error_code(std::errc::io_error);
    }
    fmt::print(stderr, "{}: {}{}\n", m_program, done.error().message,
               failed ? std::string() : fmt::format(" The file was put aside as '{}'.", aside));
}

void BookKeeper::run(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return m_isChanged; })) {
        m_changed.wait_for(lock, stop, kSettle, [] { return false; }); // what comes in one burst is written once
        m_isChanged = false;
        lock.unlock();
        write();
        lock.lock();
    }
}

void BookKeeper::write() {
    const auto written = writePrivateFile(m_file, m_book.write() + "\n");
    const auto why = written ? std::string() : written.error().message;
    if (why != m_told && !why.empty()) {
        fmt::print(stderr, "{}: {} can't be kept: {}\n", m_program, m_book.what, why);
    }
    m_told = why;
}

} // namespace meshbone::app
