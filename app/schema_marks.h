// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_guard.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

namespace meshbone::app {

/// Where the marks of a state folder are kept: what was written against its schema, and how far was looked.
std::filesystem::path marksFile(const std::filesystem::path& stateFolder);
/// What is kept there; nothing where nothing was marked yet. Corrupt or Io with a sentence.
Result<std::vector<catalog::TopicViolations>> readMarks(const std::filesystem::path& stateFolder);

/// Keeps a book in its file: reads it at first, writes it some seconds after a change and at the end. Where another
/// program keeps that file already, nothing is written. Errors are told on standard error when they begin. Thread of
/// its own: "mb-marks".
class MarksKeeper {
public:
    /// The book is borrowed and outlives it. `program` begins what is said.
    MarksKeeper(catalog::ViolationBook& book, std::filesystem::path file, std::string program);
    ~MarksKeeper();
    MarksKeeper(const MarksKeeper&) = delete;
    MarksKeeper& operator=(const MarksKeeper&) = delete;
    [[nodiscard]] bool isOnlyOne() const { return m_lock >= 0; } ///< false: another program keeps the file

private:
    void run(const std::stop_token& stop);
    void write();

    catalog::ViolationBook& m_book;
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

/// From now on the guard waits, after a start, until it knows what holds for the topics that refused when it last ran;
/// which these are is kept in the state folder before it begins to hold. Before the broker starts.
void rememberGuarded(catalog::SchemaGuard& guard, const std::filesystem::path& stateFolder, const std::string& program);

} // namespace meshbone::app
