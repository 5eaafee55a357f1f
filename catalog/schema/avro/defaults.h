// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"

namespace meshbone::catalog::avro {

/// Whether a value in the form of a default (Avro specification, "Complex types: Records") is one of that type. A
/// union's default may be of any of its branches, as Avro's own implementations take it since 1.9.
bool isValidDefault(const Node& type, const JsonTree& value);
/// The branch of a union that a default is of; null if of none.
const Node* defaultBranch(const Node& unionType, const JsonTree& value);
/// The characters U+0000 to U+00FF of a default as the bytes that they stand for; nothing if there are others.
std::optional<std::string> bytesOfDefault(std::string_view utf8);
/// What a default of that type looks like, for a sentence: "a string", "an object with a value for each field".
std::string defaultWords(const Node& type);

} // namespace meshbone::catalog::avro
