// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace meshbone::bench {

/// How large a mesh is made. Every domain has as many products, each of them about as many topics.
struct MeshSize {
    int topics = 10'000;
    int domains = 12;
    int productsPerDomain = 25;
    int unclaimed = 100; ///< topics that belong to no product
    [[nodiscard]] int products() const { return domains * productsPerDomain; }
};

/// The name of the topic of a number, the same in every run: "cargo.berths-07.events-0031".
std::string topicName(const MeshSize& size, int number);

/// Makes a data directory with an embedded backbone that has the topics, created through the broker, and a ledger that
/// says whose they are; each product reads topics of two others, so that lineage has what to show. Ends the program
/// with a sentence where that fails.
void seedMesh(const std::filesystem::path& dataDirectory, const MeshSize& size);

} // namespace meshbone::bench
