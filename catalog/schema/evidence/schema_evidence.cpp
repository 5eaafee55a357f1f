// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_evidence.h>

#include "schema/cause.h"
#include "schema/framing.h"

#include <catalog/avro.h>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace meshbone::catalog {

/// Resolvers from the schemas that wrote to the candidate, by their GUIDs.
struct SchemaEvidence::Readers {
    std::unordered_map<std::string, std::optional<AvroResolver>> byGuid;
};

SchemaEvidence::SchemaEvidence(SchemaBookPtr book, ParsedSchemaPtr candidate, bool isKey)
    : m_book(std::move(book))
    , m_candidate(std::move(candidate))
    , m_isKey(isKey)
    , m_readers(std::make_unique<Readers>()) {}

SchemaEvidence::~SchemaEvidence() = default;

void SchemaEvidence::count(EvidenceCounts& counts, const Record& record, const Status& result) {
    if (result) {
        ++counts.passed;
        return;
    }
    ++counts.failed;
    auto cause = causeOf(result.error().message);
    if (counts.causes.size() >= kMaxCauses && !counts.causes.contains(cause)) {
        cause = "Other causes.";
    }
    auto& found = counts.causes[cause];
    ++found.records;
    if (found.samples.size() < kMaxSamples) {
        found.samples.push_back(
            {{record.topic, record.partition}, record.offset, record.timestampMs, result.error().message});
    }
}

void SchemaEvidence::add(const Record& record) {
    ++m_report.records;
    if (record.timestampMs >= 0) {
        m_report.fromMs = m_report.fromMs < 0 ? record.timestampMs : std::min(m_report.fromMs, record.timestampMs);
        m_report.toMs = std::max(m_report.toMs, record.timestampMs);
    }
    const auto& bytes = m_isKey ? record.key : record.value;
    if (!bytes) {
        ++m_report.tombstones;
        return;
    }
    const auto part = m_book->decode(record, m_isKey);
    if (part.framing == Framing::Json && m_candidate->type() == SchemaType::Json) {
        // Plain JSON has no schema that wrote it, and can be held to one all the same.
        count(m_report.asReader, record, m_candidate->check(*bytes));
        count(m_report.asWriter, record, m_candidate->check(*bytes));
        return;
    }
    if (part.framing != Framing::Prefix && part.framing != Framing::HeaderGuid &&
        part.framing != Framing::SingleObject) {
        ++m_report.withoutSchema;
        return;
    }
    if (!part.schema || !part.isDecoded()) {
        ++(part.schema ? m_report.unreadable : m_report.unknownSchema);
        return;
    }
    read(record, part, readFraming(*bytes, record.headers, m_isKey).payload);
}

void SchemaEvidence::read(const Record& record, const DecodedPart& part, std::string_view payload) {
    ++m_report.writers[fmt::format("{} {}", part.schema->subject, part.schema->version)];
    if (part.schema->definition->type != m_candidate->type()) {
        const auto other = fail(ErrorCode::InvalidArgument, fmt::format("It is {}, and the candidate {}.",
                                                                        schemaTypeName(part.schema->definition->type),
                                                                        schemaTypeName(m_candidate->type())));
        count(m_report.asReader, record, other);
        count(m_report.asWriter, record, other);
        return;
    }
    Status isRead;
    if (m_candidate->type() == SchemaType::Avro) {
        auto& resolver = m_readers->byGuid[part.schema->guid];
        if (!resolver) {
            const auto writer = m_book->parsed(*part.schema);
            auto made = writer ? AvroResolver::make(m_candidate, *writer) : std::unexpected(writer.error());
            if (made) {
                resolver = std::move(*made);
            }
        }
        const auto text = resolver ? resolver->toJson(payload)
                                   : fail(ErrorCode::InvalidArgument, "The schema that wrote it can't be parsed.");
        isRead = text ? Status{} : std::unexpected(text.error());
    } else {
        isRead = m_candidate->check(payload);
    }
    count(m_report.asReader, record, isRead);
    const auto written = m_candidate->fromJson(part.json);
    count(m_report.asWriter, record, written ? Status{} : std::unexpected(written.error()));
}

} // namespace meshbone::catalog
