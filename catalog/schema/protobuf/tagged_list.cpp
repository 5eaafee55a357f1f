// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/confluent_meta.h"
#include "schema/protobuf/protobuf_schema.h"
#include "schema/protobuf/tagged_proto.h"

#include <fmt/format.h>

namespace meshbone::catalog::protobuf {

namespace {

using google::protobuf::Descriptor;

/// As deep as the text, which the parser bounds. `scope`: the messages around it, with a dot behind them.
void list(const Descriptor& message, const std::string& scope, TaggedEntities& found) { // NOLINT(misc-no-recursion)
    if (message.options().map_entry() || found.isFull()) { // the message that a map is made of isn't in the text
        return;
    }
    const auto name = fmt::format("{}{}", scope, std::string_view(message.name()));
    found.add(name, false, metaOf(message.options()).tags);
    for (int i = 0; i < message.field_count(); ++i) {
        const auto& field = *message.field(i);
        found.add(fmt::format("{}.{}", name, std::string_view(field.name())), true, metaOf(field.options()).tags);
    }
    for (int i = 0; i < message.nested_type_count(); ++i) {
        list(*message.nested_type(i), name + ".", found);
    }
}

} // namespace

void listTagged(const ParsedSchema& schema, TaggedEntities& found) {
    if (const auto* known = dynamic_cast<const ProtobufSchema*>(&schema)) {
        const auto& file = known->files().descriptor();
        for (int i = 0; i < file.message_type_count(); ++i) {
            list(*file.message_type(i), {}, found);
        }
    }
}

} // namespace meshbone::catalog::protobuf
