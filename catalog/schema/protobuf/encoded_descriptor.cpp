// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/encoded_descriptor.h"

#include "schema/protobuf/library.h"

#include <backbone/base64.h>

#include <cstdint>
#include <string>

namespace meshbone::catalog::protobuf {

namespace {

/// Standard base64 with its padding; nothing if it is not all of the text.
std::optional<std::string> decoded(std::string_view text) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (text.empty() || text.size() % 4 != 0) {
        return std::nullopt;
    }
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    text.remove_suffix(padding);
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const auto c : text) {
        const auto digit = kDigits.find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xFF);
        }
    }
    return bytes;
}

} // namespace

std::optional<google::protobuf::FileDescriptorProto> encodedDescriptor(std::string_view text) {
    const auto bytes = decoded(text);
    google::protobuf::FileDescriptorProto file;
    const Quiet quiet;
    if (!bytes || !file.ParseFromString(*bytes) || file.name().empty()) {
        return std::nullopt;
    }
    file.clear_source_code_info();
    return file;
}

std::string encodedText(const google::protobuf::FileDescriptor& file) {
    google::protobuf::FileDescriptorProto proto;
    file.CopyTo(&proto);
    proto.set_name("default");
    return toBase64(proto.SerializeAsString());
}

} // namespace meshbone::catalog::protobuf
