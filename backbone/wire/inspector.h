// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/field.h"

#include <backbone/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace meshbone::backbone::wire {

/// Meets every field of a message that the version has, in the order of the wire, by its kind rather than its type. For
/// what isn't hot: dumps and random messages. Each function is given the field's value and returns the value that the
/// field is to have, so that one interface reads and fills.
class Inspector {
public:
    virtual ~Inspector() = default;

    /// True: tagged fields that have their default are not shown.
    virtual bool skipsUnset() const = 0;

    /// A bool, an integer, an enum or a strong integer of `sizeBytes`.
    virtual std::int64_t integer(const Field& field, std::int64_t value, std::size_t sizeBytes, bool isBool) = 0;
    virtual TopicId uuid(const Field& field, const TopicId& value) = 0;
    /// Text or, where field.spec.isBytes, bytes. The returned view must live as long as the message.
    virtual std::optional<std::string_view> octets(const Field& field, std::optional<std::string_view> value,
                                                   bool mayBeNull) = 0;
    /// An array; each element follows, then endArray(). Returns the number of elements it is to have.
    virtual std::optional<std::size_t> beginArray(const Field& field, std::optional<std::size_t> count,
                                                  bool mayBeNull) = 0;
    virtual void endArray() = 0;
    /// A structure that may be missing: a tagged one, or one that may be null.
    virtual bool present(const Field& field, bool isPresent) = 0;
    virtual void beginStruct(const Field& field) = 0;
    virtual void endStruct() = 0;
};

/// Shows every field of the version to the inspector. Exists for every message.
template <class M>
void inspect(Inspector& inspector, M& message, Version version);

} // namespace meshbone::backbone::wire
