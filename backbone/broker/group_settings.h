// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace meshbone::backbone::broker {

/// What Kafka's broker properties say about groups; the defaults are Kafka's.
struct GroupSettings {
    std::chrono::milliseconds initialRebalanceDelay{3'000};           ///< group.initial.rebalance.delay.ms
    std::chrono::milliseconds minSessionTimeout{6'000};               ///< group.min.session.timeout.ms
    std::chrono::milliseconds maxSessionTimeout{1'800'000};           ///< group.max.session.timeout.ms
    std::int32_t maxSize = 2'147'483'647;                             ///< group.max.size
    std::chrono::milliseconds offsetsRetention{10'080LL * 60 * 1000}; ///< offsets.retention.minutes
    std::chrono::milliseconds offsetsRetentionCheckInterval{600'000}; ///< offsets.retention.check.interval.ms
    std::int32_t offsetMetadataMaxBytes = 4'096;                      ///< offset.metadata.max.bytes
};

/// Where clients of one listener find this broker: what Metadata and FindCoordinator answer. Set before the loop runs.
struct BrokerEndpoint {
    std::int32_t nodeId = 1;
    std::string host;
    std::int32_t port = 0;
};

} // namespace meshbone::backbone::broker
