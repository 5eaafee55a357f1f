// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/proto_text.h"

#include "schema/protobuf/proto_text_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace meshbone::catalog::protobuf {

namespace {

using namespace google::protobuf;

std::string importTexts(const FileDescriptorProto& file, bool isNormalized) {
    const std::set<int> isPublic(file.public_dependency().begin(), file.public_dependency().end());
    const std::set<int> isWeak(file.weak_dependency().begin(), file.weak_dependency().end());
    std::vector<std::string> plain, weak, open;
    for (int i = 0; i < file.dependency_size(); ++i) {
        auto& list = isPublic.contains(i) ? open : isWeak.contains(i) ? weak : plain;
        list.push_back(quotedText(file.dependency(i)));
    }
    std::string out;
    const auto write = [&](std::vector<std::string>& names, std::string_view word) {
        if (isNormalized) {
            std::ranges::sort(names);
            names.erase(std::unique(names.begin(), names.end()), names.end());
        }
        for (const auto& name : names) {
            out += fmt::format("import {}{};\n", word, name);
        }
    };
    write(plain, "");
    write(weak, "weak ");
    write(open, "public ");
    return out;
}

std::string methodText(const MethodDescriptorProto& method, const MethodDescriptor* descriptor) {
    const auto typeText = [](const std::string& written, const Descriptor* full) {
        return full != nullptr ? "." + std::string(full->full_name()) : written;
    };
    auto out = fmt::format("rpc {} ({}{}) returns ({}{})", method.name(), method.client_streaming() ? "stream " : "",
                           typeText(method.input_type(), descriptor != nullptr ? descriptor->input_type() : nullptr),
                           method.server_streaming() ? "stream " : "",
                           typeText(method.output_type(), descriptor != nullptr ? descriptor->output_type() : nullptr));
    if (const auto options = optionStatements(method.options(), descriptor != nullptr); !options.empty()) {
        out += " {\n";
        appendIndented(out, options);
        out += "}";
    }
    return out + ";\n";
}

std::string serviceText(const ServiceDescriptorProto& service, const ServiceDescriptor* descriptor) {
    auto out = fmt::format("service {} {{", service.name());
    if (const auto options = optionStatements(service.options(), descriptor != nullptr); !options.empty()) {
        out += '\n';
        appendIndented(out, options);
    }
    out += service.method_size() > 0 ? "\n" : "";
    for (int i = 0; i < service.method_size(); ++i) {
        appendIndented(out, methodText(service.method(i), descriptor != nullptr ? descriptor->method(i) : nullptr));
    }
    return out + "}\n";
}

std::string typeTexts(const FileDescriptorProto& file, const FileDescriptor* descriptor, const TypeWriter& writer) {
    std::string out;
    for (int i = 0; i < file.message_type_size(); ++i) {
        out += writer.message(file.message_type(i), descriptor != nullptr ? descriptor->message_type(i) : nullptr,
                              {FileDescriptorProto::kMessageTypeFieldNumber, i});
    }
    for (int i = 0; i < file.enum_type_size(); ++i) {
        out += writer.enumeration(file.enum_type(i), {FileDescriptorProto::kEnumTypeFieldNumber, i});
    }
    return out;
}

std::string fileText(const ParsedFile& parsed, const FileDescriptor* descriptor) {
    const auto& file = parsed.proto;
    const bool isNormalized = descriptor != nullptr;
    std::string out;
    if (!parsed.syntax.empty()) {
        out += fmt::format("syntax = \"{}\";\n", parsed.syntax);
    }
    if (file.has_package()) {
        out += fmt::format("package {};\n", file.package());
    }
    std::string services;
    for (int i = 0; i < file.service_size(); ++i) {
        services += serviceText(file.service(i), isNormalized ? descriptor->service(i) : nullptr);
    }
    const TypeWriter writer(parsed, isNormalized);
    for (const auto& section : {importTexts(file, isNormalized), optionStatements(file.options(), isNormalized),
                                typeTexts(file, descriptor, writer), writer.extensions(file.extension()), services}) {
        out += section.empty() ? "" : "\n" + section;
    }
    return out;
}

} // namespace

std::string canonicalProtoText(const ParsedFile& file) {
    return fileText(file, nullptr);
}

std::string normalizedProtoText(const ParsedFile& file, const FileDescriptor& descriptor) {
    return fileText(file, &descriptor);
}

} // namespace meshbone::catalog::protobuf
