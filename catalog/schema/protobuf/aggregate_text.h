// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace meshbone::catalog::protobuf {

/// An option's value that is written as a message, `{ doc: "x" tags: ["a"] }`, from the tokens between its braces: one
/// key a line, a key that comes several times as a list, and the keys in order when normalizing.
std::string aggregateText(const std::string& tokens, bool isNormalized);

} // namespace meshbone::catalog::protobuf
