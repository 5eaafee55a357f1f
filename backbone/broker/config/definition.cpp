// SPDX-License-Identifier: Apache-2.0
#include "broker/config/definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace meshbone::backbone::broker {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto isSpace = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!text.empty() && isSpace(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isSpace(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

template <class Number>
std::optional<Number> parseNumber(std::string_view text) {
    text = trimmed(text);
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

/// Calls use(word) for each word between commas until it says false.
template <class Use>
bool everyWord(std::string_view list, Use use) {
    while (true) {
        const auto comma = list.find(',');
        if (!use(trimmed(list.substr(0, comma)))) {
            return false;
        }
        if (comma == std::string_view::npos) {
            return true;
        }
        list.remove_prefix(comma + 1);
    }
}

bool isAllowed(std::string_view allowed, std::string_view word) {
    return allowed.empty() || !everyWord(allowed, [&](std::string_view legal) { return legal != word; });
}

std::unexpected<Error> refuse(const ConfigDefinition& key, std::string_view value, std::string_view legal) {
    return fail(ErrorCode::InvalidArgument,
                fmt::format("Invalid value {} for configuration {}: {}", value, key.name, legal));
}

Status validateInteger(const ConfigDefinition& key, std::string_view value, std::int64_t lowest, std::int64_t highest) {
    const auto number = parseNumber<std::int64_t>(value);
    if (!number || *number < lowest || *number > highest) {
        return refuse(key, value, "it must be a whole number.");
    }
    if (*number < key.min || *number > key.max) {
        const auto bound = *number < key.min ? fmt::format("it must be at least {}.", key.min)
                                             : fmt::format("it must be at most {}.", key.max);
        return refuse(key, value, bound);
    }
    return {};
}

Status validateDouble(const ConfigDefinition& key, std::string_view value) {
    const auto number = parseNumber<double>(value);
    if (!number || !std::isfinite(*number) || *number < static_cast<double>(key.min) ||
        *number > static_cast<double>(key.max)) {
        return refuse(key, value, fmt::format("it must be a number from {} to {}.", key.min, key.max));
    }
    return {};
}

} // namespace

Status ConfigDefinition::validate(std::string_view value) const {
    switch (type) {
    case ConfigType::Boolean:
        if (value != "true" && value != "false") {
            return refuse(*this, value, "it must be true or false.");
        }
        return isAllowed(allowed, value) ? Status{} : refuse(*this, value, fmt::format("it must be {}.", allowed));
    case ConfigType::Int:
        return validateInteger(*this, value, INT32_MIN, INT32_MAX);
    case ConfigType::Short:
        return validateInteger(*this, value, INT16_MIN, INT16_MAX);
    case ConfigType::Long:
        return validateInteger(*this, value, INT64_MIN, INT64_MAX);
    case ConfigType::Double:
        return validateDouble(*this, value);
    case ConfigType::String:
        return (value.empty() && defaultValue == value) || isAllowed(allowed, value)
                   ? Status{}
                   : refuse(*this, value, fmt::format("it must be one of {}.", allowed));
    case ConfigType::Password:
        return {};
    case ConfigType::List:
        break;
    }
    const bool legal = everyWord(value, [&](std::string_view word) { return isAllowed(allowed, word); });
    return legal ? Status{} : refuse(*this, value, fmt::format("it must be a list of {}.", allowed));
}

std::int64_t configInteger(std::string_view text) {
    return parseNumber<std::int64_t>(text).value_or(0);
}

double configDouble(std::string_view text) {
    return parseNumber<double>(text).value_or(0);
}

bool configBoolean(std::string_view text) {
    return text == "true";
}

} // namespace meshbone::backbone::broker
