// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/parsed_file.h"

#include "schema/protobuf/library.h"
#include "schema/protobuf/pre_scan.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog::protobuf {

namespace {

using namespace google::protobuf;

/// Keeps the first error: the ones behind it often follow from it.
class FirstError : public io::ErrorCollector {
public:
#if MESHBONE_PROTOBUF_ABSL
    void RecordError(int line, io::ColumnNumber column, absl::string_view message) override {
#else
    void AddError(int line, io::ColumnNumber column, const std::string& message) override {
#endif
        if (m_message.empty()) {
            m_line = line;
            m_column = column;
            m_message = std::string(message);
        }
    }
    [[nodiscard]] const std::string& message() const { return m_message; }
    [[nodiscard]] TextPlace place(const LinePlaces& lines) const { return lines.place(m_line, m_column); }

private:
    int m_line = 0;
    int m_column = 0;
    std::string m_message;
};

template <class Options>
std::size_t optionNodes(const Options& options) {
    return static_cast<std::size_t>(options.uninterpreted_option_size());
}

std::size_t enumNodes(const EnumDescriptorProto& one) {
    auto nodes = 1 + optionNodes(one.options()) + static_cast<std::size_t>(one.reserved_range_size()) +
                 static_cast<std::size_t>(one.reserved_name_size());
    for (const auto& value : one.value()) {
        nodes += 1 + optionNodes(value.options());
    }
    return nodes;
}

std::size_t messageNodes(const DescriptorProto& one) {
    auto nodes = 1 + optionNodes(one.options()) +
                 static_cast<std::size_t>(one.reserved_range_size() + one.reserved_name_size()) +
                 static_cast<std::size_t>(one.oneof_decl_size() + one.extension_range_size());
    for (const auto& field : one.field()) {
        nodes += 1 + optionNodes(field.options());
    }
    for (const auto& field : one.extension()) {
        nodes += 1 + optionNodes(field.options());
    }
    for (const auto& nested : one.enum_type()) {
        nodes += enumNodes(nested);
    }
    for (const auto& nested : one.nested_type()) { // no deeper than the parser let them
        nodes += messageNodes(nested);
    }
    return nodes;
}

std::size_t fileNodes(const FileDescriptorProto& file) {
    auto nodes = optionNodes(file.options()) + static_cast<std::size_t>(file.dependency_size());
    for (const auto& message : file.message_type()) {
        nodes += messageNodes(message);
    }
    for (const auto& one : file.enum_type()) {
        nodes += enumNodes(one);
    }
    for (const auto& field : file.extension()) {
        nodes += 1 + optionNodes(field.options());
    }
    for (const auto& service : file.service()) {
        nodes += 1 + optionNodes(service.options());
        for (const auto& method : service.method()) {
            nodes += 1 + optionNodes(method.options());
        }
    }
    return nodes;
}

bool isSyntaxSaid(const FileDescriptorProto& file) {
    return std::ranges::any_of(file.source_code_info().location(), [](const SourceCodeInfo::Location& location) {
        return location.path_size() == 1 && location.path(0) == FileDescriptorProto::kSyntaxFieldNumber;
    });
}

Result<std::unique_ptr<ParsedFile>> counted(std::unique_ptr<ParsedFile> file) {
    file->nodes = fileNodes(file->proto);
    if (file->nodes > kMaxSchemaNodes) {
        return fail(ErrorCode::Exhausted,
                    fmt::format("{} has {} types, fields, values and options; at most {} are possible.", file->whose,
                                file->nodes, kMaxSchemaNodes));
    }
    return file;
}

} // namespace

std::string ParsedFile::sentence(TextPlace place, std::string_view message) const {
    const auto stop = message.ends_with('.') ? "" : ".";
    return place.line == 0 ? fmt::format("{} is not valid Protobuf: {}{}", whose, message, stop)
                           : fmt::format("{} is not valid Protobuf at line {}, column {}: {}{}", whose, place.line,
                                         place.column, message, stop);
}

Result<std::unique_ptr<ParsedFile>> parseFile(std::string name, std::string whose, std::string text) {
    if (auto scanned = preScan(text, whose); !scanned) {
        return std::unexpected(std::move(scanned.error()));
    }
    auto file = std::make_unique<ParsedFile>();
    file->name = std::move(name);
    file->whose = std::move(whose);
    file->text = std::move(text);
    file->lines = LinePlaces(file->text);
    const Quiet quiet;
    FirstError error;
    io::ArrayInputStream stream(file->text.data(), static_cast<int>(file->text.size()));
    io::Tokenizer tokenizer(&stream, &error);
    compiler::Parser parser;
    parser.RecordErrorsTo(&error);
    parser.RecordSourceLocationsTo(&file->locations);
    const bool parsed = parser.Parse(&tokenizer, &file->proto);
    if (!parsed || !error.message().empty()) {
        return fail(ErrorCode::InvalidArgument, file->sentence(error.place(file->lines), error.message()));
    }
    file->proto.set_name(file->name);
    file->syntax = isSyntaxSaid(file->proto) ? parser.GetSyntaxIdentifier() : "";
    return counted(std::move(file));
}

Result<std::unique_ptr<ParsedFile>> fileOfDescriptor(std::string name, std::string whose, FileDescriptorProto proto) {
    auto file = std::make_unique<ParsedFile>();
    file->name = std::move(name);
    file->whose = std::move(whose);
    file->proto = std::move(proto);
    file->proto.set_name(file->name);
    return counted(std::move(file));
}

} // namespace meshbone::catalog::protobuf
