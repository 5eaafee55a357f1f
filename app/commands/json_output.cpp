// SPDX-License-Identifier: Apache-2.0
#include "commands/json_output.h"

#include <fmt/core.h>

#include <cstdint>

namespace meshbone::app {

namespace {

std::string base64(std::string_view bytes) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) {
            return at < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])) : 0u;
        };
        const auto group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        text += kAlphabet[group >> 18 & 63];
        text += kAlphabet[group >> 12 & 63];
        text += i + 1 < bytes.size() ? kAlphabet[group >> 6 & 63] : '=';
        text += i + 2 < bytes.size() ? kAlphabet[group & 63] : '=';
    }
    return text;
}

} // namespace

void printJson(const Json& json) {
    fmt::print("{}\n", json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

bool isUtf8(std::string_view bytes) {
    // The JSON library knows UTF-8 exactly: its strict mode refuses what isn't.
    try {
        (void)Json(std::string(bytes)).dump();
        return true;
    } catch (const Json::exception&) {
        return false;
    }
}

void setBytes(Json& object, const std::string& name, const std::optional<Bytes>& bytes) {
    if (!bytes) {
        object[name] = nullptr;
    } else if (isUtf8(*bytes)) {
        object[name] = *bytes;
    } else {
        object[name + "Base64"] = base64(*bytes);
    }
}

Json recordJson(const Record& record) {
    Json json{{"topic", record.topic},
              {"partition", record.partition.value()},
              {"offset", record.offset.value()},
              {"timestamp", record.timestampMs}};
    setBytes(json, "key", record.key);
    setBytes(json, "value", record.value);
    json["headers"] = Json::array();
    for (const auto& header : record.headers) {
        Json entry{{"name", header.name}};
        setBytes(entry, "value", header.value);
        json["headers"].push_back(entry);
    }
    return json;
}

} // namespace meshbone::app
