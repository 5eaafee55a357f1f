// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/handle.h"

#include <pthread.h>

#include <thread>

namespace meshbone::backbone {

/// A named thread that serves a handle's callbacks until it is stopped.
class Poller {
public:
    Poller(const char* name, std::shared_ptr<Handle> handle)
        : m_thread([name, handle = std::move(handle)](const std::stop_token& stop) {
            pthread_setname_np(pthread_self(), name);
            while (!stop.stop_requested()) {
                handle->poll(std::chrono::milliseconds(100));
            }
        }) {}
    void stop() {
        m_thread.request_stop();
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

private:
    std::jthread m_thread;
};

} // namespace meshbone::backbone
