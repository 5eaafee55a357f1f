// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/reader.h"

#include <utility>

namespace meshbone::backbone::wire {

/// Reads the tagged fields behind a structure (KIP-482): their number, then for each its tag, its size and its bytes.
/// Calls field(tag, Reader&) with a reader over just those bytes. What it leaves unread is ignored when it returns
/// false (tag unknown) and a failure when it returns true.
template <class OnField>
void readTags(Reader& reader, OnField field) {
    const auto count = reader.uvarint();
    if (count > reader.left() / 2) { // each takes two bytes at least
        reader.fail("more tagged fields are announced than bytes are left for");
    }
    for (std::uint32_t i = 0; i < count && reader.ok(); ++i) {
        const auto tag = reader.uvarint();
        const auto size = reader.uvarint();
        Reader content(reader.take(size));
        if (!reader.ok()) {
            return;
        }
        content.setBudget(reader.budget());
        if (field(tag, content) && content.ok() && content.left() > 0) {
            content.fail("bytes are left over in a tagged field");
        }
        reader.setBudget(content.budget());
        reader.adoptFailure(std::move(content));
    }
}

inline void skipTags(Reader& reader) {
    readTags(reader, [](std::uint32_t, Reader&) { return false; });
}

} // namespace meshbone::backbone::wire
