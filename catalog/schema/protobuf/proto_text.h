// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/parsed_file.h"

#include <google/protobuf/descriptor.h>

namespace meshbone::catalog::protobuf {

// A schema's text in the form in which Confluent's registry stores it: the order of sections, line breaks and indents
// of its own formatter, so that texts that differ in white space and comments are one text. Where that formatter drops
// something that makes a difference (names reserved in an enum, a group's options, extensions in a message), it is
// kept.

/// In the order of the text, types named as they are named there.
std::string canonicalProtoText(const ParsedFile& file);

/// Also independent of the order of what has no order: imports, options, fields and enum values by number, reserved
/// ones; and types by their full name.
std::string normalizedProtoText(const ParsedFile& file, const google::protobuf::FileDescriptor& descriptor);

} // namespace meshbone::catalog::protobuf
