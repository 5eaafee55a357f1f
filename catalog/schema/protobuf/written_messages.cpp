// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/written_messages.h"

#include <string_view>
#include <unordered_set>

namespace meshbone::catalog::protobuf {

using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptorProto;

bool isMadeMapEntry(const DescriptorProto& message) {
    // Written out, the option is still one that libprotobuf has to read.
    return message.options().map_entry();
}

std::vector<int> writtenMessages(const DescriptorProto& message) {
    std::unordered_set<std::string_view> groups;
    for (const auto* fields : {&message.field(), &message.extension()}) {
        for (const auto& field : *fields) {
            if (field.has_type() && field.type() == FieldDescriptorProto::TYPE_GROUP) {
                groups.insert(field.type_name());
            }
        }
    }
    std::vector<int> written;
    for (int i = 0; i < message.nested_type_size(); ++i) {
        if (!isMadeMapEntry(message.nested_type(i)) && !groups.contains(message.nested_type(i).name())) {
            written.push_back(i);
        }
    }
    return written;
}

} // namespace meshbone::catalog::protobuf
