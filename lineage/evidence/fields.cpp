// SPDX-License-Identifier: Apache-2.0
#include "evidence/fields.h"

#include "evidence/entry.h"

namespace meshbone::lineage {

std::string Fields::string(const char* name) {
    const auto at = m_json.find(name);
    if (at == m_json.end() || !at->is_string() || at->get_ref<const std::string&>().size() > 4 * kMaxNameBytes) {
        return wrong(name), std::string();
    }
    return at->get<std::string>();
}

std::int64_t Fields::count(const char* name) {
    const auto at = m_json.find(name);
    return at == m_json.end() ? (wrong(name), 0) : number(*at, name);
}

bool Fields::boolean(const char* name, bool missing) {
    const auto at = m_json.find(name);
    if (at == m_json.end()) {
        return missing;
    }
    return at->is_boolean() ? at->get<bool>() : (wrong(name), missing);
}

std::vector<std::pair<std::int64_t, std::int64_t>> Fields::pairs(const char* name, std::size_t max) {
    std::vector<std::pair<std::int64_t, std::int64_t>> out;
    const auto at = m_json.find(name);
    if (at == m_json.end() || !at->is_array() || at->size() > max) {
        return wrong(name), out;
    }
    for (const auto& pair : *at) {
        if (!pair.is_array() || pair.size() != 2) {
            return wrong(name), out;
        }
        out.emplace_back(number(pair[0], name), number(pair[1], name));
    }
    return out;
}

const Json& Fields::object(const char* name) {
    static const Json kEmpty = Json::object();
    const auto at = m_json.find(name);
    return at != m_json.end() && at->is_object() ? *at : (wrong(name), kEmpty);
}

std::int64_t Fields::number(const Json& json, const char* name) {
    if (!json.is_number_integer()) {
        return wrong(name), 0;
    }
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(kMaxCount)) {
        return wrong(name), 0;
    }
    const auto value = json.get<std::int64_t>();
    return value < 0 ? (wrong(name), 0) : value;
}

} // namespace meshbone::lineage
