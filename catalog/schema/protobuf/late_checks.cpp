// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/late_checks.h"

#include <fmt/format.h>

#include <map>

namespace meshbone::catalog::protobuf {

namespace {

using namespace google::protobuf;

/// The name that a field has in JSON unless its options give it another.
std::string usualJsonName(const std::string& name) {
    std::string made;
    bool isUpper = false;
    for (const char c : name) {
        if (c != '_') {
            made += isUpper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        isUpper = c == '_';
    }
    return made;
}

struct JsonName {
    const FieldDescriptorProto* field = nullptr;
    bool isGiven = false;
};

void checkJsonNames(const DescriptorProto& message, bool isProto3, const ToldError& wrong) {
    std::map<std::string, JsonName> names;
    for (const auto& field : message.field()) {
        const auto usual = usualJsonName(field.name());
        const auto name = field.has_json_name() ? field.json_name() : usual;
        const bool isGiven = name != usual; // an encoded descriptor has the usual ones too
        const auto [other, isNew] = names.try_emplace(name, JsonName{&field, isGiven});
        // Two usual names are libprotobuf's to judge; in proto2 only given ones count.
        if (!isNew && (isProto3 ? isGiven || other->second.isGiven : isGiven && other->second.isGiven)) {
            wrong(field, true,
                  fmt::format("The fields {} and {} have the same name in JSON, {}.", other->second.field->name(),
                              field.name(), name));
        }
    }
}

void checkMessage(const DescriptorProto& message, bool isProto3, const ToldError& wrong) {
    for (const auto& range : message.reserved_range()) { // its end is one beyond
        if (range.start() >= range.end()) {
            wrong(range, false, fmt::format("A reserved range of {} ends before it begins.", message.name()));
        }
    }
    checkJsonNames(message, isProto3, wrong);
    for (const auto& nested : message.nested_type()) { // no deeper than the parser let them
        checkMessage(nested, isProto3, wrong);
    }
}

} // namespace

void checkLate(const FileDescriptorProto& file, const ToldError& wrong) {
    for (const auto& message : file.message_type()) {
        checkMessage(message, file.syntax() == "proto3", wrong);
    }
}

} // namespace meshbone::catalog::protobuf
