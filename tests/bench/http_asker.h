// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace meshbone::bench {

struct AskedFigures {
    double perSecond = 0;
    double p50Ms = 0;
    double p99Ms = 0;
};

/// Asks over so many kept connections, each again as soon as it is answered; `request` makes the request of a number,
/// from 0. Until the time is over, or `most` are answered. Answers come in one piece, being small; the process ends
/// with status 1 at the first that isn't 200.
AskedFigures askFor(std::uint16_t port, int connections, double seconds,
                    const std::function<std::string(std::size_t)>& request, std::size_t most = SIZE_MAX);

} // namespace meshbone::bench
