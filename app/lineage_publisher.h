// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "local_backbone.h"

#include <backbone/backbone.h>
#include <backbone/hooks.h>
#include <lineage/lineage.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>

namespace meshbone::app {

/// What a backbone without a desktop needs so that lineage is seen on every desktop: it captures from the start, and
/// opens a client and publishes only once a client other than Meshbone's own has shown itself. An idle backbone stays
/// small. observers() is called by the broker's loop thread; the rest is for one thread.
class LineagePublisher {
public:
    explicit LineagePublisher(std::filesystem::path stateFolder);
    ~LineagePublisher();

    [[nodiscard]] std::vector<backbone::BrokerObserver*> observers();
    /// Call now and then: starts publishing when there is something to publish. Once it has failed it stays quiet.
    void publishWhenNeeded(const backbone::Profile& profile);
    [[nodiscard]] lineage::Lineage* lineage() { return m_lineage.get(); } ///< null until there is something to publish
    /// Publishes what is left and closes. Call before the broker stops.
    void stop();

private:
    /// Notices the first client that isn't Meshbone's own.
    class Notice : public backbone::BrokerObserver {
    public:
        void observed(const backbone::Observation& observation) override;
        std::atomic<bool> seen = false;
    };

    std::filesystem::path m_stateFolder;
    std::unique_ptr<lineage::Capture> m_capture;
    Notice m_notice;
    std::unique_ptr<backbone::Backbone> m_backbone;
    std::unique_ptr<lineage::Lineage> m_lineage;
    bool m_failed = false;
};

} // namespace meshbone::app
