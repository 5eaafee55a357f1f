// SPDX-License-Identifier: Apache-2.0
#include "schema/service/memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace meshbone::catalog {

void giveBackMemory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

} // namespace meshbone::catalog
