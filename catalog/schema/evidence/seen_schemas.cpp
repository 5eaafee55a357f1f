// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_usage.h>

#include "schema/framing.h"

#include <catalog/avro.h>

#include <algorithm>
#include <unordered_map>

namespace meshbone::catalog {

void ScanAccount::begin(const std::string& topic) {
    m_topics.push_back({topic, 0, -1, -1, false, {}});
}

void ScanAccount::add(const Record& record) {
    ++m_records;
    auto& topic = m_topics.back();
    ++topic.records;
    if (record.timestampMs >= 0) {
        topic.fromMs = topic.fromMs < 0 ? record.timestampMs : std::min(topic.fromMs, record.timestampMs);
        topic.toMs = std::max(topic.toMs, record.timestampMs);
    }
}

void ScanAccount::end(bool isPart, std::string problem) {
    auto& topic = m_topics.back();
    topic.isPart = isPart || !problem.empty();
    topic.problem = std::move(problem);
}

/// The book's versions by what bytes call them: an id, a GUID, a fingerprint. Several may be one schema.
struct SeenSchemas::Names {
    std::unordered_multimap<int, std::size_t> byId;
    std::unordered_multimap<std::string, std::size_t> byGuid;
    std::unordered_multimap<std::uint64_t, std::size_t> byFingerprint;
    bool areFingerprintsMade = false; ///< that parses all schemas, and hardly anybody writes any

    void makeFingerprints(const SchemaBook& book) {
        areFingerprintsMade = true;
        for (std::size_t i = 0; i < book.versions().size(); ++i) {
            const auto& version = book.versions()[i];
            if (version.definition->type != SchemaType::Avro) {
                continue;
            }
            if (const auto schema = book.parsed(version)) {
                byFingerprint.emplace(avroFingerprint(**schema), i);
            }
        }
    }
};

SeenSchemas::SeenSchemas(SchemaBookPtr book)
    : m_book(std::move(book))
    , m_names(std::make_unique<Names>())
    , m_seen(m_book->versions().size()) {
    for (std::size_t i = 0; i < m_seen.size(); ++i) {
        const auto& version = m_book->versions()[i];
        m_names->byId.emplace(version.id.value(), i);
        m_names->byGuid.emplace(version.guid, i);
    }
}

SeenSchemas::~SeenSchemas() = default;

void SeenSchemas::count(std::size_t version, const Record& record) {
    auto& seen = m_seen[version];
    ++seen.records;
    seen.lastMs = std::max(seen.lastMs, record.timestampMs);
    if (!seen.topics.contains(record.topic)) {
        seen.topics.insert(record.topic);
    }
}

void SeenSchemas::add(const Record& record) {
    const auto countAll = [&](const auto& range) {
        for (auto one = range.first; one != range.second; ++one) {
            count(one->second, record);
        }
    };
    for (const bool isKey : {false, true}) {
        const auto& bytes = isKey ? record.key : record.value;
        if (!bytes) {
            continue;
        }
        const auto read = readFraming(*bytes, record.headers, isKey);
        if (!read.guid.empty()) {
            countAll(m_names->byGuid.equal_range(read.guid));
        } else if (read.framing == Framing::SingleObject) {
            if (!m_names->areFingerprintsMade) {
                m_names->makeFingerprints(*m_book);
            }
            countAll(m_names->byFingerprint.equal_range(read.fingerprint));
        } else if (read.id.value() >= 0) {
            countAll(m_names->byId.equal_range(read.id.value()));
        }
    }
}

SeenEvents SeenSchemas::take(ScanAccount account) {
    SeenEvents events{m_book, account.take(), {}};
    for (std::size_t i = 0; i < m_seen.size(); ++i) {
        if (m_seen[i].records > 0) {
            const auto& version = m_book->versions()[i];
            events.versions.emplace(std::pair(version.subject, version.version), std::move(m_seen[i]));
        }
    }
    return events;
}

} // namespace meshbone::catalog
