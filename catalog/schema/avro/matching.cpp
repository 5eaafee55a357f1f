// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/matching.h"

#include <algorithm>

namespace meshbone::catalog::avro {

bool isPromoted(Kind reader, Kind writer) {
    switch (reader) {
    case Kind::Long:
        return writer == Kind::Long || writer == Kind::Int;
    case Kind::Float:
        return writer == Kind::Float || writer == Kind::Int || writer == Kind::Long;
    case Kind::Double:
        return writer == Kind::Double || writer == Kind::Float || writer == Kind::Int || writer == Kind::Long;
    case Kind::String:
    case Kind::Bytes:
        return writer == Kind::String || writer == Kind::Bytes;
    default:
        return reader == writer;
    }
}

bool isSameName(const Node& reader, const Node& writer) {
    return shortName(reader.name) == shortName(writer.name) ||
           std::ranges::find(reader.aliases, writer.name) != reader.aliases.end();
}

WriterField writerFieldOf(const Field& reader, const Node& writer) {
    WriterField found;
    for (std::size_t i = 0; i < writer.fields.size(); ++i) {
        const auto& name = writer.fields[i].name;
        if (name == reader.name || std::ranges::find(reader.aliases, name) != reader.aliases.end()) {
            found.isAmbiguous = found.field != nullptr;
            if (!found.field) {
                found.field = &writer.fields[i];
                found.index = i;
            }
        }
    }
    return found;
}

} // namespace meshbone::catalog::avro
