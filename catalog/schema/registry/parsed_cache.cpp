// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/parsed_cache.h"

#include "schema/registry/reference_subject.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

constexpr std::size_t kMaxReferences = 500;
constexpr std::size_t kMaxReferenceDepth = 50;

/// Walks references depth first.
class Resolver {
public:
    explicit Resolver(const RegistryState& state)
        : m_state(state) {}

    RegistryResult<void> add(const std::string& context, const std::vector<SchemaReference>& references) {
        for (const auto& reference : references) {
            if (auto added = addOne(referencedSubject(context, reference.subject), reference); !added) {
                return added;
            }
        }
        return {};
    }

    std::vector<NamedSchema> take() { return std::move(m_all); }

private:
    RegistryResult<void> addOne(const SubjectName& subject, const SchemaReference& reference) {
        const auto version = reference.version == -1 ? m_state.latest(subject.toString())
                                                     : m_state.version(subject.toString(), reference.version);
        if (!version) {
            return refuse(42201, fmt::format("The reference '{}' can't be followed: subject '{}' has no version {}.",
                                             reference.name, subject.toString(), reference.version));
        }
        const auto key = std::pair(version->subject, version->version);
        if (std::ranges::find(m_inside, key) != m_inside.end()) {
            return refuse(42201, fmt::format("The reference '{}' leads back to itself: '{}' version {}.",
                                             reference.name, key.first, key.second));
        }
        if (m_inside.size() > kMaxReferenceDepth || m_all.size() > kMaxReferences) {
            return refuse(42201, fmt::format("The schema refers to more than {} others, or deeper than {}.",
                                             kMaxReferences, kMaxReferenceDepth));
        }
        if (!m_seen.insert(reference.name).second) {
            return {};
        }
        m_inside.push_back(key);
        if (auto inner = add(subject.context, version->definition->references); !inner) {
            return inner;
        }
        m_inside.pop_back();
        m_all.push_back({reference.name, version->definition->text});
        return {};
    }

    const RegistryState& m_state;
    std::vector<std::pair<std::string, int>> m_inside;
    std::set<std::string> m_seen;
    std::vector<NamedSchema> m_all;
};

} // namespace

RegistryResult<std::vector<NamedSchema>> resolveReferences(const RegistryState& state, const std::string& context,
                                                           const std::vector<SchemaReference>& references) {
    Resolver resolver(state);
    if (auto added = resolver.add(context, references); !added) {
        return std::unexpected(added.error());
    }
    return resolver.take();
}

ParsedSchemaPtr ParsedCache::find(const std::string& key) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_index.find(key);
    if (found == m_index.end()) {
        return nullptr;
    }
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->schema;
}

void ParsedCache::keep(const std::string& key, const ParsedSchemaPtr& schema) {
    const std::scoped_lock lock(m_mutex);
    if (m_index.contains(key)) {
        return;
    }
    m_entries.push_front({key, schema, schema->sizeBytes() + key.size()});
    m_index.emplace(key, m_entries.begin());
    m_bytes += m_entries.front().bytes;
    while (m_bytes > m_maxBytes && m_entries.size() > 1) {
        m_bytes -= m_entries.back().bytes;
        m_index.erase(m_entries.back().key);
        m_entries.pop_back();
    }
}

RegistryResult<ParsedSchemaPtr> ParsedCache::parsed(const RegistryState& state, const std::string& context,
                                                    const SchemaDefinition& definition) {
    const auto references = resolveReferences(state, context, definition.references);
    if (!references) {
        return std::unexpected(references.error());
    }
    // A version that was deleted for good and made again may be another schema: what is referred to is part of the key.
    SchemaDefinition all;
    all.text = schemaGuid(definition);
    for (const auto& [name, text] : *references) {
        all.text += name + '\0' + text;
    }
    const auto key = fmt::format("{}/{}", schemaTypeName(definition.type), schemaGuid(all));
    if (auto known = find(key)) {
        return known;
    }
    auto schema = parseSchema(definition.type, definition.text, *references);
    if (!schema) {
        const int code = definition.text.size() > kMaxSchemaBytes ? 42209 : 42201;
        return refuse(code, fmt::format("Invalid schema of type {}. {}", schemaTypeName(definition.type),
                                        schema.error().message));
    }
    keep(key, *schema);
    return *schema;
}

} // namespace meshbone::catalog
