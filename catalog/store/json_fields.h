// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/access_json.h"

#include <catalog/access_names.h>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace meshbone::catalog {

// Fields of a JSON object that may be anything: what isn't there, or of another type, leaves the value as it is.

inline void take(const nlohmann::json& from, const char* key, std::string& to) {
    if (const auto found = from.find(key); found != from.end() && found->is_string()) {
        to = found->get<std::string>();
    }
}
inline void take(const nlohmann::json& from, const char* key, std::int64_t& to) {
    if (const auto found = from.find(key); found != from.end() && found->is_number_integer()) {
        to = found->get<std::int64_t>();
    }
}
inline void take(const nlohmann::json& from, const char* key, bool& to) {
    if (const auto found = from.find(key); found != from.end() && found->is_boolean()) {
        to = found->get<bool>();
    }
}
inline std::string textIn(const nlohmann::json& from, const char* key) {
    std::string text;
    take(from, key, text);
    return text;
}
template <class Enum>
void takeNamed(const nlohmann::json& from, const char* key, Enum& to) {
    to = named<Enum>(textIn(from, key)).value_or(to);
}
template <class T>
void takeObject(const nlohmann::json& from, const char* key, T& to) {
    if (const auto found = from.find(key); found != from.end()) {
        fromJson(*found, to);
    }
}
template <class T>
void takeList(const nlohmann::json& from, const char* key, std::vector<T>& to) {
    const auto found = from.find(key);
    if (found == from.end() || !found->is_array()) {
        return;
    }
    for (const nlohmann::json& item : *found) {
        fromJson(item, to.emplace_back());
    }
}
template <class T>
nlohmann::json listJson(const std::vector<T>& values) {
    auto list = nlohmann::json::array();
    for (const T& value : values) {
        list.push_back(toJson(value));
    }
    return list;
}

} // namespace meshbone::catalog
