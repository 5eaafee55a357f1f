// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/descriptor.h>

namespace meshbone::catalog::protobuf {

/// libprotobuf recurses from a message to each type of its fields when it makes its prototype: stack that a text may
/// not ask for without end.
inline constexpr std::size_t kMaxMessageChain = 2'000;

/// Whether that recursion, which enters each type once, becomes deeper than `limit`.
bool messageChainExceeds(const google::protobuf::Descriptor& message, std::size_t limit);

} // namespace meshbone::catalog::protobuf
