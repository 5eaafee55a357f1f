// SPDX-License-Identifier: Apache-2.0
#include "wire/dump.h"

#include <fmt/core.h>

namespace meshbone::backbone::wire {

std::int64_t Dumper::integer(const Field& field, std::int64_t value, std::size_t, bool isBool) {
    name(field);
    m_out += isBool ? (value != 0 ? "true" : "false") : fmt::format("{}", value);
    return value;
}

TopicId Dumper::uuid(const Field& field, const TopicId& value) {
    name(field);
    quoted(value.toString());
    return value;
}

std::optional<std::string_view> Dumper::octets(const Field& field, std::optional<std::string_view> value,
                                               bool mayBeNull) {
    name(field);
    if (!value && mayBeNull) {
        m_out += "null";
    } else if (field.spec.isBytes) {
        m_out += '"';
        for (const char octet : value.value_or("")) {
            m_out += fmt::format("{:02x}", static_cast<unsigned char>(octet));
        }
        m_out += '"';
    } else {
        quoted(value.value_or(""));
    }
    return value;
}

std::optional<std::size_t> Dumper::beginArray(const Field& field, std::optional<std::size_t> count, bool mayBeNull) {
    name(field);
    m_arrayIsNull = !count && mayBeNull;
    if (m_arrayIsNull) {
        m_out += "null";
    } else {
        open('[');
    }
    return count;
}

void Dumper::endArray() {
    if (!m_arrayIsNull) {
        close(']');
    }
    m_arrayIsNull = false;
}

bool Dumper::present(const Field& field, bool isPresent) {
    if (!isPresent && !field.spec.isTagged()) {
        name(field);
        m_out += "null";
    }
    return isPresent;
}

void Dumper::beginStruct(const Field& field) {
    if (!m_nesting.empty()) {
        name(field);
    }
    open('{');
}

void Dumper::endStruct() {
    close('}');
}

void Dumper::name(const Field& field) {
    if (m_out.back() != '{' && m_out.back() != '[') {
        m_out += ',';
    }
    if (m_nesting.back() == '{') {
        quoted(field.name);
        m_out += ':';
    }
}

void Dumper::open(char bracket) {
    m_nesting += bracket;
    m_out += bracket;
}

void Dumper::close(char bracket) {
    m_nesting.pop_back();
    m_out += bracket;
}

void Dumper::quoted(std::string_view text) {
    m_out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            m_out += '\\';
            m_out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            m_out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            m_out += c;
        }
    }
    m_out += '"';
}

} // namespace meshbone::backbone::wire
