// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace meshbone::test {

/// The seed of a random test: MESHBONE_SEED where it is set, else a new one. Printed, so that a failure can be
/// replayed.
inline std::uint64_t testSeed() {
    const char* const given = std::getenv("MESHBONE_SEED");
    const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::printf("MESHBONE_SEED=%llu\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    return seed;
}

} // namespace meshbone::test
