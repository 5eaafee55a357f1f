// SPDX-License-Identifier: Apache-2.0
#include "client/bootstrap_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace meshbone::backbone {
namespace {

std::unexpected<Error> refuse(std::string sentence) {
    return fail(ErrorCode::InvalidArgument, std::move(sentence));
}

Result<BrokerAddress> parseAddress(std::string_view address) {
    const auto colon = address.rfind(':');
    auto host = address.substr(0, colon);
    if (colon == std::string_view::npos || host.empty() || host.find_first_of(" /") != std::string_view::npos) {
        return refuse(
            fmt::format("'{}' is no bootstrap address; write host:port, for example 127.0.0.1:9092.", address));
    }
    const auto digits = address.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (problem != std::errc{} || end != digits.data() + digits.size() || port == 0) {
        return refuse(fmt::format("'{}' has no port between 1 and 65535 after its colon.", address));
    }
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2); // [::1]:9092
    }
    return BrokerAddress{std::string(host), port};
}

} // namespace

std::string BrokerAddress::toString() const {
    return fmt::format("{}:{}", host, port);
}

Result<std::vector<BrokerAddress>> parseBootstrap(std::string_view list) {
    if (list.empty()) {
        return refuse("The profile has no bootstrap address; write host:port, for example 127.0.0.1:9092.");
    }
    std::vector<BrokerAddress> addresses;
    for (bool more = true; more;) {
        const auto comma = list.find(',');
        auto one = list.substr(0, comma);
        one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
        auto address = parseAddress(one);
        if (!address) {
            return std::unexpected(address.error());
        }
        addresses.push_back(std::move(*address));
        more = comma != std::string_view::npos;
        list.remove_prefix(more ? comma + 1 : 0);
    }
    return addresses;
}

} // namespace meshbone::backbone
