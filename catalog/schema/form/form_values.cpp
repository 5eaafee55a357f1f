// SPDX-License-Identifier: Apache-2.0
#include <catalog/event_form.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {

namespace {

using Kind = FormType::Kind;
using Json = JsonTree::Kind;

constexpr int kMostEmptyDepth = 12; ///< of required records in one another

bool isWholeText(std::string_view text) {
    text.remove_prefix(text.starts_with('-') ? 1 : 0);
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether the value is of the kind, without looking into it.
bool isOfKind(const FormType& type, const JsonTree& value) {
    switch (type.kind) {
    case Kind::Null:
        return value.is(Json::Null);
    case Kind::Boolean:
        return value.is(Json::True) || value.is(Json::False);
    case Kind::Whole:
        return (value.is(Json::Number) || value.is(Json::String)) && isWholeText(value.text);
    case Kind::Number:
        return value.is(Json::Number) || value.isString("NaN") || value.isString("Infinity") ||
               value.isString("-Infinity");
    case Kind::Text:
        return value.is(Json::String) || (type.takesNumber && value.is(Json::Number));
    case Kind::Choice:
        return value.is(Json::String) && std::ranges::find(type.symbols, value.text) != type.symbols.end();
    case Kind::Record:
    case Kind::Map:
        return value.is(Json::Object);
    case Kind::List:
        return value.is(Json::Array);
    case Kind::OneOf:
        return branchOf(type, value) != nullptr;
    case Kind::Any:
        return true;
    }
    return false;
}

bool hasRequired(const FormType& record, const JsonTree& value) {
    return std::ranges::all_of(
        record.fields, [&](const FormField& field) { return !field.isRequired || value.find(field.name) != nullptr; });
}

/// A text of the type that fits; of types that nobody knows, none.
std::string emptyText(const FormType& type) {
    struct Sample {
        std::string_view word, text;
    };
    constexpr std::array<Sample, 10> kSamples{{{"timestamp", "2026-01-01T00:00:00.000Z"},
                                               {"Timestamp", "2026-01-01T00:00:00Z"},
                                               {"date-time", "2026-01-01T00:00:00Z"},
                                               {"date", "2026-01-01"},
                                               {"time-m", "00:00:00.000"},
                                               {"time", "00:00:00Z"},
                                               {"uuid", "00000000-0000-0000-0000-000000000000"},
                                               {"decimal", "0"},
                                               {"duration", "PT0S"},
                                               {"Duration", "0s"}}};
    const std::string_view words = type.words;
    const auto found = std::ranges::find_if(kSamples, [&](const Sample& one) {
        return words.starts_with(one.word) || (words.starts_with("local-") && words.substr(6).starts_with(one.word));
    });
    if (found == kSamples.end()) {
        return {};
    }
    // A local time names no zone.
    auto text = std::string(found->text);
    if (words.starts_with("local-")) {
        text.pop_back();
    }
    return text;
}

JsonTree ofKind(Json kind, std::string text = {}) {
    JsonTree value;
    value.kind = kind;
    value.text = std::move(text);
    return value;
}

JsonTree emptyAt(const FormType& type, int depth) {
    switch (type.kind) {
    case Kind::Boolean:
        return ofKind(Json::False);
    case Kind::Whole:
    case Kind::Number:
        return ofKind(Json::Number, "0");
    case Kind::Text:
        return ofKind(Json::String, emptyText(type));
    case Kind::Choice:
        return ofKind(Json::String, type.symbols.empty() ? std::string() : type.symbols.front());
    case Kind::List:
        return ofKind(Json::Array);
    case Kind::Map:
        return ofKind(Json::Object);
    case Kind::Record: {
        auto value = ofKind(Json::Object);
        for (const auto& field : type.fields) {
            if (field.isRequired && depth < kMostEmptyDepth) {
                value.members.emplace_back(field.name, emptyAt(*field.type, depth + 1));
            }
        }
        return value;
    }
    case Kind::OneOf: {
        const auto null = std::ranges::find(type.branches, Kind::Null, &FormType::kind);
        if (null != type.branches.end() || type.branches.empty()) {
            return ofKind(Json::Null);
        }
        const auto& first = *type.branches.front();
        if (!type.isNamed) {
            return emptyAt(first, depth + 1);
        }
        auto named = ofKind(Json::Object);
        named.members.emplace_back(first.name, depth < kMostEmptyDepth ? emptyAt(first, depth + 1) : JsonTree());
        return named;
    }
    default:
        return ofKind(Json::Null);
    }
}

} // namespace

const FormType* branchOf(const FormType& oneOf, const JsonTree& value) {
    if (oneOf.isNamed && value.is(Json::Object) && value.members.size() == 1) {
        const auto named = std::ranges::find(oneOf.branches, value.members.front().first, &FormType::name);
        if (named != oneOf.branches.end()) {
            return *named;
        }
    }
    const FormType* found = nullptr;
    for (const auto* branch : oneOf.branches) {
        if (!isOfKind(*branch, value)) {
            continue;
        }
        if (branch->kind != Kind::Record || hasRequired(*branch, value)) {
            return branch;
        }
        found = found == nullptr ? branch : found;
    }
    return found;
}

JsonTree emptyValue(const FormType& type) {
    return emptyAt(type, 0);
}

std::string whyNotValue(const FormType& type, const JsonTree& value) {
    if (isOfKind(type, value)) {
        return {};
    }
    switch (type.kind) {
    case Kind::Whole:
        return "A whole number is expected here.";
    case Kind::Number:
        return "A number is expected here.";
    case Kind::Boolean:
        return "It is true or false.";
    case Kind::Choice:
        return fmt::format("It is one of: {}.", fmt::join(type.symbols, ", "));
    default:
        return fmt::format("Not a value of the type {}.", type.words);
    }
}

} // namespace meshbone::catalog
