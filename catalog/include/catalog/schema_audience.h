// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_book.h>

#include <functional>
#include <string>
#include <vector>

namespace meshbone::catalog {

/// A change of a subject's schema that was refused because it breaks what is there.
struct RefusedChange {
    std::string subject;             ///< with its context
    std::vector<std::string> fields; ///< SchemaField::path of what speaks against it, of the old schema or the new one
    SchemaBookPtr book;              ///< the subject's versions; of others the latest, with what those refer to
    std::vector<SchemaFetch> fetches;
    std::function<bool(const std::string& topic)> maySee; ///< whether who asks may know of a topic
};

/// Knows who meets a schema that changes. The registry asks it when it refuses a change, so that who sent it learns
/// who would have been broken; who reads and what is derived is known to higher floors only, so whoever assembles the
/// registry gives it one.
class SchemaAudience {
public:
    virtual ~SchemaAudience() = default;
    /// A sentence in bounds; empty where nothing is known. Called on the registry's thread "mb-refuse", which nobody
    /// waits for but who was refused: may take some milliseconds, and must come to an end.
    virtual std::string sentence(const RefusedChange& change) = 0;
};

} // namespace meshbone::catalog
