// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshbone::catalog::jsonschema {

/// A reference against the URI where it stands (RFC 3986, 5.2). The base may be relative itself.
std::string resolveUri(std::string_view base, std::string_view reference);
/// What is before '#', and what is after it with its %-escapes undone.
std::pair<std::string, std::string> splitFragment(std::string_view uri);
/// The names of a JSON pointer ("/a/b~1c" has "a" and "b/c"); the pointer is empty or begins with '/'.
std::vector<std::string> pointerSteps(std::string_view pointer);
/// A name as a step of a JSON pointer: '~' and '/' escaped.
std::string pointerStep(std::string_view name);

} // namespace meshbone::catalog::jsonschema
