// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/proto_text_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace meshbone::catalog::protobuf {

using namespace google::protobuf;

namespace {

DescriptorPath pathIn(const DescriptorPath& path, int field, int index) {
    auto inner = path;
    inner.push_back(field);
    inner.push_back(index);
    return inner;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) {
        out += line + "\n";
    }
    return out;
}

constexpr int kLastNumber = FieldDescriptor::kMaxNumber;

std::string extensionRangeText(const DescriptorProto::ExtensionRange& range, bool isNormalized) {
    const auto last = range.end() - 1;
    auto out = fmt::format("extensions {}", range.start());
    out += last == range.start() ? "" : last == kLastNumber ? " to max" : fmt::format(" to {}", last);
    const auto options = optionTexts(range.options().uninterpreted_option(), isNormalized);
    return out + (options.empty() ? "" : " " + bracketedOptions(options)) + ";\n";
}

} // namespace

/// A message's fields by where they are written.
struct TypeWriter::Body {
    const Message& message;
    const Descriptor* descriptor;
    const DescriptorPath& path;
    std::vector<int> plain, groups;
    std::vector<std::vector<int>> oneofs;
    std::unordered_map<std::string_view, int> nested; ///< by name

    Body(const Message& one, const Descriptor* of, const DescriptorPath& at)
        : message(one)
        , descriptor(of)
        , path(at)
        , oneofs(static_cast<std::size_t>(one.oneof_decl_size())) {
        for (int i = 0; i < one.field_size(); ++i) {
            const auto& field = one.field(i);
            if (field.has_oneof_index() && !field.proto3_optional()) {
                oneofs[static_cast<std::size_t>(field.oneof_index())].push_back(i);
            } else {
                (field.type() == FieldDescriptorProto::TYPE_GROUP && field.has_type() ? groups : plain).push_back(i);
            }
        }
        for (int i = 0; i < one.nested_type_size(); ++i) {
            nested.emplace(one.nested_type(i).name(), i);
        }
    }
    [[nodiscard]] const FieldDescriptor* field(int index) const {
        return descriptor != nullptr ? descriptor->field(index) : nullptr;
    }
    /// The registry normalizes a map's entry that is written out to `map<…>`.
    [[nodiscard]] bool isMap(int nestedIndex) const {
        return descriptor != nullptr && descriptor->nested_type(nestedIndex)->options().map_entry();
    }
};

std::string TypeWriter::label(const Field& one) const {
    switch (one.label()) {
    case FieldDescriptorProto::LABEL_REQUIRED:
        return "required ";
    case FieldDescriptorProto::LABEL_REPEATED:
        return "repeated ";
    default: {
        const bool isSaid = one.proto3_optional() || (m_file.proto.syntax() != "proto3" && !one.has_oneof_index());
        return isSaid ? "optional " : "";
    }
    }
}

std::string TypeWriter::fieldOptions(const Field& one) const {
    auto options = optionTexts(one.options().uninterpreted_option(), m_isNormalized);
    if (one.has_default_value()) {
        const auto& value = one.default_value();
        const bool isText = one.has_type() && one.type() == FieldDescriptorProto::TYPE_STRING;
        const bool isBytes = one.has_type() && one.type() == FieldDescriptorProto::TYPE_BYTES; // escaped already
        options.push_back({"default", "default = " + (isText    ? quotedText(value)
                                                      : isBytes ? fmt::format("\"{}\"", value)
                                                                : value)});
    }
    if (one.has_json_name()) {
        options.push_back({"json_name", "json_name = " + quotedText(one.json_name())});
    }
    if (m_isNormalized) {
        sortOptions(options);
    }
    return options.empty() ? "" : " " + bracketedOptions(options);
}

namespace {

std::string writtenType(const FieldDescriptorProto& one) {
    return one.has_type() && one.type_name().empty()
               ? std::string(FieldDescriptor::TypeName(static_cast<FieldDescriptor::Type>(one.type())))
               : one.type_name();
}

std::string fullType(const FieldDescriptor& field) {
    if (const auto* message = field.message_type()) {
        return "." + std::string(message->full_name());
    }
    if (const auto* one = field.enum_type()) {
        return "." + std::string(one->full_name());
    }
    return std::string(FieldDescriptor::TypeName(field.type()));
}

} // namespace

std::string TypeWriter::field(const Field& one, const FieldDescriptor* descriptor, const Message* parent) const {
    const auto rest = fmt::format("{} = {}{};\n", one.name(), one.number(), fieldOptions(one));
    if (descriptor != nullptr) {
        if (descriptor->is_map()) {
            return fmt::format("map<{}, {}> {}", fullType(*descriptor->message_type()->map_key()),
                               fullType(*descriptor->message_type()->map_value()), rest);
        }
        return fmt::format("{}{} {}", label(one), fullType(*descriptor), rest);
    }
    if (parent != nullptr) { // the entry that `map<…>` became
        return fmt::format("map<{}, {}> {}", writtenType(parent->field(0)), writtenType(parent->field(1)), rest);
    }
    return fmt::format("{}{} {}", label(one), writtenType(one), rest);
}

