// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/record.h>
#include <backbone/utf8.h>

#include <nlohmann/json.hpp>

#include <optional>
#include <string_view>

namespace meshbone::app {

using Json = nlohmann::ordered_json;

/// Prints one line of JSON on standard output. Bytes that aren't UTF-8 become U+FFFD; use bytesField where they matter.
void printJson(const Json& json);

/// Sets `name` to the text, or to null; bytes that aren't UTF-8 go to `<name>Base64` instead, so that nothing is lost.
void setBytes(Json& object, const std::string& name, const std::optional<Bytes>& bytes);

Json recordJson(const Record& record);

} // namespace meshbone::app
