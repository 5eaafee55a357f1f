// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

/// Where a broker listens.
struct BrokerAddress {
    std::string host; ///< a name or an address, IPv6 without brackets
    std::uint16_t port = 0;
    friend bool operator==(const BrokerAddress&, const BrokerAddress&) = default;
    [[nodiscard]] std::string toString() const;
};

/// "host:port[,host:port…]" in its order, blanks after commas allowed. InvalidArgument, with what to write, for an
/// empty list or an address that is none. Any thread.
Result<std::vector<BrokerAddress>> parseBootstrap(std::string_view list);

} // namespace meshbone::backbone
