// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pthread.h>

namespace meshbone::backbone {

/// Names the calling thread, for top, gdb and crash reports; at most 15 characters.
inline void nameThread(const char* name) {
    pthread_setname_np(pthread_self(), name);
}

} // namespace meshbone::backbone
