// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/encoder.h"

#include "schema/avro/binary.h"
#include "schema/avro/decoder.h"
#include "schema/avro/defaults.h"
#include "schema/avro/readable.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace meshbone::catalog::avro {

namespace {

using Json = JsonTree::Kind;

constexpr int kMaxSteps = 4'000'000; // a value alone may be tried for each branch of unions inside unions

class Encoder {
public:
    explicit Encoder(bool isDefault)
        : m_isDefault(isDefault) {}

    Result<Bytes> run(const Node& type, const JsonTree& value) {
        if (!encode(type, value)) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("{}{}.", m_path.empty() ? "" : fmt::format("`{}`: ", m_path), m_why));
        }
        return std::move(m_out);
    }

private:
    bool refuse(std::string why) {
        m_why = std::move(why);
        m_path.clear();
        return false;
    }
    bool expected(const Node& type, const JsonTree& value) {
        auto shown = value.toString();
        if (shown.size() > 60) {
            shown = value.is(Json::String) ? "a long string" : value.is(Json::Object) ? "an object" : "a long value";
        }
        return refuse(fmt::format("{} is expected here, not {}", wantedWords(type), shown));
    }
    static std::string wantedWords(const Node& type) {
        return type.logical == Logical::None || type.logical == Logical::Uuid ? defaultWords(type)
                                                                              : "a " + typeWords(type);
    }

    bool encode(const Node& type, const JsonTree& value) {
        if (++m_steps > kMaxSteps || m_depth > kMaxValueDepth) {
            return refuse("the value is too deep, or fits its unions in too many ways");
        }
        switch (type.kind) {
        case Kind::Null:
            return value.is(Json::Null) || expected(type, value);
        case Kind::Boolean:
            m_out += value.is(Json::True) ? '\1' : '\0';
            return value.is(Json::True) || value.is(Json::False) || expected(type, value);
        case Kind::Int:
        case Kind::Long:
            return integer(type, value);
        case Kind::Float:
        case Kind::Double:
            return floating(type, value);
        case Kind::String:
            appendVarint(m_out, static_cast<std::int64_t>(value.text.size()));
            m_out += value.text;
            return value.is(Json::String) || expected(type, value);
        case Kind::Bytes:
        case Kind::Fixed:
            return octets(type, value);
        case Kind::Enum:
            return symbol(type, value);
        case Kind::Array:
            return array(type, value);
        case Kind::Map:
            return map(type, value);
        case Kind::Record:
            return record(type, value);
        case Kind::Union:
            return oneOf(type, value);
        }
        return refuse("a type that can't be written");
    }

    bool integer(const Node& type, const JsonTree& value) {
        auto number = value.asInteger();
        if (value.is(Json::String)) {
            number = integerOf(value.text, type.logical);
        }
        if (!number || (type.kind == Kind::Int && *number != static_cast<std::int32_t>(*number))) {
            return expected(type, value);
        }
        appendVarint(m_out, *number);
        return true;
    }

    bool floating(const Node& type, const JsonTree& value) {
        const auto number = floatingOf(value);
        if (!number) {
            return expected(type, value);
        }
        if (type.kind == Kind::Float) {
            appendNumber(m_out, static_cast<float>(*number));
        } else {
            appendNumber(m_out, *number);
        }
        return true;
    }

    bool octets(const Node& type, const JsonTree& value) {
        std::optional<std::string> bytes;
        if (value.is(Json::String)) {
            bytes = m_isDefault ? bytesOfDefault(value.text) : bytesOf(value.text, type);
        }
        if (!bytes || (type.kind == Kind::Fixed && static_cast<std::int64_t>(bytes->size()) != type.fixedSizeBytes)) {
            return expected(type, value);
        }
        if (type.kind == Kind::Bytes) {
            appendVarint(m_out, static_cast<std::int64_t>(bytes->size()));
        }
        m_out += *bytes;
        return true;
    }

    bool symbol(const Node& type, const JsonTree& value) {
        const auto found = std::ranges::find(type.symbols, value.text);
        if (!value.is(Json::String) || found == type.symbols.end()) {
            return expected(type, value);
        }
        appendVarint(m_out, found - type.symbols.begin());
        return true;
    }

    bool array(const Node& type, const JsonTree& value) {
        if (!value.is(Json::Array)) {
            return expected(type, value);
        }
        ++m_depth;
        if (!value.items.empty()) {
            appendVarint(m_out, static_cast<std::int64_t>(value.items.size()));
        }
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            if (!encode(*type.items, value.items[i])) {
                return within(fmt::format("[{}]", i));
            }
        }
        --m_depth;
        m_out += '\0';
        return true;
    }

    bool map(const Node& type, const JsonTree& value) {
        if (!value.is(Json::Object)) {
            return expected(type, value);
        }
        ++m_depth;
        if (!value.members.empty()) {
            appendVarint(m_out, static_cast<std::int64_t>(value.members.size()));
        }
        for (const auto& [name, member] : value.members) {
            appendVarint(m_out, static_cast<std::int64_t>(name.size()));
            m_out += name;
            if (!encode(*type.items, member)) {
                return within(name);
            }
        }
        --m_depth;
        m_out += '\0';
        return true;
    }

    bool record(const Node& type, const JsonTree& value) {
        if (!value.is(Json::Object)) {
            return expected(type, value);
        }
        for (const auto& [name, member] : value.members) {
            if (std::ranges::find(type.fields, name, &Field::name) == type.fields.end()) {
                return refuse(fmt::format("{} has no field `{}`", shortName(type.name), name));
            }
        }
        ++m_depth;
        for (const auto& field : type.fields) {
            if (const auto* given = value.find(field.name); given) {
                if (!encode(*field.type, *given)) {
                    return within(field.name);
                }
            } else if (!absent(field)) {
                return false;
            }
        }
        --m_depth;
        return true;
    }

    bool absent(const Field& field) {
        const auto* value = usableDefault(field);
        if (!value) {
            return refuse(fmt::format("`{}` is missing, and it has no default", field.name));
        }
        const bool wasDefault = std::exchange(m_isDefault, true);
        const bool isEncoded = encode(*field.type, *value);
        m_isDefault = wasDefault;
        return isEncoded || within(field.name);
    }

    bool oneOf(const Node& type, const JsonTree& value) {
        if (!m_isDefault && value.is(Json::Object) && value.members.size() == 1) {
            const auto& [name, member] = value.members.front();
            const auto named =
                std::ranges::find_if(type.branches, [&](const Node* one) { return branchName(*one) == name; });
            if (named != type.branches.end() && attempt(type, named - type.branches.begin(), member)) {
                return true;
            }
        }
        for (std::size_t i = 0; i < type.branches.size(); ++i) {
            if (attempt(type, static_cast<std::ptrdiff_t>(i), value)) {
                return true;
            }
        }
        const auto values =
            std::ranges::count_if(type.branches, [](const Node* one) { return one->kind != Kind::Null; });
        return values == 1 && !value.is(Json::Null) ? false : expected(type, value); // one type: why not that one
    }

    bool attempt(const Node& type, std::ptrdiff_t branch, const JsonTree& value) {
        const auto size = m_out.size();
        const auto depth = m_depth;
        const auto why = m_why, path = m_path;
        appendVarint(m_out, branch);
        if (encode(*type.branches[static_cast<std::size_t>(branch)], value)) {
            return true;
        }
        m_out.resize(size);
        m_depth = depth;
        if (type.branches[static_cast<std::size_t>(branch)]->kind == Kind::Null) { // says nothing
            m_why = why;
            m_path = path;
        }
        return false;
    }

    bool within(const std::string& step) {
        m_path = m_path.empty() || m_path.starts_with('[') ? step + m_path : step + "." + m_path;
        return false;
    }

    bool m_isDefault;
    std::string m_out, m_why, m_path;
    int m_steps = 0, m_depth = 0;
};

} // namespace

Result<Bytes> encode(const Node& type, const JsonTree& value) {
    return Encoder(false).run(type, value);
}

Result<Bytes> encodeDefault(const Node& type, const JsonTree& value) {
    return Encoder(true).run(type, value);
}

} // namespace meshbone::catalog::avro
