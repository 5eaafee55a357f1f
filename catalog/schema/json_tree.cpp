// SPDX-License-Identifier: Apache-2.0
#include <catalog/json_tree.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace meshbone::catalog {

const JsonTree* JsonTree::find(std::string_view name) const {
    const auto found = std::ranges::find(members, name, &JsonMember::first);
    return found == members.end() ? nullptr : &found->second;
}

std::optional<std::int64_t> JsonTree::asInteger() const {
    std::int64_t value = 0;
    if (kind != Kind::Number) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

void appendJsonString(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
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
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
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

void JsonTree::appendTo(std::string& out) const {
    switch (kind) {
    case Kind::Null:
        out += "null";
        break;
    case Kind::False:
        out += "false";
        break;
    case Kind::True:
        out += "true";
        break;
    case Kind::Number:
        out += text;
        break;
    case Kind::String:
        appendJsonString(out, text);
        break;
    case Kind::Array:
        out += '[';
        for (std::size_t i = 0; i < items.size(); ++i) {
            out += i ? "," : "";
            items[i].appendTo(out);
        }
        out += ']';
        break;
    case Kind::Object:
        out += '{';
        for (std::size_t i = 0; i < members.size(); ++i) {
            out += i ? "," : "";
            appendJsonString(out, members[i].first);
            out += ':';
            members[i].second.appendTo(out);
        }
        out += '}';
        break;
    }
}

std::string JsonTree::toString() const {
    std::string out;
    appendTo(out);
    return out;
}

JsonTree JsonTree::sorted() const {
    JsonTree copy{kind, byte, text, {}, {}};
    for (const auto& item : items) {
        copy.items.push_back(item.sorted());
    }
    for (const auto& [name, value] : members) {
        copy.members.emplace_back(name, value.sorted());
    }
    std::ranges::sort(copy.members, {}, &JsonMember::first);
    return copy;
}

std::string placeWords(std::string_view text, std::size_t byte) {
    const auto place = placeOf(text, byte);
    return fmt::format("line {}, column {}", place.line, place.column);
}

} // namespace meshbone::catalog
