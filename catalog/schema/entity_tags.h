// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace meshbone::catalog {

/// Which record or field of a schema gets and loses which tags. `path` is as Confluent's registry names it, with or
/// without a dot in front:
/// - Avro: the record's full name, and for a field ".<field>" behind it;
/// - Protobuf: the message's name within the package, "Outer.Inner", and for a field ".<field>" behind it;
/// - JSON Schema: from the root, "object.<property>", "array", "allof.0", "not", "definitions.<name>" and so on.
struct EntityTags {
    std::string path;
    bool isField = false;
    std::vector<std::string> add, remove;
};

/// Adds what isn't there yet, in its order, then takes out what is to go.
inline void applyTo(std::vector<std::string>& tags, const EntityTags& change) {
    for (const auto& tag : change.add) {
        if (std::ranges::find(tags, tag) == tags.end()) {
            tags.push_back(tag);
        }
    }
    std::erase_if(tags,
                  [&](const std::string& tag) { return std::ranges::find(change.remove, tag) != change.remove.end(); });
}

} // namespace meshbone::catalog
