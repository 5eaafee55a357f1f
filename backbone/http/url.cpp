// SPDX-License-Identifier: Apache-2.0
#include "http/url.h"

#include "http/header_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace meshbone::backbone::http {

namespace {

std::unexpected<Error> noUrl(std::string_view why) {
    return fail(ErrorCode::InvalidArgument,
                fmt::format("The URL {}; give one like https://registry.example:8081.", why));
}

bool takePort(std::string_view text, std::uint16_t& port) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
    return problem == std::errc() && end == text.data() + text.size() && port != 0;
}

} // namespace

Result<Url> parseUrl(const std::string& text) {
    if (std::ranges::any_of(text, [](char c) { return c < 0x21 || c > 0x7E; })) {
        return noUrl("has blanks or characters that no URL has");
    }
    const std::string_view all(text);
    const auto scheme = std::min(all.find("://"), all.size());
    Url url;
    url.isTls = sameName(all.substr(0, scheme), "https");
    if (scheme == all.size() || (!url.isTls && !sameName(all.substr(0, scheme), "http"))) {
        return noUrl("doesn't begin with http:// or https://");
    }
    url.port = url.isTls ? 443 : 80;
    const auto rest = all.substr(scheme + 3);
    const auto slash = std::min(rest.find('/'), rest.size());
    auto authority = rest.substr(0, slash);
    if (rest.find_first_of("?#@\\") != std::string_view::npos) {
        return noUrl("has a user, a query or a fragment in it, which have no place there");
    }
    // The colon of a port stands behind the brackets of an IPv6 address.
    const auto bracket = authority.find(']');
    const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos && !takePort(authority.substr(colon + 1), url.port)) {
        return noUrl("has a port that is none");
    }
    authority = authority.substr(0, colon);
    if (authority.starts_with('[') && authority.ends_with(']')) {
        authority = authority.substr(1, authority.size() - 2);
    }
    if (authority.empty() || authority.find_first_of("[]") != std::string_view::npos) {
        return noUrl("names no host");
    }
    url.host = authority;
    url.prefix = rest.substr(slash);
    while (url.prefix.ends_with('/')) {
        url.prefix.pop_back();
    }
    return url;
}

std::string Url::authority() const {
    const auto name = host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
    return port == (isTls ? 443 : 80) ? name : fmt::format("{}:{}", name, port);
}

} // namespace meshbone::backbone::http
