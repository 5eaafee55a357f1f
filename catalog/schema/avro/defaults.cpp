// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/defaults.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace meshbone::catalog::avro {

namespace {

constexpr int kMaxDefaultSteps = 100'000; // unions of records in one another can be tried in exponentially many ways

bool isIntegerIn(const JsonTree& value, std::int64_t least, std::int64_t most) {
    const auto number = value.asInteger();
    return number && *number >= least && *number <= most;
}

/// One check of a value; what isn't decided within kMaxDefaultSteps is no valid default.
class Check {
public:
    bool isValid(const Node& type, const JsonTree& value) {
        using Json = JsonTree::Kind;
        if (++m_steps > kMaxDefaultSteps) {
            return false;
        }
        switch (type.kind) {
        case Kind::Null:
            return value.is(Json::Null);
        case Kind::Boolean:
            return value.is(Json::True) || value.is(Json::False);
        case Kind::Int:
            return isIntegerIn(value, std::numeric_limits<std::int32_t>::min(),
                               std::numeric_limits<std::int32_t>::max());
        case Kind::Long:
            return value.asInteger().has_value();
        case Kind::Float:
        case Kind::Double:
            return value.is(Json::Number);
        case Kind::String:
            return value.is(Json::String);
        case Kind::Bytes:
            return value.is(Json::String) && bytesOfDefault(value.text);
        case Kind::Fixed: {
            const auto bytes = value.is(Json::String) ? bytesOfDefault(value.text) : std::nullopt;
            return bytes && static_cast<std::int64_t>(bytes->size()) == type.fixedSizeBytes;
        }
        case Kind::Enum:
            return value.is(Json::String) && std::ranges::find(type.symbols, value.text) != type.symbols.end();
        case Kind::Array:
            return value.is(Json::Array) &&
                   std::ranges::all_of(value.items, [&](const JsonTree& item) { return isValid(*type.items, item); });
        case Kind::Map:
            return value.is(Json::Object) && std::ranges::all_of(value.members, [&](const auto& one) {
                       return isValid(*type.items, one.second);
                   });
        case Kind::Record:
            return isRecord(type, value);
        case Kind::Union:
            return branchOf(type, value) != nullptr;
        }
        return false;
    }

    const Node* branchOf(const Node& type, const JsonTree& value) {
        const auto found = std::ranges::find_if(type.branches, [&](const Node* one) { return isValid(*one, value); });
        return found == type.branches.end() ? nullptr : *found;
    }

private:
    bool isRecord(const Node& type, const JsonTree& value) {
        return value.is(JsonTree::Kind::Object) && std::ranges::all_of(type.fields, [&](const Field& field) {
                   const auto* given = value.find(field.name);
                   return given ? isValid(*field.type, *given) : usableDefault(field) != nullptr;
               });
    }

    int m_steps = 0;
};

} // namespace

std::optional<std::string> bytesOfDefault(std::string_view utf8) {
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        if (c < 0x80) {
            bytes += static_cast<char>(c);
        } else if ((c == 0xC2 || c == 0xC3) && i + 1 < utf8.size()) {
            bytes += static_cast<char>(((c & 3U) << 6) | (static_cast<unsigned char>(utf8[++i]) & 0x3FU));
        } else {
            return std::nullopt;
        }
    }
    return bytes;
}

bool isValidDefault(const Node& type, const JsonTree& value) {
    return Check().isValid(type, value);
}

const Node* defaultBranch(const Node& unionType, const JsonTree& value) {
    return Check().branchOf(unionType, value);
}

std::string defaultWords(const Node& type) {
    switch (type.kind) {
    case Kind::Null:
        return "null";
    case Kind::Boolean:
        return "true or false";
    case Kind::Int:
        return "a whole number of 32 bits";
    case Kind::Long:
        return "a whole number of 64 bits";
    case Kind::Float:
    case Kind::Double:
        return "a number";
    case Kind::String:
        return "a string";
    case Kind::Bytes:
        return "a string of characters up to \\u00FF";
    case Kind::Fixed:
        return fmt::format("a string of {} characters up to \\u00FF", type.fixedSizeBytes);
    case Kind::Enum:
        return fmt::format("one of the symbols of {}", shortName(type.name));
    case Kind::Array:
        return "an array of such items";
    case Kind::Map:
        return "an object of such values";
    case Kind::Record:
        return "an object with a value for each field that has no default";
    case Kind::Union:
        return typeWords(type);
    }
    return {};
}

} // namespace meshbone::catalog::avro
