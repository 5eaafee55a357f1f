// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

#include <QString>

#include <span>
#include <vector>

namespace meshbone::ui {

/// What a schema refers to as a person writes it: one a line, its name, the subject and the version, with blanks
/// between; "latest" for a version that follows the newest. A subject may have blanks in it, a typed name hasn't any.
QString referenceLines(const std::vector<catalog::SchemaReference>& references);
/// The other way; empty lines are passed over. InvalidArgument with the line that is none, or names what another does,
/// and beyond 500, which is what a registry takes.
/// A line that is one of `base` as referenceLines() writes it is that one, whatever it looks like.
Result<std::vector<catalog::SchemaReference>> readReferenceLines(const QString& lines,
                                                                 std::span<const catalog::SchemaReference> base = {});

} // namespace meshbone::ui
