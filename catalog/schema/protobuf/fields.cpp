// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/fields.h"

#include "schema/protobuf/confluent_meta.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace meshbone::catalog::protobuf {

namespace {

using namespace google::protobuf;

constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kKnownTypes{{
    {"google.protobuf.Timestamp", "timestamp"},
    {"google.protobuf.Duration", "duration"},
    {"google.protobuf.Any", "any message"},
    {"google.protobuf.Struct", "JSON object"},
    {"google.protobuf.Value", "JSON value"},
    {"google.protobuf.ListValue", "JSON array"},
    {"google.protobuf.FieldMask", "field mask"},
    {"google.protobuf.DoubleValue", "double or null"},
    {"google.protobuf.FloatValue", "float or null"},
    {"google.protobuf.Int64Value", "int64 or null"},
    {"google.protobuf.UInt64Value", "uint64 or null"},
    {"google.protobuf.Int32Value", "int32 or null"},
    {"google.protobuf.UInt32Value", "uint32 or null"},
    {"google.protobuf.BoolValue", "bool or null"},
    {"google.protobuf.StringValue", "string or null"},
    {"google.protobuf.BytesValue", "bytes or null"},
    {"confluent.type.Decimal", "decimal"},
}};

std::string oneTypeWords(const FieldDescriptor& field) {
    if (const auto* message = field.message_type()) {
        const auto known = std::ranges::find(kKnownTypes, std::string_view(message->full_name()),
                                             &std::pair<std::string_view, std::string_view>::first);
        return std::string(known != kKnownTypes.end() ? known->second : std::string_view(message->name()));
    }
    if (const auto* one = field.enum_type()) {
        return fmt::format("enum {}", std::string_view(one->name()));
    }
    return std::string(FieldDescriptor::TypeName(field.type()));
}

/// A comment as it stands behind its marks, lines trimmed and joined.
std::string commentText(std::string_view comment) {
    std::string text;
    while (!comment.empty()) {
        const auto end = comment.find('\n');
        auto line = comment.substr(0, end);
        comment.remove_prefix(end == std::string_view::npos ? comment.size() : end + 1);
        line.remove_prefix(std::min(line.find_first_not_of(" \t\r*"), line.size()));
        line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        text += text.empty() || line.empty() ? "" : "\n";
        text += line;
    }
    return text;
}

template <class Described>
std::string docOf(const Described& described, std::string otherwise) {
    SourceLocation location;
    auto comment = described.GetSourceLocation(&location) ? commentText(location.leading_comments) : std::string();
    return comment.empty() ? std::move(otherwise) : comment;
}

bool isEntered(const Descriptor& message) {
    const std::string_view file = message.file()->name();
    return !file.starts_with("google/protobuf/") && !file.starts_with("confluent/type/");
}

class Walk {
public:
    explicit Walk(const FileSet& files)
        : m_files(files) {}

    std::vector<WalkedField> run() {
        const auto& file = m_files.descriptor();
        for (int i = 0; i < file.message_type_count(); ++i) {
            const auto& message = *file.message_type(i);
            if (i == 0) {
                enter(message, "");
            } else if (!m_seen.contains(&message)) {
                enter(message, std::string(message.name()) + ".");
            }
        }
        return std::move(m_found);
    }

private:
    void enter(const Descriptor& message, const std::string& prefix) {
        m_seen.insert(&message);
        m_inside.push_back(&message);
        for (int i = 0; i < message.field_count() && m_found.size() < kMaxFieldsListed; ++i) {
            const auto& field = *message.field(i);
            const auto path = prefix + std::string(field.name()) +
                              (field.is_map()        ? "{}"
                               : field.is_repeated() ? "[]"
                                                     : "");
            add(field, path.ends_with('}') || path.ends_with(']') ? path.substr(0, path.size() - 2) : path);
            const auto* inner =
                field.is_map() ? field.message_type()->map_value()->message_type() : field.message_type();
            if (inner != nullptr && isEntered(*inner) && std::ranges::find(m_inside, inner) == m_inside.end() &&
                m_inside.size() < static_cast<std::size_t>(kMaxSchemaDepth)) {
                enter(*inner, path + ".");
            }
        }
        m_inside.pop_back();
    }
    void add(const FieldDescriptor& field, std::string path) {
        auto meta = metaOf(field.options());
        m_found.push_back({&field,
                           {.path = std::move(path),
                            .type = typeWords(field),
                            .doc = docOf(field, std::move(meta.doc)),
                            .isOptional = !field.is_required(),
                            .tags = std::move(meta.tags),
                            .aliases = {},
                            .place = m_files.place(field)}});
    }

    const FileSet& m_files;
    std::vector<WalkedField> m_found;
    std::vector<const Descriptor*> m_inside;
    std::set<const Descriptor*> m_seen;
};

} // namespace

std::string messageDoc(const Descriptor& message) {
    return docOf(message, metaOf(message.options()).doc);
}

std::string typeWords(const FieldDescriptor& field) {
    if (field.is_map()) {
        return fmt::format("map of {} to {}", oneTypeWords(*field.message_type()->map_key()),
                           oneTypeWords(*field.message_type()->map_value()));
    }
    return field.is_repeated() ? fmt::format("array of {}", oneTypeWords(field)) : oneTypeWords(field);
}

std::vector<WalkedField> walkFields(const FileSet& files) {
    return Walk(files).run();
}

} // namespace meshbone::catalog::protobuf
