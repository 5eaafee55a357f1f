// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/builtin_files.h"

#include "schema/protobuf/google_types.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.pb.h>

#include <fmt/format.h>

#include <array>

namespace meshbone::catalog::protobuf {

namespace {

// Names and numbers are the schema registry's; the places in a text's options where documentation and tags stand.
constexpr std::string_view kMeta = R"(syntax = "proto3";
package confluent;
import "google/protobuf/descriptor.proto";
message Meta { string doc = 1; map<string, string> params = 2; repeated string tags = 3; }
extend google.protobuf.FileOptions { Meta file_meta = 1088; }
extend google.protobuf.MessageOptions { Meta message_meta = 1088; }
extend google.protobuf.FieldOptions { Meta field_meta = 1088; }
extend google.protobuf.EnumOptions { Meta enum_meta = 1088; }
extend google.protobuf.EnumValueOptions { Meta enum_value_meta = 1088; }
)";

// An integer of any size, big-endian, in two's complement, and how many of its digits stand behind the point.
constexpr std::string_view kDecimal = R"(syntax = "proto3";
package confluent.type;
message Decimal { bytes value = 1; int32 scale = 2; }
)";

constexpr std::array<std::string_view, 17> kTypesWithJson{
    "Any",        "Duration",   "Empty",       "FieldMask",   "ListValue",  "Struct",
    "Timestamp",  "Value",      "UInt64Value", "BoolValue",   "BytesValue", "DoubleValue",
    "FloatValue", "Int32Value", "Int64Value",  "StringValue", "UInt32Value"};

/// What JSON depends on: names, numbers and types, not options.
std::string shapeOf(const google::protobuf::Descriptor& message) {
    google::protobuf::DescriptorProto proto;
    message.CopyTo(&proto);
    proto.clear_options();
    for (auto& field : *proto.mutable_field()) {
        field.clear_options();
    }
    return proto.SerializeAsString();
}

} // namespace

bool isWellKnownFile(const std::string& name) {
    // Naming a type of libprotobuf keeps a static one from being linked without its files.
    static const auto* const pool = google::protobuf::Any::descriptor()->file()->pool();
    return name.starts_with("google/protobuf/") && pool->FindFileByName(name) != nullptr;
}

std::optional<std::string_view> builtinText(std::string_view name) {
    if (name == "confluent/meta.proto") {
        return kMeta;
    }
    if (name == "confluent/type/decimal.proto") {
        return kDecimal;
    }
    return googleType(name);
}

std::string firstForgedType(const google::protobuf::DescriptorPool& pool) {
    const auto* const known = google::protobuf::Any::descriptor()->file()->pool();
    for (const auto type : kTypesWithJson) {
        const auto name = fmt::format("google.protobuf.{}", type);
        const auto* mine = pool.FindMessageTypeByName(name);
        const auto* real = known->FindMessageTypeByName(name);
        if (mine != real && (mine == nullptr || real == nullptr || shapeOf(*mine) != shapeOf(*real))) {
            return name;
        }
    }
    return {};
}

} // namespace meshbone::catalog::protobuf
