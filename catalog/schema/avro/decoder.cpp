// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/decoder.h"

#include "schema/avro/binary.h"
#include "schema/avro/readable.h"

#include <backbone/utf8.h>

#include <fmt/format.h>

#include <limits>

namespace meshbone::catalog::avro {

namespace {

/// One payload on its way to JSON. False from a function means: failed, and m_why says why.
class Decoder {
public:
    explicit Decoder(std::string_view payload)
        : m_in(payload) {
        m_out.reserve(payload.size() * 4);
    }

    Result<std::string> run(const Step& top) {
        if (value(top) && m_in.left() > 0) {
            refuse(fmt::format("{} bytes are left over after the end of the value", m_in.left()));
        }
        if (!m_why.empty()) {
            return fail(ErrorCode::Corrupt, fmt::format("At byte {}{}: {}.", m_in.at(),
                                                        m_path.empty() ? "" : fmt::format(", in `{}`", m_path), m_why));
        }
        return std::move(m_out);
    }

private:
    bool refuse(std::string why) {
        m_why = std::move(why);
        return false;
    }
    bool ended() { return refuse("the bytes end inside a value, or a length is wrong"); }

    bool value(const Step& step) {
        if (++m_values > kMaxValues || m_out.size() > kMaxJsonBytes || m_depth > kMaxValueDepth) {
            return refuse("the value is too deep or too large to be shown");
        }
        if (step.writer->kind == Kind::Union) {
            const auto branch = m_in.varint();
            if (!m_in.isOk()) {
                return ended();
            }
            if (branch < 0 || static_cast<std::size_t>(branch) >= step.children.size()) {
                return refuse(fmt::format("a union of {} types has no type number {}", step.children.size(), branch));
            }
            return value(*step.children[static_cast<std::size_t>(branch)]);
        }
        if (!step.why.empty()) {
            return refuse(step.why);
        }
        if (step.tag.empty()) {
            return untagged(step);
        }
        m_out += '{';
        m_out += step.tag;
        m_out += ':';
        if (!untagged(step)) {
            return false;
        }
        m_out += '}';
        return true;
    }

    bool untagged(const Step& step) {
        switch (step.writer->kind) {
        case Kind::Null:
            m_out += "null";
            return true;
        case Kind::Boolean:
            return boolean();
        case Kind::Int:
        case Kind::Long:
            return integer(step);
        case Kind::Float:
            appendFloating(m_out, static_cast<double>(m_in.number<float>()), step.reader->kind == Kind::Float);
            return m_in.isOk() || ended();
        case Kind::Double:
            appendFloating(m_out, m_in.number<double>(), false);
            return m_in.isOk() || ended();
        case Kind::Bytes:
        case Kind::String:
            return text(step, m_in.varint());
        case Kind::Fixed:
            return text(step, step.writer->fixedSizeBytes);
        case Kind::Enum:
            return symbol(step);
        case Kind::Array:
        case Kind::Map:
            return container(step);
        case Kind::Record:
            return record(step);
        case Kind::Union:
            break;
        }
        return refuse("a type that can't be read");
    }

    bool boolean() {
        const auto byte = m_in.number<std::uint8_t>();
        if (!m_in.isOk()) {
            return ended();
        }
        if (byte > 1) {
            return refuse(fmt::format("a boolean is 0 or 1, not {}", byte));
        }
        m_out += byte ? "true" : "false";
        return true;
    }

    bool integer(const Step& step) {
        const auto number = m_in.varint();
        if (!m_in.isOk()) {
            return ended();
        }
        if (step.writer->kind == Kind::Int && number != static_cast<std::int32_t>(number)) {
            return refuse(fmt::format("{} is no number of 32 bits", number));
        }
        if (step.reader->kind == Kind::Float || step.reader->kind == Kind::Double) {
            appendFloating(m_out, static_cast<double>(number), step.reader->kind == Kind::Float);
        } else {
            appendInteger(m_out, number, step.reader->logical);
        }
        return true;
    }

    bool text(const Step& step, std::int64_t sizeBytes) {
        const auto piece = m_in.raw(sizeBytes);
        if (!m_in.isOk()) {
            return ended();
        }
        if (step.reader->kind != Kind::String) {
            appendBytes(m_out, piece, *step.reader);
            return true;
        }
        if (!isUtf8(piece)) {
            return refuse("a string that isn't UTF-8");
        }
        appendJsonString(m_out, piece);
        return true;
    }

    bool symbol(const Step& step) {
        const auto index = m_in.varint();
        if (!m_in.isOk()) {
            return ended();
        }
        if (index < 0 || static_cast<std::size_t>(index) >= step.symbols.size()) {
            return refuse(fmt::format("the enum {} has no symbol number {}", step.writer->name, index));
        }
        const auto mine = step.symbols[static_cast<std::size_t>(index)];
        if (mine < 0) {
            return refuse(fmt::format("{} is no symbol of {} in the schema that reads",
                                      step.writer->symbols[static_cast<std::size_t>(index)], step.reader->name));
        }
        appendJsonString(m_out, step.reader->symbols[static_cast<std::size_t>(mine)]);
        return true;
    }

    /// Blocks of items, each with its count before it; a negative count is followed by the block's size in bytes.
    bool container(const Step& step) {
        const bool isMap = step.writer->kind == Kind::Map;
        m_out += isMap ? '{' : '[';
        bool isFirst = true;
        ++m_depth;
        for (;;) {
            auto count = m_in.varint();
            if (count < 0) {
                (void)m_in.varint();
                count = count == std::numeric_limits<std::int64_t>::min() ? -1 : -count; // -1: refused below
            }
            if (!m_in.isOk() || count < 0) {
                return ended();
            }
            if (count == 0) {
                break;
            }
            for (std::int64_t i = 0; i < count; ++i, isFirst = false) {
                m_out += isFirst ? "" : ",";
                if (isMap && !key()) {
                    return false;
                }
                if (!value(*step.children.front())) {
                    prepend(isMap ? "{}" : "[]");
                    return false;
                }
            }
        }
        --m_depth;
        m_out += isMap ? '}' : ']';
        return true;
    }

    bool key() {
        const auto name = m_in.raw(m_in.varint());
        if (!m_in.isOk() || !isUtf8(name)) {
            return m_in.isOk() ? refuse("a key that isn't UTF-8") : ended();
        }
        appendJsonString(m_out, name);
        m_out += ':';
        return true;
    }

    bool record(const Step& step) {
        m_out += '{';
        const auto begun = m_out.size();
        ++m_depth;
        for (const auto& field : step.fields) {
            const auto before = m_out.size();
            if (!field.key.empty()) {
                m_out += before == begun ? "" : ",";
                m_out += field.key;
            }
            if (!value(*field.step)) {
                prepend(field.name);
                return false;
            }
            if (field.key.empty()) {
                m_out.resize(before);
            }
        }
        --m_depth;
        if (!step.defaults.empty()) {
            m_out += m_out.size() == begun ? "" : ",";
            m_out += step.defaults;
        }
        m_out += '}';
        return true;
    }

    void prepend(std::string_view step) {
        const bool isDirect = m_path.empty() || m_path.starts_with('[') || m_path.starts_with('{');
        m_path.insert(0, isDirect ? std::string(step) : std::string(step) + ".");
    }

    BinaryReader m_in;
    std::string m_out;
    std::string m_why, m_path;
    std::int64_t m_values = 0;
    int m_depth = 0;
};

} // namespace

Result<std::string> decode(const Step& step, std::string_view payload) {
    return Decoder(payload).run(step);
}

} // namespace meshbone::catalog::avro
