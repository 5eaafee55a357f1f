// SPDX-License-Identifier: Apache-2.0
#include <catalog/request_id.h>

#include <fmt/format.h>

#include <random>

namespace meshbone::catalog {

std::string newRequestId() {
    std::random_device random;
    return fmt::format("request-{:08x}{:08x}", random(), random());
}

} // namespace meshbone::catalog
