// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/descriptor.pb.h>

#include <functional>
#include <string>

namespace meshbone::catalog::protobuf {

/// What is wrong: with which part of the file, whether with its name or its number, and a sentence.
using ToldError = std::function<void(const google::protobuf::Message& part, bool isName, const std::string& message)>;

/// Looks for what Protobuf forbids and libprotobuf only refuses in later versions than some that we are built with: a
/// range that ends before it begins, two fields of one name in JSON.
void checkLate(const google::protobuf::FileDescriptorProto& file, const ToldError& wrong);

} // namespace meshbone::catalog::protobuf
