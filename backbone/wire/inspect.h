// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to wire: the visitor behind Inspector.

#include "wire/inspector.h"
#include "wire/value_traits.h"

namespace meshbone::backbone::wire {
namespace detail {

template <class Struct>
void inspectStruct(Inspector& inspector, const Layout& layout, const Field& field, Struct& value);

template <class T>
void setOctets(T& value, std::string_view octets) {
    if constexpr (std::same_as<T, Records>) {
        value.bytes = octets;
    } else {
        value = T(octets);
    }
}

template <class T>
std::string_view octetsOf(const T& value) {
    if constexpr (std::same_as<T, Records>) {
        return value.bytes;
    } else {
        return value;
    }
}

template <class T>
void inspectValue(Inspector& inspector, const Layout& layout, const Field& field, T& value);

/// Elements start anew where the number changes.
template <class T>
void setCount(std::vector<T>& values, std::size_t count) {
    if (values.size() != count) {
        values = std::vector<T>(count);
    }
}

template <class T>
void inspectElements(Inspector& inspector, const Layout& layout, const Field& field, std::vector<T>& values) {
    for (auto& value : values) {
        inspectValue(inspector, layout, field, value);
    }
    inspector.endArray();
}

template <class T>
void inspectValue(Inspector& inspector, const Layout& layout, const Field& field, T& value) {
    if constexpr (Scalar<T>) {
        const auto integer = static_cast<std::int64_t>(toInteger(value));
        const auto wanted = inspector.integer(field, integer, sizeof(WireInteger<T>), std::same_as<T, bool>);
        value = fromInteger<T>(static_cast<WireInteger<T>>(wanted));
    } else if constexpr (std::same_as<T, TopicId>) {
        value = inspector.uuid(field, value);
    } else if constexpr (Octets<T> || std::same_as<T, Records>) {
        const auto wanted = inspector.octets(field, octetsOf(value), false).value_or(std::string_view{});
        if (wanted != octetsOf(value)) {
            setOctets(value, wanted);
        }
    } else if constexpr (kIsVector<T>) {
        setCount(value, inspector.beginArray(field, value.size(), false).value_or(0));
        inspectElements(inspector, layout, field, value);
    } else {
        inspectStruct(inspector, layout, field, value);
    }
}

template <class T>
void inspectValue(Inspector& inspector, const Layout& layout, const Field& field, std::optional<T>& value) {
    const bool mayBeNull = layout.mayBeNull(field.spec);
    if constexpr (Octets<T> || std::same_as<T, Records>) {
        const auto before = value ? std::optional(octetsOf(*value)) : std::nullopt;
        const auto wanted = inspector.octets(field, before, mayBeNull);
        if (!wanted) {
            value.reset();
        } else if (wanted != before) {
            setOctets(value.emplace(), *wanted);
        }
    } else if constexpr (kIsVector<T>) {
        const auto count = value ? std::optional(value->size()) : std::nullopt;
        const auto wanted = inspector.beginArray(field, count, mayBeNull);
        if (wanted) {
            setCount(value ? *value : value.emplace(), *wanted);
            inspectElements(inspector, layout, field, *value);
        } else {
            value.reset();
            inspector.endArray();
        }
    } else if (inspector.present(field, value.has_value())) {
        inspectStruct(inspector, layout, field, value ? *value : value.emplace(T{}));
    } else {
        value.reset();
    }
}

template <class Struct>
class InspectVisitor {
public:
    InspectVisitor(Inspector& inspector, const Layout& layout, Struct& value)
        : m_inspector(inspector)
        , m_layout(layout)
        , m_value(value) {}

    template <class T>
    void operator()(const char* name, T Struct::*member, const Spec& spec = {}) {
        const bool unset = spec.isTagged() && isDefault(m_value, member);
        if (m_layout.has(spec) && !(unset && m_inspector.skipsUnset())) {
            inspectValue(m_inspector, m_layout, Field{name, spec}, m_value.*member);
        }
    }

private:
    Inspector& m_inspector;
    const Layout& m_layout;
    Struct& m_value;
};

template <class Struct>
void inspectStruct(Inspector& inspector, const Layout& layout, const Field& field, Struct& value) {
    inspector.beginStruct(field);
    InspectVisitor<Struct> visitor(inspector, layout, value);
    Struct::describe(visitor);
    inspector.endStruct();
}

} // namespace detail

template <class M>
void inspect(Inspector& inspector, M& message, Version version) {
    detail::inspectStruct(inspector, detail::layoutOf<M>(version), Field{M::kName, {}}, message);
}

} // namespace meshbone::backbone::wire
