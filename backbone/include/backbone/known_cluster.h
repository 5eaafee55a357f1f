// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>

namespace meshbone::backbone {

/// A cluster as people keep it in a list: how to reach it, and what is at stake there. Value type.
struct KnownCluster {
    Profile profile;
    bool production = false; ///< what can't be undone there asks for more
};

} // namespace meshbone::backbone
