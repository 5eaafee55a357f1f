// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <utility>
#include <vector>

namespace meshbone::catalog::protobuf {

/// What stands in an option (confluent.field_meta), (confluent.message_meta).
struct ConfluentMeta {
    std::string doc;
    std::vector<std::pair<std::string, std::string>> params;
    std::vector<std::string> tags;
};
/// Of the linked options of a field or a message.
ConfluentMeta metaOf(const google::protobuf::Message& options);

} // namespace meshbone::catalog::protobuf
