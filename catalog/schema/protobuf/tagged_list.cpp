// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/confluent_meta.h"
#include "schema/protobuf/protobuf_schema.h"
#include "schema/protobuf/tagged_proto.h"

#include <fmt/format.h>

namespace meshbone::catalog::protobuf {

namespace {

using google::protobuf::Descriptor;

/// As deep as the text, which the parser bounds. `path`: the messages around it, with a dot behind them; as it was
/// afterwards.
void list(const Descriptor& message, std::string& path, TaggedEntities& found) { // NOLINT(misc-no-recursion)
    if (message.options().map_entry() || found.isFull()) { // the message that a map is made of isn't in the text
        return;
    }
    const auto before = path.size();
    path += std::string_view(message.name());
    found.add(metaOf(message.options()).tags, false, [&] { return path; });
    for (int i = 0; i < message.field_count(); ++i) {
        const auto& field = *message.field(i);
        found.add(metaOf(field.options()).tags, true,
                  [&] { return fmt::format("{}.{}", path, std::string_view(field.name())); });
    }
    path += '.';
    for (int i = 0; i < message.nested_type_count(); ++i) {
        list(*message.nested_type(i), path, found);
    }
    path.resize(before);
}

} // namespace

void listTagged(const ParsedSchema& schema, TaggedEntities& found) {
    if (const auto* known = dynamic_cast<const ProtobufSchema*>(&schema)) {
        const auto& file = known->files().descriptor();
        std::string path;
        for (int i = 0; i < file.message_type_count(); ++i) {
            list(*file.message_type(i), path, found);
        }
    }
}

} // namespace meshbone::catalog::protobuf
