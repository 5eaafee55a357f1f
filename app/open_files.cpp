// SPDX-License-Identifier: Apache-2.0
#include "open_files.h"

#include <sys/resource.h>

namespace meshbone::app {

void raiseOpenFileLimit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit); // what can't be had is not missed before it is used, and then told
    }
}

} // namespace meshbone::app
