// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace meshbone::catalog {

/// The standard's logical type of a field whose type is said in these words (SchemaField::type): "timestamp-millis or
/// null" is "timestamp". Empty where the words don't say: a name, a choice of several.
std::string_view logicalTypeOf(std::string_view words);
/// What the items of "array of …" are, in words; empty where it is no array or they aren't told.
std::string_view itemWordsOf(std::string_view words);
/// Whether data of the one keeps a promise of the other: an integer is a number, a time may be written as a text.
bool keepsType(std::string_view promised, std::string_view found);

} // namespace meshbone::catalog
