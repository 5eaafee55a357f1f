// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_book.h>

#include <QString>

namespace meshbone::ui {

/// An event to begin with, as indented JSON: all fields that a schema lists, each with an empty value of its type. What
/// may be left out and has no obvious empty value is left out.
QString eventSkeleton(const std::vector<catalog::SchemaField>& fields);

/// An event of the schema to begin with: the newest of the records that is of the same subject and fits, else the
/// skeleton.
QString eventExample(const catalog::SchemaBook& book, const catalog::SchemaVersion& schema,
                     const std::vector<Record>& newest);

} // namespace meshbone::ui
