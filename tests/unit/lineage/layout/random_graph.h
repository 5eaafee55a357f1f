// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <lineage/lineage.h>

#include <random>

namespace meshbone::lineage {

/// A graph like a mesh's, with now and then what isn't: loops, duplicates, edges to nowhere, long cycles, hubs.
inline LayoutInput randomInput(std::mt19937_64& random, int maxNodes) {
    LayoutInput input;
    const auto nodes = static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(maxNodes + 1));
    const auto domains = random() % 5;
    const bool cyclic = random() % 2 == 0, hub = random() % 3 == 0;
    for (std::int32_t i = 0; i < nodes; ++i) {
        input.nodes.push_back({i * 3 + 1, 0, 0, 146.0 + static_cast<double>(random() % 21), 44});
        const auto domain = domains == 0 ? 0 : random() % (domains + 1);
        if (domain > 0) {
            input.domains.emplace_back(i * 3 + 1, "domain" + std::to_string(domain));
        }
    }
    if (nodes > 0) {
        const auto any = [&] { return static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(nodes)); };
        for (std::uint64_t i = 0, count = random() % static_cast<std::uint64_t>(2 * nodes + 1); i < count; ++i) {
            auto a = hub && random() % 2 == 0 ? 0 : any(), b = any();
            if (!cyclic && a > b) {
                std::swap(a, b);
            }
            input.edges.emplace_back(a * 3 + 1, b * 3 + 1);
        }
        if (random() % 4 == 0) {
            input.nodes.push_back(input.nodes.front()); // twice
            input.edges.emplace_back(1, 999'999);       // to nowhere
            input.domains.emplace_back(999'999, "nobody");
        }
    }
    return input;
}

} // namespace meshbone::lineage
