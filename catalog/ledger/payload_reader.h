// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/json_fields.h"

#include <catalog/access_names.h>
#include <catalog/catalog.h>

#include <map>
#include <string>
#include <vector>

namespace meshbone::catalog {

/// Takes the fields out of a payload one by one and remembers whether all were there, of their type, and no others.
class PayloadReader {
public:
    explicit PayloadReader(nlohmann::json payload)
        : m_payload(std::move(payload)) {}

    std::string text(const char* key) {
        return takeAs<std::string>(key, [](const nlohmann::json& v) { return v.is_string(); });
    }
    std::vector<std::string> texts(const char* key) {
        return takeAs<std::vector<std::string>>(key,
                                                [](const nlohmann::json& v) { return v.is_array() && allTexts(v); });
    }
    std::map<std::string, std::string> textMap(const char* key) {
        return takeAs<std::map<std::string, std::string>>(
            key, [](const nlohmann::json& v) { return v.is_object() && allTexts(v); });
    }
    PortDirection direction() {
        const std::string name = text("direction");
        m_fits = m_fits && (name == "input" || name == "output");
        return name == "input" ? PortDirection::Input : PortDirection::Output;
    }
    std::int64_t number(const char* key) {
        return takeAs<std::int64_t>(key, [](const nlohmann::json& v) { return v.is_number_integer(); });
    }
    bool flag(const char* key) {
        return takeAs<bool>(key, [](const nlohmann::json& v) { return v.is_boolean(); });
    }
    /// The value of an enumeration, by its name.
    template <class Enum>
    Enum value(const char* key) {
        const auto found = named<Enum>(text(key));
        m_fits = m_fits && found.has_value();
        return found.value_or(Enum{});
    }
    /// An object that is one of our values in our own spelling.
    template <class T>
    T object(const char* key) {
        const auto found = m_payload.find(key);
        T value;
        if (found == m_payload.end()) {
            m_fits = false;
            return value;
        }
        fromJson(*found, value);
        m_fits = m_fits && toJson(value) == *found;
        m_payload.erase(found);
        return value;
    }
    template <class T>
    std::vector<T> objects(const char* key) {
        std::vector<T> values;
        takeList(m_payload, key, values);
        const auto found = m_payload.find(key);
        m_fits = m_fits && found != m_payload.end() && listJson(values) == *found;
        m_payload.erase(key);
        return values;
    }
    /// All that is left, as one of our values.
    template <class T>
    T rest() {
        T value;
        fromJson(m_payload, value);
        m_fits = m_fits && toJson(value) == m_payload;
        m_payload = nlohmann::json::object();
        return value;
    }
    [[nodiscard]] bool fits() const { return m_fits && m_payload.empty(); }

private:
    static bool allTexts(const nlohmann::json& values) {
        for (const auto& value : values) {
            if (!value.is_string()) {
                return false;
            }
        }
        return true;
    }
    template <class T, class IsType>
    T takeAs(const char* key, IsType isType) {
        const auto found = m_payload.find(key);
        if (found == m_payload.end() || !isType(*found)) {
            m_fits = false;
            return {};
        }
        T value = found->template get<T>();
        m_payload.erase(found);
        return value;
    }
    nlohmann::json m_payload;
    bool m_fits = true;
};

} // namespace meshbone::catalog
