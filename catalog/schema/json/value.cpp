// SPDX-License-Identifier: Apache-2.0
#include "schema/json/value.h"

#include "schema/json/decimal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

namespace meshbone::catalog::jsonschema {

namespace {

constexpr std::array<std::string_view, 6> kKindWords{"null",     "a boolean", "a number",
                                                     "a string", "an array",  "an object"};

/// The order of Java's strings, which compare UTF-16 units: a surrogate sorts before U+E000.
bool isBefore(std::string_view a, std::string_view b) {
    const auto [inA, inB] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (inA == a.end() || inB == b.end()) {
        return inA == a.end() && inB != b.end();
    }
    const auto unitA = static_cast<unsigned char>(*inA);
    const auto unitB = static_cast<unsigned char>(*inB);
    if (unitA >= 0xee && unitB >= 0xee && (unitA >= 0xf0) != (unitB >= 0xf0)) {
        return unitA >= 0xf0;
    }
    return unitA < unitB;
}

void appendQuoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                fmt::format_to(std::back_inserter(out), "\\u{:04X}", static_cast<unsigned>(c));
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

struct WriteRules {
    bool isSorted = false;
    bool isJavas = false;                 ///< how numbers are spelled
    std::size_t most = std::string::npos; ///< bytes after which writing may stop
};

void append(std::string& out, const Value& value, const WriteRules& rules);

void appendObject(std::string& out, const Value& value, const WriteRules& rules) {
    std::vector<std::size_t> order(value.items.size());
    std::iota(order.begin(), order.end(), 0);
    const auto& names = value.members->names;
    if (rules.isSorted) {
        std::ranges::sort(order, [&](auto a, auto b) { return isBefore(names[a], names[b]); });
    }
    out += '{';
    for (std::size_t i = 0; i < order.size() && out.size() < rules.most; ++i) {
        out += i == 0 ? "" : ",";
        appendQuoted(out, names[order[i]]);
        out += ':';
        append(out, value.items[order[i]], rules);
    }
    out += '}';
}

void append(std::string& out, const Value& value, const WriteRules& rules) {
    switch (value.kind) {
    case ValueKind::Null:
        out += "null";
        break;
    case ValueKind::Boolean:
        out += value.truth ? "true" : "false";
        break;
    case ValueKind::Number:
        out += rules.isJavas ? javaSpelling(value.text) : value.text;
        break;
    case ValueKind::String:
        appendQuoted(out, value.text);
        break;
    case ValueKind::Object:
        appendObject(out, value, rules);
        break;
    case ValueKind::Array:
        out += '[';
        for (std::size_t i = 0; i < value.items.size() && out.size() < rules.most; ++i) {
            out += i == 0 ? "" : ",";
            append(out, value.items[i], rules);
        }
        out += ']';
        break;
    }
}

std::size_t mixed(std::size_t seed, std::size_t more) {
    return seed ^ (more + 0x9e3779b97f4a7c15ULL + (seed << 6U) + (seed >> 2U));
}

} // namespace

std::ptrdiff_t Value::indexOf(std::string_view name) const {
    if (!isObject()) {
        return -1;
    }
    const auto& names = members->names;
    const auto found =
        std::ranges::lower_bound(members->sorted, name, {}, [&](auto i) { return std::string_view(names[i]); });
    return found != members->sorted.end() && names[*found] == name ? static_cast<std::ptrdiff_t>(*found) : -1;
}

const Value* Value::find(std::string_view name) const {
    const auto index = indexOf(name);
    return index < 0 ? nullptr : &items[static_cast<std::size_t>(index)];
}

std::string_view kindInWords(ValueKind kind) {
    return kKindWords[static_cast<std::size_t>(kind)];
}

std::string shortJson(const Value& value, std::size_t most) {
    std::string out;
    append(out, value, {.most = most});
    if (out.size() > most) {
        std::size_t cut = most;
        while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xc0U) == 0x80U) {
            --cut;
        }
        out.resize(cut);
        out += "…";
    }
    return out;
}

std::string writeJson(const Value& value) {
    std::string out;
    append(out, value, {});
    return out;
}

std::string writeCanonicalJson(const Value& value) {
    std::string out;
    append(out, value, {.isJavas = true});
    return out;
}

std::string writeSortedJson(const Value& value) {
    std::string out;
    append(out, value, {.isSorted = true, .isJavas = true});
    return out;
}

std::string quoteJson(std::string_view text) {
    std::string out;
    appendQuoted(out, text);
    return out;
}

bool equalValues(const Value& a, const Value& b) {
    if (a.kind != b.kind || a.items.size() != b.items.size()) {
        return false;
    }
    switch (a.kind) {
    case ValueKind::Null:
        return true;
    case ValueKind::Boolean:
        return a.truth == b.truth;
    case ValueKind::Number:
        return a.text == b.text || decimalOf(a.text) == decimalOf(b.text);
    case ValueKind::String:
        return a.text == b.text;
    case ValueKind::Array:
        return std::ranges::equal(a.items, b.items, equalValues);
    case ValueKind::Object:
        break;
    }
    for (std::size_t i = 0; i < a.items.size(); ++i) {
        const Value* other = b.find(a.members->names[i]);
        if (other == nullptr || !equalValues(a.items[i], *other)) {
            return false;
        }
    }
    return true;
}

std::size_t hashValue(const Value& value) {
    std::size_t hash = static_cast<std::size_t>(value.kind) * 31 + (value.truth ? 1 : 0);
    if (value.isNumber()) {
        const Decimal number = decimalOf(value.text);
        return mixed(mixed(hash, std::hash<std::string>{}(number.digits)), static_cast<std::size_t>(number.exponent));
    }
    hash = mixed(hash, std::hash<std::string>{}(value.text));
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        const std::size_t item = hashValue(value.items[i]);
        // An object's members are summed: their order doesn't count.
        hash = value.isObject() ? hash + mixed(std::hash<std::string>{}(value.members->names[i]), item)
                                : mixed(hash, item);
    }
    return hash;
}

bool findTwins(const std::vector<Value>& items, std::size_t& first, std::size_t& second) {
    std::vector<std::pair<std::size_t, std::size_t>> hashes; // hash and index
    hashes.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        hashes.emplace_back(hashValue(items[i]), i);
    }
    std::ranges::sort(hashes);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        // Those of one hash are equal but for chance, so this stops at the next of them.
        for (std::size_t j = i + 1; j < hashes.size() && hashes[j].first == hashes[i].first; ++j) {
            if (equalValues(items[hashes[i].second], items[hashes[j].second])) {
                first = hashes[i].second;
                second = hashes[j].second;
                return true;
            }
        }
    }
    return false;
}

} // namespace meshbone::catalog::jsonschema
