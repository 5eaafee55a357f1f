// SPDX-License-Identifier: Apache-2.0
#include "schema/book/book_inside.h"
#include "schema/framing.h"

#include <catalog/avro.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

std::string hexOf(std::uint64_t fingerprint) {
    return fmt::format("{:016x}", fingerprint);
}

/// Of several versions that are one schema: the one of the topic's own subject, not a deleted one, the newest.
std::optional<SchemaVersion> bestOf(std::vector<SchemaVersion> all, const std::string& topic, bool isKey) {
    const auto own = topic + (isKey ? "-key" : "-value");
    const auto rank = [&](const SchemaVersion& one) {
        const auto name = SubjectName::parse(one.subject).subject;
        return std::tuple(name == own, name.starts_with(topic + "-"), !one.isDeleted, one.version);
    };
    const auto best = std::ranges::max_element(all, {}, rank);
    return best == all.end() ? std::nullopt : std::optional(*best);
}

} // namespace

std::optional<SchemaVersion> SchemaBook::byId(SchemaId id, const std::string& topic, bool isKey) const {
    std::vector<SchemaVersion> all;
    for (const auto& context : m_inside->state.contexts()) {
        std::ranges::move(m_inside->state.versionsOf(context, id), std::back_inserter(all));
        if (context == "." && !all.empty()) {
            break; // another context's ids count only where the default one doesn't have them
        }
    }
    return bestOf(std::move(all), topic, isKey);
}

DecodedPart SchemaBook::decode(const Record& record, bool isKey) const {
    DecodedPart part;
    const auto& bytes = isKey ? record.key : record.value;
    if (!bytes) {
        return part;
    }
    const auto read = readFraming(*bytes, record.headers, isKey);
    part.framing = read.framing;
    part.id = read.id;
    std::string name;
    if (!read.guid.empty()) {
        name = "GUID " + read.guid;
        std::vector<SchemaVersion> all;
        for (const auto& [context, id] : m_inside->state.byGuid(read.guid)) {
            std::ranges::move(m_inside->state.versionsOf(context, id), std::back_inserter(all));
        }
        part.schema = bestOf(std::move(all), record.topic, isKey);
    } else if (read.framing == Framing::SingleObject) {
        name = "fingerprint " + hexOf(read.fingerprint);
        const std::scoped_lock lock(m_inside->fingerprintMutex);
        if (!m_inside->areFingerprintsMade) {
            m_inside->areFingerprintsMade = true;
            for (std::size_t i = 0; i < m_inside->versions.size(); ++i) {
                const auto& version = m_inside->versions[i];
                const auto schema =
                    version.definition->type == SchemaType::Avro ? parsed(version) : fail(ErrorCode::Unsupported, {});
                if (schema) {
                    m_inside->fingerprints.emplace(avroFingerprint(**schema), i);
                }
            }
        }
        std::vector<SchemaVersion> all;
        const auto [first, last] = m_inside->fingerprints.equal_range(read.fingerprint);
        std::transform(first, last, std::back_inserter(all),
                       [&](const auto& one) { return m_inside->versions[one.second]; });
        part.schema = bestOf(std::move(all), record.topic, isKey);
    } else if (read.id.value() >= 0) {
        name = fmt::format("id {}", read.id.value());
        part.schema = byId(read.id, record.topic, isKey);
    } else if (read.framing == Framing::Json) {
        part.json = read.payload;
    }
    if (name.empty()) {
        return part;
    }
    if (!part.schema) {
        part.problem = fmt::format("The bytes name the schema of {}, which the registry doesn't know.", name);
        return part;
    }
    part.id = part.schema->id;
    const auto schema = parsed(*part.schema);
    auto json = schema ? (*schema)->toJson(read.payload) : std::unexpected(schema.error());
    if (json) {
        part.json = std::move(*json);
    } else {
        part.problem = json.error().message;
    }
    return part;
}

Result<Bytes> SchemaBook::encode(const SchemaVersion& version, const std::string& json) const {
    const auto schema = parsed(version);
    if (!schema) {
        return std::unexpected(schema.error());
    }
    const auto payload = (*schema)->fromJson(json);
    return payload ? Result<Bytes>(framed(version.id, *payload)) : std::unexpected(payload.error());
}

} // namespace meshbone::catalog
