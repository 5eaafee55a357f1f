// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <string_view>

namespace meshbone::catalog::protobuf {

/// True of google/protobuf/*.proto that the library brings: they are there without being a reference, and a reference
/// of the name doesn't replace them.
bool isWellKnownFile(const std::string& name);

/// The text of a file that the schema registry has built in, besides the well-known ones: what Confluent's clients
/// write into a schema's options, its decimal, and Google's common types.
std::optional<std::string_view> builtinText(std::string_view name);

/// The first type that JSON has a form of its own for ("google.protobuf.Struct") and that a pool defines otherwise than
/// Protobuf does; empty if there is none. libprotobuf takes such a type for the real one, and may never come back.
std::string firstForgedType(const google::protobuf::DescriptorPool& pool);

} // namespace meshbone::catalog::protobuf
