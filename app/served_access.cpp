// SPDX-License-Identifier: Apache-2.0
#include "served_access.h"

#include "local_backbone.h"
#include "session.h"

#include <fmt/core.h>

namespace meshbone::app {

namespace {
constexpr std::chrono::seconds kTryAgain{30};
constexpr int kShortLocks = 5; ///< a command holds the projection for a moment; commands without end don't let go of it
} // namespace

ServedAccess::ServedAccess(backbone::EmbeddedBroker& broker, std::filesystem::path dataDirectory)
    : m_broker(broker)
    , m_dataDirectory(std::move(dataDirectory)) {}

void ServedAccess::keepWhenNeeded(const backbone::Profile& profile) {
    const auto now = std::chrono::steady_clock::now();
    if (m_keeper || now < m_tryAgain) {
        return;
    }
    std::error_code ignored;
    if (!std::filesystem::exists(brokerFolder(m_dataDirectory) / "_meshbone.ledger-0", ignored)) {
        return;
    }
    if (const auto opened = open(profile); !opened) {
        if (opened.error().code == ErrorCode::Locked && ++m_locks <= kShortLocks) {
            return;
        }
        m_tryAgain = now + kTryAgain;
        if (opened.error().message != m_told) {
            m_told = opened.error().message;
            fmt::print(stderr, "meshctl: what the ledger grants isn't enforced: {}\n", m_told);
        }
    }
}

Status ServedAccess::open(const backbone::Profile& profile) {
    const auto folder = stateFolder(m_dataDirectory, {});
    std::error_code unmade;
    std::filesystem::create_directories(folder, unmade);
    if (!m_backbone) {
        auto backbone = backbone::Backbone::open(profile, folder);
        if (!backbone) {
            return std::unexpected(backbone.error());
        }
        m_backbone = std::move(*backbone);
    }
    auto options = catalogOptions(m_dataDirectory, folder);
    if (m_locks >= kShortLocks) {
        options.database = folder / "catalog-served.db"; // a projection of its own, from the same ledger
    }
    auto catalog = catalog::Catalog::open(options, *m_backbone);
    if (!catalog) {
        return std::unexpected(catalog.error());
    }
    m_catalog = std::move(*catalog);
    m_keeper = std::make_unique<AccessKeeper>(*m_catalog, *m_backbone, "User:" + profile.user, &m_broker, "meshctl");
    return {};
}

void ServedAccess::stop() {
    m_keeper.reset();
    m_catalog.reset();
    m_backbone.reset();
}

} // namespace meshbone::app
