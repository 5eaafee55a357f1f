// SPDX-License-Identifier: Apache-2.0
#include "schema/framing.h"

#include "schema/uuid_text.h"

#include <catalog/avro.h>

#include <backbone/utf8.h>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace meshbone::catalog {

namespace {

constexpr char kPrefixMagic = 0x00;
constexpr char kGuidMagic = 0x01;
constexpr std::size_t kIdBytes = 4, kGuidBytes = 16;

std::int32_t bigEndian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (const char c : bytes.substr(0, kIdBytes)) {
        value = (value << 8) | static_cast<unsigned char>(c);
    }
    return static_cast<std::int32_t>(value);
}

/// A header in either of the framings that Confluent's serializers put there.
bool readHeader(const std::vector<Header>& headers, bool isKey, ReadFraming& read) {
    const auto found = std::ranges::find(headers, isKey ? "__key_schema_id" : "__value_schema_id", &Header::name);
    if (found == headers.end() || !found->value) {
        return false;
    }
    const std::string_view value = *found->value;
    if (value.size() == 1 + kGuidBytes && value[0] == kGuidMagic) {
        read.framing = Framing::HeaderGuid;
        read.guid = uuidText(value.substr(1));
    } else if (value.size() == 1 + kIdBytes && value[0] == kPrefixMagic) {
        read.framing = Framing::HeaderGuid;
        read.id = SchemaId(bigEndian(value.substr(1)));
    }
    return read.framing == Framing::HeaderGuid;
}

bool looksLikeJson(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[') &&
           nlohmann::json::accept(text);
}

} // namespace

ReadFraming readFraming(std::string_view all, const std::vector<Header>& headers, bool isKey) {
    ReadFraming read;
    read.payload = all;
    if (readHeader(headers, isKey, read)) {
        return read;
    }
    if (all.size() > kIdBytes && all[0] == kPrefixMagic) {
        read.framing = Framing::Prefix;
        read.id = SchemaId(bigEndian(all.substr(1)));
        read.payload = all.substr(1 + kIdBytes);
    } else if (all.size() > kGuidBytes && all[0] == kGuidMagic && !isUtf8(all.substr(0, 1 + kGuidBytes))) {
        read.framing = Framing::Prefix;
        read.guid = uuidText(all.substr(1, kGuidBytes));
        read.payload = all.substr(1 + kGuidBytes);
    } else if (const auto single = avroSingleObject(all)) {
        read.framing = Framing::SingleObject;
        read.fingerprint = single->fingerprint;
        read.payload = single->payload;
    } else if (looksLikeJson(all)) {
        read.framing = Framing::Json;
    } else {
        read.framing = isUtf8(all) && !all.contains('\0') ? Framing::Text : Framing::Binary;
    }
    return read;
}

Bytes framed(SchemaId id, std::string_view payload) {
    Bytes bytes(1, kPrefixMagic);
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>((static_cast<std::uint32_t>(id.value()) >> shift) & 0xFFU);
    }
    return bytes.append(payload);
}

} // namespace meshbone::catalog
