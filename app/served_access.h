// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access_keeper.h"

#include <backbone/backbone.h>

#include <filesystem>
#include <memory>
#include <string>

namespace meshbone::app {

/// Access of a backbone that is served without a desktop: kept as the ledger says, as soon as there is a ledger;
/// without an authorizer, said to be enforced no longer. A backbone that nobody governs stays small, and the ledger's
/// first entry is somebody else's. One thread.
class ServedAccess {
public:
    /// The broker is borrowed and must outlive it, or its stop().
    ServedAccess(backbone::EmbeddedBroker& broker, std::filesystem::path dataDirectory);

    /// Call now and then: opens the catalog once there is a ledger. What fails is told on standard error, and tried
    /// again from time to time.
    void keepWhenNeeded(const backbone::Profile& profile);
    [[nodiscard]] catalog::Catalog* catalog() { return m_catalog.get(); } ///< null until there is a ledger
    /// Call before the broker stops.
    void stop();

private:
    Status open(const backbone::Profile& profile);

    backbone::EmbeddedBroker& m_broker;
    std::filesystem::path m_dataDirectory;
    std::chrono::steady_clock::time_point m_tryAgain{};
    std::string m_told;
    int m_locks = 0; ///< how often the projection was in use
    std::unique_ptr<backbone::Backbone> m_backbone;
    std::unique_ptr<catalog::Catalog> m_catalog;
    std::unique_ptr<AccessKeeper> m_keeper;
};

} // namespace meshbone::app
