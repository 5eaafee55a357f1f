// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to wire: the decoding visitor.

#include "wire/tags.h"
#include "wire/value_traits.h"

namespace meshbone::backbone::wire::detail {

template <class Struct>
void getStruct(Reader& reader, const Layout& layout, Struct& value);

template <Scalar T>
T getScalar(Reader& reader) {
    using Integer = WireInteger<T>;
    if constexpr (sizeof(Integer) == 1) {
        return fromInteger<T>(reader.int8());
    } else if constexpr (sizeof(Integer) == 2) {
        return fromInteger<T>(static_cast<Integer>(reader.int16()));
    } else if constexpr (sizeof(Integer) == 4) {
        return fromInteger<T>(static_cast<Integer>(reader.int32()));
    } else {
        return fromInteger<T>(static_cast<Integer>(reader.int64()));
    }
}

/// Octets, where `absent` is set for null. Null where it isn't allowed is a failure.
inline std::string_view getOctets(Reader& reader, const Layout& layout, const Spec& spec, bool& absent) {
    const auto octets = reader.octets(lengthKind(layout, spec));
    absent = !octets.has_value();
    if (absent && !layout.mayBeNull(spec)) {
        reader.fail("it is null, but must not be");
    }
    if (!absent && !spec.isBytes && octets->size() > kMaxTextBytes) {
        reader.fail("its text is longer than 32767 bytes");
    }
    return octets.value_or(std::string_view{});
}

template <class T>
void assignOctets(std::string_view octets, T& value) {
    if constexpr (std::same_as<T, Records>) {
        value = Records{octets, nullptr};
    } else {
        value = T(octets);
    }
}

template <class T>
void getValue(Reader& reader, const Layout& layout, const Spec& spec, T& value);

/// Elements of an array. Memory is asked for before it is taken, so that a lying count costs nothing.
template <class T>
void getElements(Reader& reader, const Layout& layout, const Spec& spec, std::size_t count, std::vector<T>& values) {
    values.clear();
    if (count == 0 || !reader.charge(count * sizeof(T))) {
        return;
    }
    values = std::vector<T>(count);
    for (auto& value : values) {
        getValue(reader, layout, spec, value);
        if (!reader.ok()) {
            return;
        }
    }
}

template <class T>
void getValue(Reader& reader, const Layout& layout, const Spec& spec, T& value) {
    if constexpr (Scalar<T>) {
        value = getScalar<T>(reader);
    } else if constexpr (std::same_as<T, TopicId>) {
        value = reader.uuid();
    } else if constexpr (Octets<T> || std::same_as<T, Records>) {
        bool absent = false;
        assignOctets(getOctets(reader, layout, spec, absent), value);
    } else if constexpr (kIsVector<T>) {
        const auto count = reader.count(countKind(layout));
        if (!count) {
            reader.fail("it is null, but must not be");
        }
        getElements(reader, layout, spec, count.value_or(0), value);
    } else {
        getStruct(reader, layout, value);
    }
}

template <class T>
void getValue(Reader& reader, const Layout& layout, const Spec& spec, std::optional<T>& value) {
    value.reset();
    if constexpr (Octets<T> || std::same_as<T, Records>) {
        bool absent = false;
        const auto octets = getOctets(reader, layout, spec, absent);
        if (!absent) {
            assignOctets(octets, value.emplace());
        }
    } else if constexpr (kIsVector<T>) {
        const auto count = reader.count(countKind(layout));
        if (count) {
            getElements(reader, layout, spec, *count, value.emplace());
        } else if (!layout.mayBeNull(spec)) {
            reader.fail("it is null, but must not be");
        }
    } else if (spec.isTagged() || reader.int8() >= 0) { // a nullable structure is preceded by a mark
        getStruct(reader, layout, value.emplace(T{}));  // Clang 16 takes a nested T for not default-constructible
    }
}

/// Visits the fields of one structure: first the plain ones, then once for each tagged field that arrived.
template <class Struct>
class DecodeVisitor {
public:
    DecodeVisitor(Reader& reader, const Layout& layout, Struct& value)
        : m_reader(&reader)
        , m_layout(layout)
        , m_value(value) {}

    template <class T>
    void operator()(const char* name, T Struct::*member, const Spec& spec = {}) {
        if (!m_reader->ok() || !m_layout.has(spec) || spec.tag != m_tag) {
            return;
        }
        m_found = true;
        getValue(*m_reader, m_layout, spec, m_value.*member);
        if (!m_reader->ok()) {
            m_reader->noteField(name);
        }
    }

    void finish() {
        if (!m_layout.flexible || !m_reader->ok()) {
            return;
        }
        auto* const outer = m_reader;
        readTags(*outer, [&](std::uint32_t tag, Reader& content) {
            if (tag > kMaxTag) {
                return false;
            }
            m_reader = &content;
            m_tag = static_cast<std::int16_t>(tag);
            m_found = false;
            Struct::describe(*this);
            return m_found;
        });
        m_reader = outer;
    }

private:
    static constexpr std::uint32_t kMaxTag = 32767; ///< Spec::tag holds no more; ours are all small

    Reader* m_reader;
    const Layout& m_layout;
    Struct& m_value;
    std::int16_t m_tag = -1; ///< which fields are read now: -1 the plain ones
    bool m_found = false;
};

template <class Struct>
void getStruct(Reader& reader, const Layout& layout, Struct& value) {
    DecodeVisitor<Struct> visitor(reader, layout, value);
    Struct::describe(visitor);
    visitor.finish();
}

} // namespace meshbone::backbone::wire::detail
