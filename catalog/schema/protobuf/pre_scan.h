// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema.h>

namespace meshbone::catalog::protobuf {

/// What must be known of a text before libprotobuf's parser may see it: that it is UTF-8, within kMaxSchemaBytes and
/// kMaxSchemaDepth, and not written in an edition, which this parser doesn't know. `whose` begins the sentence: "The
/// schema", "The reference 'x.proto'".
Status preScan(std::string_view text, std::string_view whose);

/// The first byte at which a text is no UTF-8; its size if there is none.
std::size_t firstNonUtf8(std::string_view text);

} // namespace meshbone::catalog::protobuf
