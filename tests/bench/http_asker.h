// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace meshbone::bench {

struct AskedFigures {
    double perSecond = 0;
    double p50Ms = 0;
    double p99Ms = 0;
};

/// What is done with the body of the answer to the request of a number.
using Answered = std::function<void(std::size_t, std::string_view)>;

/// Asks over so many kept connections, each again as soon as it is answered; `request` makes the request of a number,
/// from 0. Until the time is over, or `most` are answered; what is under way then is still waited for, and answered,
/// but not counted. The process ends with status 1 at the first answer that is neither 200 nor 201. Throws what
/// `answered` throws.
AskedFigures askFor(std::uint16_t port, int connections, double seconds,
                    const std::function<std::string(std::size_t)>& request, std::size_t most = SIZE_MAX,
                    const Answered& answered = {});

} // namespace meshbone::bench
