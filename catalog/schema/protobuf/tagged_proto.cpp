// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/tagged_proto.h"

#include "schema/protobuf/confluent_meta.h"
#include "schema/protobuf/option_text.h"
#include "schema/protobuf/proto_text.h"
#include "schema/protobuf/protobuf_schema.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog::protobuf {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::UninterpretedOption;
using Options = google::protobuf::RepeatedPtrField<UninterpretedOption>;

/// A message as it stands in the text, and as it is linked.
struct Message {
    DescriptorProto* proto = nullptr;
    const Descriptor* linked = nullptr;
};

Message child(const Message& outer, FileDescriptorProto& file, const google::protobuf::FileDescriptor& linked,
              std::string_view name) {
    auto& messages = outer.proto != nullptr ? *outer.proto->mutable_nested_type() : *file.mutable_message_type();
    for (int i = 0; i < messages.size(); ++i) {
        if (messages[i].name() == name) {
            return {&messages[i], outer.linked != nullptr ? outer.linked->nested_type(i) : linked.message_type(i)};
        }
    }
    return {};
}

/// `(confluent.field_meta)`, or a part of it: `(confluent.field_meta).tags`.
bool isMeta(const UninterpretedOption& option, std::string_view name) {
    return option.name_size() > 0 && option.name(0).is_extension() &&
           (option.name(0).name_part() == name || option.name(0).name_part() == "." + std::string(name));
}

void writeMeta(Options& options, std::string_view name, const ConfluentMeta& meta) {
    for (int i = options.size() - 1; i >= 0; --i) {
        if (isMeta(options[i], name)) {
            options.DeleteSubrange(i, 1);
        }
    }
    std::string tokens;
    const auto add = [&](const std::string& token) { tokens += (tokens.empty() ? "" : " ") + token; };
    if (!meta.doc.empty()) {
        add("doc : " + quotedText(meta.doc));
    }
    for (const auto& [key, value] : meta.params) {
        add(fmt::format("params : {{ key : {} value : {} }}", quotedText(key), quotedText(value)));
    }
    for (const auto& tag : meta.tags) {
        add("tags : " + quotedText(tag));
    }
    if (tokens.empty()) {
        return;
    }
    auto* option = options.Add();
    auto* part = option->add_name();
    part->set_name_part(std::string(name));
    part->set_is_extension(true);
    option->set_aggregate_value(tokens);
}

Status applyTags(FileDescriptorProto& file, const google::protobuf::FileDescriptor& linked, const EntityTags& asked) {
    Message message;
    std::string_view left = asked.path;
    left.remove_prefix(left.starts_with('.') ? 1 : 0);
    const auto nowhere = [&] {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("No matching path '{}' found in the schema.", asked.path.substr(0, 200)));
    };
    while (left.find('.') != std::string_view::npos || (!asked.isField && !left.empty())) {
        const auto dot = std::min(left.find('.'), left.size());
        message = child(message, file, linked, left.substr(0, dot));
        if (message.proto == nullptr) {
            return nowhere();
        }
        left.remove_prefix(std::min(dot + 1, left.size()));
    }
    if (message.proto == nullptr) {
        return nowhere();
    }
    if (!asked.isField) {
        auto meta = metaOf(message.linked->options());
        applyTo(meta.tags, asked);
        writeMeta(*message.proto->mutable_options()->mutable_uninterpreted_option(), "confluent.message_meta", meta);
        return {};
    }
    for (int i = 0; i < message.proto->field_size(); ++i) {
        auto& field = *message.proto->mutable_field(i);
        if (field.name() == left) {
            auto meta = metaOf(message.linked->field(i)->options());
            applyTo(meta.tags, asked);
            writeMeta(*field.mutable_options()->mutable_uninterpreted_option(), "confluent.field_meta", meta);
            return {};
        }
    }
    return nowhere();
}

/// Two changes of one thing are one: what is linked knows only the tags before the first.
std::vector<EntityTags> mergedByPath(std::span<const EntityTags> changes) {
    std::vector<EntityTags> merged;
    for (auto one : changes) {
        one.path = one.path.substr(one.path.starts_with('.') ? 1 : 0);
        const auto same = std::ranges::find_if(
            merged, [&](const EntityTags& other) { return other.path == one.path && other.isField == one.isField; });
        if (same == merged.end()) {
            merged.push_back(std::move(one));
        } else {
            same->add.insert(same->add.end(), one.add.begin(), one.add.end());
            same->remove.insert(same->remove.end(), one.remove.begin(), one.remove.end());
        }
    }
    return merged;
}

} // namespace

Result<std::string> taggedProto(const ParsedSchema& schema, std::span<const EntityTags> changes) {
    const auto* known = dynamic_cast<const ProtobufSchema*>(&schema);
    if (known == nullptr) {
        return fail(ErrorCode::InvalidArgument, "This is no Protobuf schema.");
    }
    const auto& main = known->files().main();
    auto file = fileOfDescriptor(main.name, main.whose, main.proto);
    if (!file) {
        return std::unexpected(file.error());
    }
    (*file)->syntax = main.syntax;
    for (const auto& one : mergedByPath(changes)) {
        if (auto done = applyTags((*file)->proto, known->files().descriptor(), one); !done) {
            return std::unexpected(done.error());
        }
    }
    return canonicalProtoText(**file);
}

} // namespace meshbone::catalog::protobuf
