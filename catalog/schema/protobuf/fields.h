// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/file_set.h"

#include <string>
#include <vector>

namespace meshbone::catalog::protobuf {

/// More than a person looks at; a text of a few kilobytes can describe more paths than there is memory.
inline constexpr std::size_t kMaxFieldsListed = 10'000;

struct WalkedField {
    const google::protobuf::FieldDescriptor* descriptor = nullptr; ///< owned by the FileSet
    SchemaField field;
};

/// From the first message down, then the other top-level messages under their name, those left out that came before. A
/// message is not entered again inside of itself, and well-known types not at all. At most kMaxFieldsListed.
std::vector<WalkedField> walkFields(const FileSet& files);

/// The comment before a message, or what Confluent's option says of it.
std::string messageDoc(const google::protobuf::Descriptor& message);

/// "int32", "array of Leg", "map of string to Leg", "timestamp".
std::string typeWords(const google::protobuf::FieldDescriptor& field);

} // namespace meshbone::catalog::protobuf
