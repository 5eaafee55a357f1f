// SPDX-License-Identifier: Apache-2.0
#include "lineage_publisher.h"

#include <fmt/core.h>

#include <system_error>

namespace meshbone::app {

namespace {
bool isOurs(std::string_view clientId) {
    return clientId.starts_with("meshbone") || clientId.starts_with("meshctl");
}
} // namespace

void LineagePublisher::Notice::observed(const backbone::Observation& observation) {
    if (!seen.load(std::memory_order_relaxed) && !isOurs(observation.client->clientId)) {
        seen.store(true, std::memory_order_relaxed);
    }
}

LineagePublisher::LineagePublisher(std::filesystem::path stateFolder)
    : m_stateFolder(std::move(stateFolder))
    , m_capture(lineage::Capture::create()) {}

LineagePublisher::~LineagePublisher() {
    stop();
}

std::vector<backbone::BrokerObserver*> LineagePublisher::observers() {
    return {&m_capture->observer(), &m_notice};
}

void LineagePublisher::publishWhenNeeded(const backbone::Profile& profile) {
    if (m_lineage || m_failed || !m_notice.seen.load(std::memory_order_relaxed)) {
        return;
    }
    const auto failed = [this](const std::string& why) {
        m_failed = true;
        fmt::print(stderr, "meshctl: lineage is not published: {}\n", why);
    };
    std::error_code error;
    std::filesystem::create_directories(m_stateFolder, error);
    auto backbone = backbone::Backbone::open(profile, m_stateFolder);
    if (!backbone) {
        failed(backbone.error().message);
        return;
    }
    m_backbone = std::move(*backbone);
    lineage::LineageOptions options;
    options.database = m_stateFolder / "lineage.db";
    options.observer = "embedded";
    auto lineage = lineage::Lineage::open(options, *m_backbone, nullptr, m_capture.get());
    if (!lineage) {
        failed(lineage.error().message);
        return;
    }
    m_lineage = std::move(*lineage);
}

void LineagePublisher::stop() {
    if (m_lineage) {
        (void)m_lineage->publishNow(
            {std::chrono::seconds(2), {}}); // what can't be said now is seen again at the next start
    }
    m_lineage.reset();
    m_backbone.reset();
}

} // namespace meshbone::app
