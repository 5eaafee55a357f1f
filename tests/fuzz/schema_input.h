// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace meshbone::fuzz {

/// An input of a schema's fuzzer: the text of a schema, a zero byte, the text of another, a zero byte, a payload.
struct SchemaInput {
    std::string first, second, payload;
};

inline SchemaInput schemaInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const auto end = all.find('\0');
    const auto next = end == std::string_view::npos ? end : all.find('\0', end + 1);
    SchemaInput input{std::string(all.substr(0, end)), {}, {}};
    if (end != std::string_view::npos) {
        input.second = all.substr(end + 1, next == std::string_view::npos ? next : next - end - 1);
    }
    if (next != std::string_view::npos) {
        input.payload = all.substr(next + 1);
    }
    return input;
}

/// Both schemas parsed, written again, compared and used. What is parsed is parsed again from its own canonical text,
/// to the same; `check` says what `toJson` does.
inline void tryOut(catalog::SchemaType type, const SchemaInput& input) {
    const auto first = catalog::parseSchema(type, input.first);
    const auto second = catalog::parseSchema(type, input.second);
    if (!first) {
        return;
    }
    const auto again = catalog::parseSchema(type, (*first)->canonicalText());
    if (!again || (*again)->canonicalText() != (*first)->canonicalText()) {
        std::abort();
    }
    (void)(*first)->fields();
    (void)(*first)->normalizedText();
    (void)(*first)->fromJson(input.payload);
    if ((*first)->check(input.payload).has_value() != (*first)->toJson(input.payload).has_value()) {
        std::abort();
    }
    if (second) {
        (void)(*first)->differencesReading(**second);
        (void)(*second)->differencesReading(**first);
    }
}

} // namespace meshbone::fuzz
