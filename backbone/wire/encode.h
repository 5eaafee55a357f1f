// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to wire: the encoding visitor. One visitor with two sinks makes both passes: Counter, then Writer.

#include "wire/value_traits.h"
#include "wire/writer.h"

namespace meshbone::backbone::wire::detail {

template <class Sink>
void putLength(Sink& sink, LengthKind kind, std::size_t length) {
    switch (kind) {
    case LengthKind::Int16:
        sink.integer(static_cast<std::int16_t>(length));
        break;
    case LengthKind::Int32:
        sink.integer(static_cast<std::int32_t>(length));
        break;
    case LengthKind::Compact:
        sink.uvarint(static_cast<std::uint32_t>(length) + 1);
        break;
    }
}

template <class Sink>
void putNull(Sink& sink, LengthKind kind) {
    switch (kind) {
    case LengthKind::Int16:
        sink.integer(std::int16_t{-1});
        break;
    case LengthKind::Int32:
        sink.integer(std::int32_t{-1});
        break;
    case LengthKind::Compact:
        sink.uvarint(0);
        break;
    }
}

template <class Sink, class Struct>
void putStruct(Sink& sink, const Layout& layout, const Struct& value);

template <class Sink, class T>
void putValue(Sink& sink, const Layout& layout, const Spec& spec, const T& value) {
    if constexpr (Scalar<T>) {
        sink.integer(toInteger(value));
    } else if constexpr (std::same_as<T, TopicId>) {
        sink.uuid(value);
    } else if constexpr (Octets<T>) {
        const auto octets = sayable(value, spec);
        putLength(sink, lengthKind(layout, spec), octets.size());
        sink.octets(octets);
    } else if constexpr (std::same_as<T, Records>) {
        putLength(sink, lengthKind(layout, spec), value.bytes.size());
        sink.records(value);
    } else if constexpr (kIsVector<T>) {
        putLength(sink, countKind(layout), value.size());
        for (const auto& element : value) {
            putValue(sink, layout, spec, element);
        }
    } else {
        putStruct(sink, layout, value);
    }
}

template <class Sink, class T>
void putValue(Sink& sink, const Layout& layout, const Spec& spec, const std::optional<T>& value) {
    constexpr bool kIsStruct = !Octets<T> && !std::same_as<T, Records> && !kIsVector<T>;
    if (kIsStruct && !spec.isTagged()) { // a nullable structure is preceded by a mark
        sink.integer(static_cast<std::int8_t>(value ? 1 : -1));
    }
    if (value) {
        putValue(sink, layout, spec, *value);
    } else if constexpr (!kIsStruct) {
        const auto kind = kIsVector<T> ? countKind(layout) : lengthKind(layout, spec);
        if (layout.mayBeNull(spec)) {
            putNull(sink, kind);
        } else {
            putLength(sink, kind, 0);
        }
    }
}

/// Visits the fields of one structure: first the plain ones, counting the tagged ones that are set; then, if there are
/// any, the tagged ones.
template <class Sink, class Struct>
class EncodeVisitor {
public:
    EncodeVisitor(Sink& sink, const Layout& layout, const Struct& value)
        : m_sink(sink)
        , m_layout(layout)
        , m_value(value) {}

    template <class T>
    void operator()(const char*, T Struct::*member, const Spec& spec = {}) {
        if (!m_layout.has(spec)) {
            return;
        }
        if (!spec.isTagged()) {
            if (!m_writingTags) {
                putValue(m_sink, m_layout, spec, m_value.*member);
            }
        } else if (!isDefault(m_value, member)) {
            ++m_tags;
            if (m_writingTags) {
                putTagged(spec, m_value.*member);
            }
        }
    }

    void finish() {
        if (!m_layout.flexible) {
            return;
        }
        m_sink.uvarint(m_tags);
        if (m_tags > 0) {
            m_writingTags = true;
            Struct::describe(*this);
        }
    }

private:
    template <class T>
    void putTagged(const Spec& spec, const T& value) {
        Counter counter;
        putValue(counter, m_layout, spec, value);
        m_sink.uvarint(static_cast<std::uint32_t>(spec.tag));
        m_sink.uvarint(static_cast<std::uint32_t>(counter.sizeBytes()));
        putValue(m_sink, m_layout, spec, value);
    }

    Sink& m_sink;
    const Layout& m_layout;
    const Struct& m_value;
    std::uint32_t m_tags = 0;
    bool m_writingTags = false;
};

template <class Sink, class Struct>
void putStruct(Sink& sink, const Layout& layout, const Struct& value) {
    EncodeVisitor<Sink, Struct> visitor(sink, layout, value);
    Struct::describe(visitor);
    visitor.finish();
}

} // namespace meshbone::backbone::wire::detail
