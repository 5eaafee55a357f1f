// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_state.h"

#include <list>
#include <mutex>

namespace meshbone::catalog {

/// Schemas parsed, with what they refer to, as often as they are asked for. Keeps the ones used last, up to a number of
/// bytes. Thread-safe; the state is only read, under its owner's lock.
class ParsedCache {
public:
    explicit ParsedCache(std::size_t maxBytes = 16 << 20)
        : m_maxBytes(maxBytes) {}

    /// 42201 with the parser's sentence, or with the reference that isn't there or leads back to itself; 42209 for a
    /// text that is too large. `context` is that of the subject, in which references are looked up.
    RegistryResult<ParsedSchemaPtr> parsed(const RegistryState& state, const std::string& context,
                                           const SchemaDefinition& definition);

private:
    struct Entry {
        std::string key;
        ParsedSchemaPtr schema;
        std::size_t bytes = 0;
    };
    ParsedSchemaPtr find(const std::string& key);
    void keep(const std::string& key, const ParsedSchemaPtr& schema);

    const std::size_t m_maxBytes;
    std::mutex m_mutex;
    std::list<Entry> m_entries; ///< the one used last first
    std::unordered_map<std::string, std::list<Entry>::iterator> m_index;
    std::size_t m_bytes = 0;
};

/// All that a schema needs, each after what it needs itself. 42201 for one that is missing, leads back to itself, or
/// for more than 500.
RegistryResult<std::vector<NamedSchema>> resolveReferences(const RegistryState& state, const std::string& context,
                                                           const std::vector<SchemaReference>& references);

} // namespace meshbone::catalog
