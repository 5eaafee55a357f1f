// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace meshbone::app {

inline constexpr std::size_t kMostBookBytes = 32U << 20;

/// What is kept in a file: a thread-safe book of what happened, which tells when it has changed.
struct KeptBook {
    std::string what;                                    ///< in sentences: "events against their schemas"
    std::function<Status(const std::string& text)> read; ///< Corrupt where it can't
    std::function<std::string()> write;
    std::function<Subscription(std::function<void()>)> onChanged;
};

/// Keeps a book in its file: reads it at first, writes it some seconds after a change and at the end, never on the
/// thread of who changes it. A damaged file is put aside, and the book begins anew. Where another program keeps that
/// file already, nothing is written. Errors are told on standard error when they begin. Thread of its own: "mb-book".
class BookKeeper {
public:
    /// What the book's functions work on outlives it. `program` begins what is said.
    BookKeeper(KeptBook book, std::filesystem::path file, std::string program);
    ~BookKeeper();
    BookKeeper(const BookKeeper&) = delete;
    BookKeeper& operator=(const BookKeeper&) = delete;
    [[nodiscard]] bool isOnlyOne() const { return m_lock >= 0; } ///< false: another program keeps the file

private:
    void read();
    void run(const std::stop_token& stop);
    void write();

    KeptBook m_book;
    std::filesystem::path m_file;
    std::string m_program;
    int m_lock = -1;
    std::string m_told; ///< the error that was told last; the thread's own
    std::mutex m_mutex; ///< guards the one below
    bool m_isChanged = false;
    std::condition_variable_any m_changed;
    Subscription m_changes;
    std::jthread m_thread; ///< last: it uses the others
};

} // namespace meshbone::app
