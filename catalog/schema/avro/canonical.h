// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"

#include <array>

namespace meshbone::catalog::avro {

/// The form in which Avro's own implementation writes a schema, which is what a registry stores: members in a fixed
/// order, names shortened where the namespace around says the rest, whatever has no meaning for Avro kept.
std::string canonicalText(const Model& model);
/// The same with those properties sorted.
std::string normalizedText(const Model& model);
/// The canonical text with what it refers to in it, each type where it is first used.
std::string resolvedText(const Model& model);
/// "Parsing canonical form" of the specification: only what matters for reading.
std::string parsingForm(const Model& model);
/// CRC-64-AVRO of the parsing form, as in single-object encoding.
std::uint64_t fingerprint64(std::string_view parsingForm);

} // namespace meshbone::catalog::avro
