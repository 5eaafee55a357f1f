// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <optional>
#include <string>
#include <string_view>

namespace meshbone::catalog::protobuf {

/// Clients that have a generated class but not its text (Python, Go, JavaScript) register the FileDescriptorProto in
/// base64; the registry takes it as the text that it stands for. Nothing if the text isn't one.
std::optional<google::protobuf::FileDescriptorProto> encodedDescriptor(std::string_view text);

/// The other way round, for the same clients: a linked file, its options understood, under the name that Confluent's
/// registry gives it ("default").
std::string encodedText(const google::protobuf::FileDescriptor& file);

} // namespace meshbone::catalog::protobuf
