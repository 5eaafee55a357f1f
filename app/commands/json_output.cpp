// SPDX-License-Identifier: Apache-2.0
#include "commands/json_output.h"

#include <backbone/base64.h>

#include <fmt/core.h>

namespace meshbone::app {

void printJson(const Json& json) {
    fmt::print("{}\n", json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void setBytes(Json& object, const std::string& name, const std::optional<Bytes>& bytes) {
    if (!bytes) {
        object[name] = nullptr;
    } else if (isUtf8(*bytes)) {
        object[name] = *bytes;
    } else {
        object[name + "Base64"] = toBase64(*bytes);
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
