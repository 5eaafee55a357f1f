// SPDX-License-Identifier: Apache-2.0
#include "demo/event_codec.h"

#include "demo/event_schemas.h"

#include <catalog/registry_client.h>

namespace meshbone::app::demo {

Result<EventCodec> EventCodec::open(backbone::HttpClientOptions registry, const backbone::Profile& profile,
                                    std::stop_token stop) {
    if (registry.baseUrl.empty()) {
        return EventCodec(nullptr, std::move(stop));
    }
    if (registry.user.empty()) {
        registry.user = profile.user;
        registry.password = profile.password;
    }
    auto opened = catalog::openRegistry(std::move(registry));
    if (!opened) {
        return std::unexpected(opened.error());
    }
    return EventCodec(std::move(*opened), std::move(stop));
}

Status EventCodec::announce(const std::vector<std::string>& topics) {
    if (!m_registry) {
        return {};
    }
    for (const auto& topic : topics) {
        const auto schemas = schemasOf(topic);
        std::vector<catalog::SchemaVersion> written;
        for (const auto text : schemas.versions) {
            catalog::SchemaVersion version;
            version.subject = valueSubject(topic);
            const catalog::SchemaDefinition definition{schemas.type, std::string(text), {}, {}, {}};
            const auto registered = m_registry->registerSchema(version.subject, definition, false, call());
            if (!registered) {
                return std::unexpected(registered.error().error);
            }
            version.id = registered->id;
            version.version = registered->version;
            version.definition = std::make_shared<const catalog::SchemaDefinition>(definition);
            keep(version);
            written.push_back(std::move(version));
        }
        m_written[topic] = std::move(written);
    }
    return {};
}

void EventCodec::keep(catalog::SchemaVersion version) {
    m_known.push_back(std::move(version));
    m_book = std::make_shared<const catalog::SchemaBook>(m_known);
}

std::size_t EventCodec::versionsOf(const std::string& topic) const {
    const auto found = m_written.find(topic);
    return found == m_written.end() ? 0 : found->second.size();
}

Result<Bytes> EventCodec::encode(const std::string& topic, std::optional<std::size_t> version,
                                 const std::string& json) const {
    const auto found = m_written.find(topic);
    if (found == m_written.end() || found->second.empty()) {
        return json;
    }
    const auto& newest = found->second.back();
    if (!version || *version + 1 >= found->second.size()) {
        return m_book->encode(newest, json);
    }
    const auto& wanted = found->second[*version];
    const auto wantedSchema = m_book->parsed(wanted), newestSchema = m_book->parsed(newest);
    if (!wantedSchema || !newestSchema) {
        return std::unexpected((wantedSchema ? newestSchema : wantedSchema).error());
    }
    return m_book->encode(wanted, asKnownBy(json, **wantedSchema, **newestSchema));
}

Result<Record> EventCodec::decoded(Record record) {
    auto part = m_book->decode(record, false);
    if (m_registry && part.id.value() >= 0 && !part.schema && !m_unknown.contains(part.id)) {
        if (const auto fetched = fetch(part.id, record.topic); !fetched) {
            return std::unexpected(fetched.error());
        }
        part = m_book->decode(record, false);
    }
    if (part.schema && part.isDecoded()) {
        record.value = std::move(part.json);
    }
    return record;
}

Status EventCodec::fetch(catalog::SchemaId id, const std::string& topic) {
    auto definition = m_registry->byId(id, valueSubject(topic), call());
    if (!definition && definition.error().code != ErrorCode::NotFound) {
        return std::unexpected(definition.error());
    }
    if (!definition) {
        m_unknown.insert(id); // somebody else's bytes: not worth to stop for
        return {};
    }
    catalog::SchemaVersion version;
    version.subject = "id-" + std::to_string(id.value()); // which of its names it has doesn't matter for reading
    version.version = 1;
    version.id = id;
    version.definition = std::make_shared<const catalog::SchemaDefinition>(std::move(*definition));
    keep(std::move(version));
    return {};
}

} // namespace meshbone::app::demo
