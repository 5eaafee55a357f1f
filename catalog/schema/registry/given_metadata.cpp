// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/given_metadata.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace meshbone::catalog {

namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

RegistryResult<std::map<std::string, std::set<std::string>>> tagsByPath(const Json& value) {
    if (!value.is_object()) {
        return refuse(kWrongShape, R"("tags" must be an object of paths with an array of tags each.)");
    }
    std::map<std::string, std::set<std::string>> tags;
    for (const auto& [path, given] : value.items()) {
        if (given.is_null()) {
            continue;
        }
        auto some = scalarSet(given, fmt::format("the tags of \"{}\"", path));
        if (!some) {
            return std::unexpected(std::move(some.error()));
        }
        tags.emplace(path, std::move(*some));
    }
    return tags;
}

/// A member as `read` understands it, kept under its name; one that is null, absent or empty isn't.
template <class Read>
RegistryResult<void> keep(OrderedJson& kept, const Json& from, const char* name, Read read) {
    const auto given = from.find(name);
    if (given == from.end() || given->is_null()) {
        return {};
    }
    auto value = read(*given);
    if (!value) {
        return std::unexpected(std::move(value.error()));
    }
    if (!value->empty()) {
        kept[name] = *std::move(value);
    }
    return {};
}

} // namespace

RegistryResult<std::optional<std::string>> scalarText(const Json& value, std::string_view what) {
    if (value.is_null()) {
        return std::nullopt;
    }
    if (value.is_structured()) {
        return refuse(kWrongShape, fmt::format("{} must be a text.", what));
    }
    return value.is_string() ? value.get<std::string>() : value.dump();
}

RegistryResult<std::set<std::string>> scalarSet(const Json& value, std::string_view what) {
    if (!value.is_array()) {
        return refuse(kWrongShape, fmt::format("{} must be an array of texts.", what));
    }
    std::set<std::string> texts;
    for (const auto& one : value) {
        auto text = scalarText(one, fmt::format("each of {}", what));
        if (!text) {
            return std::unexpected(std::move(text.error()));
        }
        if (*text) {
            texts.insert(std::move(**text));
        }
    }
    return texts;
}

RegistryResult<std::map<std::string, std::string>> scalarMap(const Json& value, std::string_view what) {
    if (!value.is_object()) {
        return refuse(kWrongShape, fmt::format("{} must be an object of texts.", what));
    }
    std::map<std::string, std::string> texts;
    for (const auto& [name, given] : value.items()) {
        auto text = scalarText(given, fmt::format("\"{}\" of {}", name, what));
        if (!text) {
            return std::unexpected(std::move(text.error()));
        }
        if (*text) {
            texts.emplace(name, std::move(**text));
        }
    }
    return texts;
}

RegistryResult<std::string> givenMetadata(const std::string& json) {
    if (json.empty()) {
        return json;
    }
    const auto given = Json::parse(json, nullptr, false);
    if (!given.is_object()) {
        return refuse(kWrongShape, R"("metadata" must be an object with "tags", "properties" and "sensitive".)");
    }
    auto kept = OrderedJson::object();
    for (const auto& read :
         {keep(kept, given, "tags", tagsByPath),
          keep(kept, given, "properties", [](const Json& one) { return scalarMap(one, "\"properties\""); }),
          keep(kept, given, "sensitive", [](const Json& one) { return scalarSet(one, "\"sensitive\""); })}) {
        if (!read) {
            return std::unexpected(read.error());
        }
    }
    return kept.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

} // namespace meshbone::catalog
