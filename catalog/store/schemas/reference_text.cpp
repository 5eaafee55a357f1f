// SPDX-License-Identifier: Apache-2.0
#include "store/schemas/reference_text.h"

#include <fmt/format.h>

#include <charconv>

namespace meshbone::catalog {

namespace {

/// The number before `mark`, both taken off the text; nothing where there is none.
template <class Number>
std::optional<Number> takeNumber(std::string_view& text, char mark) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end == text.data() + text.size() || *end != mark) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    return number;
}

bool takeName(std::string_view& text, std::string& name) {
    const auto size = takeNumber<std::size_t>(text, ':');
    if (!size || *size > text.size()) {
        return false;
    }
    name = text.substr(0, *size);
    text.remove_prefix(*size);
    return true;
}

} // namespace

std::string referenceText(const std::vector<SchemaReference>& references) {
    std::string text;
    for (const auto& one : references) {
        text += fmt::format("{}:{}{}:{}{};", one.name.size(), one.name, one.subject.size(), one.subject, one.version);
    }
    return text;
}

std::optional<std::vector<SchemaReference>> referencesOf(std::string_view text) {
    std::vector<SchemaReference> references;
    while (!text.empty()) {
        SchemaReference one;
        if (!takeName(text, one.name) || !takeName(text, one.subject)) {
            return std::nullopt;
        }
        const auto version = takeNumber<int>(text, ';');
        if (!version) {
            return std::nullopt;
        }
        one.version = *version;
        references.push_back(std::move(one));
    }
    return references;
}

} // namespace meshbone::catalog
