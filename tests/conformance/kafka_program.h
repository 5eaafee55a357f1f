// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <exception>
#include <filesystem>

namespace meshbone::conformance {

/// The main() of a program that is given the file about a running Apache Kafka: status 77, which CTest takes for
/// skipped, where there is none; 1 and the sentence where `run` throws.
template <class Run>
int onKafka(int argc, char** argv, Run run) {
    constexpr int kSkipped = 77;
    if (argc != 2 || !std::filesystem::exists(argv[1])) {
        fmt::print("There is no Apache Kafka for it.\n");
        return kSkipped;
    }
    try {
        return run(std::filesystem::path(argv[1]));
    } catch (const std::exception& error) {
        fmt::print("{}\n", error.what());
        return 1;
    }
}

} // namespace meshbone::conformance
