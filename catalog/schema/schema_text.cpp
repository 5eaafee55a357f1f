// SPDX-License-Identifier: Apache-2.0
#include "schema/uuid_text.h"

#include <catalog/schema.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {

namespace {

constexpr std::array<std::string_view, 3> kTypeNames{"AVRO", "JSON", "PROTOBUF"};

} // namespace

std::string_view schemaTypeName(SchemaType type) {
    return kTypeNames[static_cast<std::size_t>(type)];
}

std::optional<SchemaType> schemaTypeFromName(std::string_view name) {
    const auto found = std::ranges::find(kTypeNames, name);
    return found == kTypeNames.end() ? std::nullopt
                                     : std::optional(static_cast<SchemaType>(found - kTypeNames.begin()));
}

std::string uuidText(std::string_view bytes) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        text += i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "";
        text += kHex[static_cast<unsigned char>(bytes[i]) >> 4];
        text += kHex[static_cast<unsigned char>(bytes[i]) & 15];
    }
    return text;
}

TextPlace placeOf(std::string_view text, std::size_t byte) {
    const auto before = text.substr(0, std::min(byte, text.size()));
    const auto lastBreak = before.rfind('\n');
    const auto lineStart = lastBreak == std::string_view::npos ? 0 : lastBreak + 1;
    return {static_cast<int>(std::ranges::count(before, '\n')) + 1, static_cast<int>(before.size() - lineStart) + 1};
}

} // namespace meshbone::catalog