std::string TypeWriter::group(const Field& one, const Body& body) const {
    const auto found = body.nested.find(one.type_name());
    if (found == body.nested.end()) {
        return {};
    }
    return fmt::format("{}group {} = {}{} {}", label(one), one.type_name(), one.number(), fieldOptions(one),
                       this->body(body.message.nested_type(found->second),
                                  body.descriptor != nullptr ? body.descriptor->nested_type(found->second) : nullptr,
                                  pathIn(body.path, DescriptorProto::kNestedTypeFieldNumber, found->second)));
}

void TypeWriter::sortByNumber(const Message& one, std::vector<int>& fields) const {
    if (m_isNormalized) {
        std::ranges::sort(fields, {}, [&](int i) { return one.field(i).number(); });
    }
}

std::string TypeWriter::oneof(const Body& body, int index) const {
    const auto& one = body.message.oneof_decl(index);
    auto out = fmt::format("oneof {} {{", one.name());
    if (const auto options = optionStatements(one.options(), m_isNormalized); !options.empty()) {
        out += '\n';
        appendIndented(out, options);
    }
    auto fields = body.oneofs[static_cast<std::size_t>(index)];
    sortByNumber(body.message, fields);
    out += fields.empty() ? "" : "\n";
    for (const auto i : fields) {
        const auto& member = body.message.field(i);
        appendIndented(out, member.has_type() && member.type() == FieldDescriptorProto::TYPE_GROUP
                                ? group(member, body)
                                : field(member, body.field(i), nullptr));
    }
    return out + "}\n";
}

std::string TypeWriter::body(const Message& one, const Descriptor* descriptor, const DescriptorPath& path) const {
    Body body(one, descriptor, path);
    sortByNumber(one, body.plain);
    std::string fields, oneofs, groups, extensionRanges, types;
    for (const auto i : body.plain) {
        const auto found = body.nested.find(one.field(i).type_name());
        const bool isMap = found != body.nested.end() && isMadeMapEntry(one.nested_type(found->second));
        fields += field(one.field(i), body.field(i), isMap ? &one.nested_type(found->second) : nullptr);
    }
    std::vector<int> order;
    for (int i = 0; i < one.oneof_decl_size(); ++i) {
        if (!body.oneofs[static_cast<std::size_t>(i)].empty()) { // else the one that `optional` stands for
            order.push_back(i);
        }
    }
    if (m_isNormalized) {
        std::ranges::sort(order, {}, [&](int i) {
            const auto& members = body.oneofs[static_cast<std::size_t>(i)];
            const auto numberOf = [&](int member) { return one.field(member).number(); };
            return numberOf(*std::ranges::min_element(members, {}, numberOf));
        });
    }
    for (const auto i : order) {
        oneofs += oneof(body, i);
    }
    for (const auto i : body.groups) {
        groups += group(one.field(i), body);
    }
    for (const auto& range : one.extension_range()) {
        extensionRanges += extensionRangeText(range, m_isNormalized);
    }
    for (const auto i : writtenMessages(one)) {
        if (!body.isMap(i)) {
            types += message(one.nested_type(i), descriptor != nullptr ? descriptor->nested_type(i) : nullptr,
                             pathIn(path, DescriptorProto::kNestedTypeFieldNumber, i));
        }
    }
    for (int i = 0; i < one.enum_type_size(); ++i) {
        types += enumeration(one.enum_type(i), pathIn(path, DescriptorProto::kEnumTypeFieldNumber, i));
    }
    std::string out = "{";
    for (const auto& section :
         {joined(m_reserved.texts(one, path, m_isNormalized)), optionStatements(one.options(), m_isNormalized), fields,
          oneofs, groups, extensionRanges, extensions(one.extension()), types}) {
        if (!section.empty()) {
            out += '\n';
            appendIndented(out, section);
        }
    }
    return out + "}\n";
}

std::string TypeWriter::message(const Message& one, const Descriptor* descriptor, const DescriptorPath& path) const {
    return fmt::format("message {} {}", one.name(), body(one, descriptor, path));
}

std::string TypeWriter::enumeration(const Enum& one, const DescriptorPath& path) const {
    std::vector<const EnumValueDescriptorProto*> values;
    for (const auto& value : one.value()) {
        values.push_back(&value);
    }
    if (m_isNormalized) {
        std::ranges::stable_sort(values, {},
                                 [](const auto* value) { return std::pair(value->number(), value->name()); });
    }
    auto inner = joined(m_reserved.texts(one, path, m_isNormalized)) + optionStatements(one.options(), m_isNormalized);
    for (const auto* value : values) {
        const auto options = optionTexts(value->options().uninterpreted_option(), m_isNormalized);
        inner += fmt::format("{} = {}{};\n", value->name(), value->number(),
                             options.empty() ? "" : " " + bracketedOptions(options));
    }
    auto out = fmt::format("enum {} {{", one.name());
    if (!inner.empty()) {
        out += '\n';
        appendIndented(out, inner);
    }
    return out + "}\n";
}

std::string TypeWriter::extensions(const RepeatedPtrField<Field>& fields) const {
    std::string out, inner;
    for (int i = 0; i < fields.size(); ++i) {
        inner += field(fields[i], nullptr, nullptr);
        if (i + 1 == fields.size() || fields[i + 1].extendee() != fields[i].extendee()) {
            out += fmt::format("extend {} {{\n", fields[i].extendee());
            appendIndented(out, inner);
            out += "}\n";
            inner.clear();
        }
    }
    return out;
}

} // namespace meshbone::catalog::protobuf
