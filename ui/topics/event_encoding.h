// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/record.h>
#include <catalog/schema_book.h>

#include <optional>
#include <string>

namespace meshbone::ui {

/// An event as it is typed: each part JSON where it has a schema, else the text that is written.
struct EventText {
    std::optional<catalog::SchemaVersion> keySchema, valueSchema;
    std::string key; ///< empty: the event has none
    std::string value;
};

struct EventBytes {
    std::optional<Bytes> key;
    Bytes value;
};

/// What is written for it. InvalidArgument says which part doesn't fit its schema, and why. Any thread.
Result<EventBytes> encodeEvent(const catalog::SchemaBook& book, const EventText& event);

} // namespace meshbone::ui
