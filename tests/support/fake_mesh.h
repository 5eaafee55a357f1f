// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <string>
#include <vector>

namespace meshbone::test {

/// The example mesh of the GUI tests: a topic and what feeds and reads it.
struct MeshTopic {
    std::string name, domain, product, owner;
    std::int32_t partitions = 1;
    std::int64_t records = 0, sizeBytes = 0;
    double perSecond = 0;
    std::string cleanup = "delete";
    std::vector<std::string> writers, readers;
};

/// Eleven topics of aviation, seismology, wildlife and reference data, as the design's pictures show them.
const std::vector<MeshTopic>& exampleTopics();

/// The moment at which the example stands: 2026-11-24 14:32:07 UTC.
inline constexpr TimestampMs kExampleNowMs = 1'795'530'727'000;

} // namespace meshbone::test
