// SPDX-License-Identifier: Apache-2.0
#include "private_files.h"

#include <sys/stat.h>

namespace meshbone::app {

void keepFilesPrivate() {
    constexpr mode_t kNoReadingOrWriting = 0066; // by group and others
    ::umask(kNoReadingOrWriting);
}

} // namespace meshbone::app
