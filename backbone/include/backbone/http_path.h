// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshbone::backbone {

/// The segments of a path as it was sent, each decoded on its own: "/subjects/a%2Fb" is {"subjects", "a/b"}. A slash at
/// the end adds no segment, "/" has none; an empty segment between two slashes stays. "+" is a plus, and dots mean
/// nothing. Fails with InvalidArgument when the path doesn't begin with a slash, a % isn't followed by two hexadecimal
/// digits, or a decoded segment isn't UTF-8 or has a zero octet. Any thread.
Result<std::vector<std::string>> splitPath(std::string_view rawPath);

/// The parameters of a query in their order, decoded. Value type.
struct HttpQuery {
    std::vector<std::pair<std::string, std::string>> parameters;

    /// The first value by this name; "" where it stands without "=", none where it doesn't stand.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
};

/// What stands behind a path's "?": "a=1&b=x+y%21&c". "+" is a blank. Fails as splitPath does. Any thread.
Result<HttpQuery> parseQuery(std::string_view rawQuery);

/// The other way: a text as one segment of a path (or a value in a query), with everything but letters, digits and
/// "-._~" encoded. Any thread.
std::string encodeSegment(std::string_view text);

} // namespace meshbone::backbone
