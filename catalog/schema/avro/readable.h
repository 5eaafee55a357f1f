// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"

namespace meshbone::catalog::avro {

// How values look in JSON: as a person reads them. A date is "2026-11-27", a timestamp "2026-11-27T04:11:03.123Z"
// (local ones without the Z), a decimal "12.34", a duration "P1M2DT3.5S", a uuid its hexadecimal form; bytes are
// characters U+0000 to U+00FF, as in Avro's own JSON encoding; a number that isn't finite is "NaN", "Infinity" or
// "-Infinity". What is out of a calendar's range stays a number. The inverse functions take both forms.

void appendInteger(std::string& out, std::int64_t value, Logical logical);
void appendFloating(std::string& out, double value, bool isFloat);
/// Of bytes and fixed.
void appendBytes(std::string& out, std::string_view bytes, const Node& node);

/// The number that the text of a logical type of int or long stands for.
std::optional<std::int64_t> integerOf(std::string_view text, Logical logical);
std::optional<double> floatingOf(const JsonTree& value);
/// The bytes that the text of a bytes or fixed type stands for.
std::optional<std::string> bytesOf(std::string_view text, const Node& node);

} // namespace meshbone::catalog::avro
