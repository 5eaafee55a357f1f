// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"

namespace meshbone::catalog::avro {

// The rules of the specification's "Schema Resolution" that comparing and reading share.

/// Whether a value of the writer's primitive type can be taken for one of the reader's (the same type included).
bool isPromoted(Kind reader, Kind writer);
/// Whether two named types are one: the same name without namespace, as Avro's own implementation compares, or an alias
/// of the reader's that is the writer's full name.
bool isSameName(const Node& reader, const Node& writer);

struct WriterField {
    const Field* field = nullptr; ///< null: the writer has none
    std::size_t index = 0;
    bool isAmbiguous = false; ///< more than one of the writer's fields goes by the reader's name and aliases
};
/// The writer's field that a field of the reader's takes its value from.
WriterField writerFieldOf(const Field& reader, const Node& writer);

} // namespace meshbone::catalog::avro
