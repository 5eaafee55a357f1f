// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/binary.h"
#include "schema/avro/decoder.h"

#include <backbone/utf8.h>

#include <limits>

namespace meshbone::catalog::avro {

namespace {

/// Walks a payload as the decoder does, and writes nothing: some tens of nanoseconds for each value. What it finds
/// wrong is told by the decoder, which is asked then.
class Checker {
public:
    explicit Checker(std::string_view payload)
        : m_in(payload) {}

    bool run(const Step& top) { return value(top) && m_in.isOk() && m_in.left() == 0; }

private:
    bool value(const Step& step) {
        if (++m_values > kMaxValues || m_depth > kMaxValueDepth) {
            return false;
        }
        switch (step.writer->kind) {
        case Kind::Null:
            return step.why.empty();
        case Kind::Boolean:
            return m_in.number<std::uint8_t>() <= 1;
        case Kind::Int: {
            const auto number = m_in.varint();
            return number == static_cast<std::int32_t>(number);
        }
        case Kind::Long:
            m_in.varint();
            return m_in.isOk();
        case Kind::Float:
            return m_in.raw(sizeof(float)).size() == sizeof(float);
        case Kind::Double:
            return m_in.raw(sizeof(double)).size() == sizeof(double);
        case Kind::Bytes:
            m_in.raw(m_in.varint());
            return m_in.isOk();
        case Kind::String:
            return isUtf8(m_in.raw(m_in.varint())) && m_in.isOk();
        case Kind::Fixed:
            m_in.raw(step.writer->fixedSizeBytes);
            return m_in.isOk();
        case Kind::Enum:
            return static_cast<std::uint64_t>(m_in.varint()) < step.symbols.size();
        case Kind::Union: {
            const auto branch = static_cast<std::uint64_t>(m_in.varint());
            return m_in.isOk() && branch < step.children.size() && value(*step.children[branch]);
        }
        case Kind::Array:
        case Kind::Map:
            return container(step);
        case Kind::Record:
            return record(step);
        }
        return false;
    }

    bool record(const Step& step) {
        ++m_depth;
        for (const auto& field : step.fields) {
            if (!value(*field.step)) {
                return false;
            }
        }
        --m_depth;
        return m_in.isOk();
    }

    bool container(const Step& step) {
        const bool isMap = step.writer->kind == Kind::Map;
        ++m_depth;
        for (;;) {
            auto count = m_in.varint();
            if (count < 0) {
                m_in.varint();
                count = count == std::numeric_limits<std::int64_t>::min() ? -1 : -count;
            }
            if (!m_in.isOk() || count < 0) {
                return false;
            }
            if (count == 0) {
                break;
            }
            for (std::int64_t i = 0; i < count; ++i) {
                if ((isMap && !isUtf8(m_in.raw(m_in.varint()))) || !value(*step.children.front()) || !m_in.isOk()) {
                    return false;
                }
            }
        }
        --m_depth;
        return true;
    }

    BinaryReader m_in;
    std::int64_t m_values = 0;
    int m_depth = 0;
};

} // namespace

Status checkPayload(const Step& step, std::string_view payload) {
    if (Checker(payload).run(step)) {
        return {};
    }
    auto told = decode(step, payload);
    return told ? Status{} : std::unexpected(std::move(told.error()));
}

} // namespace meshbone::catalog::avro
