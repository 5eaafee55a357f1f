// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace meshbone::backbone::broker {

/// The thread "mb-login", which checks the passwords that come by PLAIN: each takes a millisecond on purpose, and a
/// client that guesses must not take it from the others. What waits is bounded by the connections, each of which has
/// one login at a time.
class LoginWorker {
public:
    using Post = std::function<void(std::move_only_function<void()>)>;
    /// `post` brings answers back to the loop thread.
    explicit LoginWorker(Post post);
    /// What waits is dropped.
    ~LoginWorker();
    LoginWorker(const LoginWorker&) = delete;
    LoginWorker& operator=(const LoginWorker&) = delete;

    /// Loop thread: runs `check` on the worker's, then `done` with what it said on the loop's.
    void ask(std::move_only_function<bool()> check, std::move_only_function<void(bool)> done);

private:
    struct Question {
        std::move_only_function<bool()> check;
        std::move_only_function<void(bool)> done;
    };
    void run();

    Post m_post;
    std::mutex m_lock;
    std::condition_variable m_changed;
    std::deque<Question> m_waiting; ///< guarded by m_lock
    bool m_ending = false;          ///< guarded by m_lock
    std::thread m_thread;           ///< the last member: it uses the others; runs from the first question on
};

} // namespace meshbone::backbone::broker
