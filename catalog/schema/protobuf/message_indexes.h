// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <span>
#include <string_view>
#include <vector>

namespace meshbone::catalog::protobuf {

// Which message of a schema a payload is: the index of a top-level message, then of a message in it, and so on. Before
// each Protobuf payload stand a count and the indexes, each a zigzag varint; [0] is written as the one byte 0x00. Map
// entries that `map<…>` stands for and groups aren't counted: they are no messages in the text.

/// As deep as libprotobuf lets messages nest.
inline constexpr std::size_t kMaxMessageIndexes = 32;

struct MessageIndexes {
    std::vector<int> indexes;
    std::size_t bytes = 0; ///< that they take before the message
    friend bool operator==(const MessageIndexes&, const MessageIndexes&) = default;
};

/// Corrupt with the byte where they end too soon, are negative or too many.
Result<MessageIndexes> readMessageIndexes(std::string_view payload);
Bytes writeMessageIndexes(std::span<const int> indexes);

} // namespace meshbone::catalog::protobuf
