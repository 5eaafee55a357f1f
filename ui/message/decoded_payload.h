// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_book.h>

#include <QString>

namespace meshbone::ui {

/// What is shown of a key or value where it can be read: the JSON that it was decoded to, else the bytes themselves.
std::optional<Bytes> readableBytes(const catalog::DecodedPart& part, const std::optional<Bytes>& bytes);
/// The same of a record, for one line of a list: a long one isn't decoded for that. `book` may be null.
std::optional<Bytes> readableForLine(const catalog::SchemaBook* book, const Record& record, bool isKey);
/// "flights.positions-value v3, id 7, Avro"; where it isn't known, what the bytes say; empty: they name none.
QString schemaFact(const catalog::DecodedPart& part);
/// How the bytes say which schema they are of; empty where they don't, and nobody would expect it.
QString framingFact(const catalog::DecodedPart& part);

} // namespace meshbone::ui
