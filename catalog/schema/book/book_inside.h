// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_rules.h"

#include <catalog/schema_book.h>

#include <mutex>

namespace meshbone::catalog {

/// What a search looks at: everything of a version or a field in small letters.
struct SearchLine {
    std::uint32_t version = 0;
    std::string field;
    std::string text; ///< parts with line breaks between, in the order of kSearchParts
};

struct SchemaBook::Inside {
    std::vector<SchemaVersion> versions;
    std::vector<SubjectSettings> settings;
    RegistryState state; ///< the same, for what the registry's rules compute
    mutable ParsedCache cache{64 << 20};
    mutable std::once_flag searchMade;
    mutable std::vector<SearchLine> searchLines;
    mutable std::mutex fingerprintMutex; ///< guards the two below
    mutable bool areFingerprintsMade = false;
    mutable std::multimap<std::uint64_t, std::size_t> fingerprints; ///< of Avro schemas, to all their versions

    void makeSearchLines() const;
};

} // namespace meshbone::catalog
