// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>

namespace meshbone::backbone {

/// Where a cluster's schema registry is, and as whom it is asked. Value type.
struct RegistryAccess {
    std::string url;            ///< empty: none is known
    std::string user, password; ///< HTTP Basic; empty: none is asked for
    std::string caFile;         ///< PEM, for https; empty: the system's certificate authorities
    friend bool operator==(const RegistryAccess&, const RegistryAccess&) = default;
};

/// A cluster as people keep it in a list: how to reach it, and what is at stake there. Value type.
struct KnownCluster {
    Profile profile;
    RegistryAccess registry;
    bool production = false; ///< what can't be undone there asks for more
};

} // namespace meshbone::backbone
