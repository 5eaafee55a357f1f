// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/confluent_meta.h"

#include "schema/protobuf/pre_scan.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/unknown_field_set.h>

namespace meshbone::catalog::protobuf {

namespace {
// Of confluent/meta.proto, see builtin_files.cpp. To libprotobuf's own options an extension of ours is an unknown
// field.
constexpr int kMetaNumber = 1088;
constexpr int kDocNumber = 1;
constexpr int kParamsNumber = 2;
constexpr int kTagsNumber = 3;

using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

/// What is delimited by a length among the fields of encoded bytes, by number.
std::vector<std::pair<int, std::string>> textsIn(const UnknownFieldSet& fields) {
    std::vector<std::pair<int, std::string>> texts;
    for (int i = 0; i < fields.field_count(); ++i) {
        const auto& part = fields.field(i);
        if (part.type() == UnknownField::TYPE_LENGTH_DELIMITED) {
            texts.emplace_back(part.number(), part.length_delimited());
        }
    }
    return texts;
}

bool isText(const std::string& bytes) {
    return firstNonUtf8(bytes) >= bytes.size();
}

/// An entry of the map of parameters: 1 is the key, 2 the value.
void readParam(const std::string& bytes, ConfluentMeta& meta) {
    UnknownFieldSet entry;
    if (!entry.ParseFromString(bytes)) {
        return;
    }
    std::pair<std::string, std::string> param;
    for (auto& [number, text] : textsIn(entry)) {
        (number == 1 ? param.first : param.second) = isText(text) ? std::move(text) : std::string();
    }
    meta.params.push_back(std::move(param));
}

} // namespace

ConfluentMeta metaOf(const google::protobuf::Message& options) {
    ConfluentMeta meta;
    for (const auto& [option, bytes] : textsIn(options.GetReflection()->GetUnknownFields(options))) {
        UnknownFieldSet inside;
        if (option != kMetaNumber || !inside.ParseFromString(bytes)) {
            continue;
        }
        for (auto& [number, part] : textsIn(inside)) {
            if (number == kParamsNumber) {
                readParam(part, meta);
            } else if (number == kDocNumber && isText(part)) {
                meta.doc = std::move(part);
            } else if (number == kTagsNumber && isText(part)) {
                meta.tags.push_back(std::move(part));
            }
        }
    }
    return meta;
}

} // namespace meshbone::catalog::protobuf
