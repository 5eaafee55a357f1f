// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog::avro {

namespace {

constexpr std::array<std::string_view, 14> kKinds{"null",   "boolean", "int",  "long",  "float", "double", "bytes",
                                                  "string", "record",  "enum", "array", "map",   "union",  "fixed"};
constexpr std::array<std::string_view, 13> kLogicals{"",
                                                     "decimal",
                                                     "uuid",
                                                     "date",
                                                     "time-millis",
                                                     "time-micros",
                                                     "timestamp-millis",
                                                     "timestamp-micros",
                                                     "timestamp-nanos",
                                                     "local-timestamp-millis",
                                                     "local-timestamp-micros",
                                                     "local-timestamp-nanos",
                                                     "duration"};

std::string unionWords(const Node& node) {
    std::string words;
    bool hasNull = false;
    for (const auto* branch : node.branches) {
        if (branch->kind == Kind::Null) {
            hasNull = true;
        } else {
            words += (words.empty() ? "" : " or ") + typeWords(*branch);
        }
    }
    return words.empty() ? "null" : hasNull ? words + " or null" : words;
}

} // namespace

std::string_view kindName(Kind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<Kind> primitiveNamed(std::string_view name) {
    const auto end = kKinds.begin() + static_cast<int>(Kind::Record);
    const auto found = std::find(kKinds.begin(), end, name);
    return found == end ? std::nullopt : std::optional(static_cast<Kind>(found - kKinds.begin()));
}

std::string_view logicalName(Logical logical) {
    return kLogicals[static_cast<std::size_t>(logical)];
}

std::string_view shortName(std::string_view fullName) {
    const auto dot = fullName.rfind('.');
    return dot == std::string_view::npos ? fullName : fullName.substr(dot + 1);
}

std::string_view spaceOf(std::string_view fullName) {
    const auto dot = fullName.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : fullName.substr(0, dot);
}

bool isName(std::string_view name) {
    const auto isStart = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !name.empty() && isStart(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return isStart(c) || (c >= '0' && c <= '9'); });
}

bool isFullName(std::string_view name) {
    for (std::size_t begin = 0;;) {
        const auto dot = name.find('.', begin);
        if (!isName(name.substr(begin, dot == std::string_view::npos ? dot : dot - begin))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        begin = dot + 1;
    }
}

std::string typeWords(const Node& node) {
    if (node.logical == Logical::Decimal) {
        return fmt::format("decimal({}, {})", node.precision, node.scale);
    }
    if (node.logical != Logical::None) {
        return std::string(logicalName(node.logical));
    }
    switch (node.kind) {
    case Kind::Array:
        return "array of " + typeWords(*node.items);
    case Kind::Map:
        return "map of " + typeWords(*node.items);
    case Kind::Union:
        return unionWords(node);
    default:
        return std::string(isNamed(node.kind) ? shortName(node.name) : kindName(node.kind));
    }
}

std::string_view branchName(const Node& node) {
    return isNamed(node.kind) ? std::string_view(node.name) : kindName(node.kind);
}

} // namespace meshbone::catalog::avro
