// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/descriptor.pb.h>

#include <vector>

namespace meshbone::catalog::protobuf {

/// True of the entry type that the parser made of `map<…>`; one that is written out is a message of the text.
bool isMadeMapEntry(const google::protobuf::DescriptorProto& message);

/// Which nested types are messages of the text, by their index: neither made of `map<…>` nor a group's. These are what
/// message indexes count.
std::vector<int> writtenMessages(const google::protobuf::DescriptorProto& message);

} // namespace meshbone::catalog::protobuf
