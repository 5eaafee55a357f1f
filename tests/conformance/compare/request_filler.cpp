// SPDX-License-Identifier: Apache-2.0
#include "request_filler.h"

#include "support/requests.h"

namespace meshbone::compare {
namespace {

constexpr std::string_view kHex = "hex:";

std::string fromHex(std::string_view digits) {
    std::string octets;
    for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
        octets += static_cast<char>(std::stoi(std::string(digits.substr(at, 2)), nullptr, 16));
    }
    return octets;
}

std::string batchAt(const nlohmann::json& timestampsMs) {
    std::vector<Record> records;
    for (const auto& timestampMs : timestampsMs) {
        auto& record = records.emplace_back();
        record.key = "k";
        record.value = "v";
        record.timestampMs = timestampMs.get<TimestampMs>();
    }
    return backbone::buildBatch(records).value();
}

void collectNames(const nlohmann::json& value, std::set<std::string>& into) {
    for (const auto& [name, field] : value.items()) {
        if (value.is_object()) {
            into.insert(name);
        }
        if (field.is_structured()) {
            collectNames(field, into);
        }
    }
}

} // namespace

std::set<std::string> RequestFiller::unusedNames() const {
    std::set<std::string> names;
    collectNames(m_values, names);
    std::erase_if(names, [&](const std::string& name) { return m_used.contains(name); });
    return names;
}

const nlohmann::json* RequestFiller::take(const Field& field) {
    auto& level = m_levels.back();
    if (level.values == nullptr) {
        return nullptr;
    }
    if (level.isArray) {
        return &level.values->at(level.next++);
    }
    const auto found = level.values->find(field.name);
    if (found == level.values->end()) {
        return nullptr;
    }
    m_used.insert(field.name);
    return &*found;
}

std::int64_t RequestFiller::integer(const Field& field, std::int64_t value, std::size_t, bool isBool) {
    const auto* given = take(field);
    if (given == nullptr) {
        return value;
    }
    return isBool ? static_cast<std::int64_t>(given->get<bool>()) : given->get<std::int64_t>();
}

TopicId RequestFiller::uuid(const Field& field, const TopicId& value) {
    const auto* given = take(field);
    return given == nullptr ? value : TopicId::fromString(given->get<std::string>()).value();
}

std::optional<std::string_view> RequestFiller::octets(const Field& field, std::optional<std::string_view> value, bool) {
    const auto* given = take(field);
    if (given == nullptr) {
        return value;
    }
    if (given->is_null()) {
        return std::nullopt;
    }
    auto& text = m_texts.emplace_back(given->is_array() ? batchAt(*given) : given->get<std::string>());
    if (field.spec.isBytes && text.starts_with(kHex)) {
        text = fromHex(std::string_view(text).substr(kHex.size()));
    }
    return text;
}

std::optional<std::size_t> RequestFiller::beginArray(const Field& field, std::optional<std::size_t> count, bool) {
    const auto* given = take(field);
    if (given == nullptr) {
        m_levels.push_back({});
        return count;
    }
    m_levels.push_back({.values = given, .isArray = true});
    return given->is_null() ? std::nullopt : std::optional(given->size());
}

void RequestFiller::endArray() {
    m_levels.pop_back();
}

bool RequestFiller::present(const Field& field, bool isPresent) {
    const auto& level = m_levels.back();
    return level.values != nullptr && !level.isArray ? level.values->contains(field.name) : isPresent;
}

void RequestFiller::beginStruct(const Field& field) {
    m_levels.push_back({.values = m_levels.empty() ? &m_values : take(field)});
}

void RequestFiller::endStruct() {
    m_levels.pop_back();
}

} // namespace meshbone::compare
