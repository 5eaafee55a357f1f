// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_book.h>

#include <backbone/record.h>

#include <functional>
#include <map>
#include <memory>

namespace meshbone::catalog {

/// A record that speaks against a schema.
struct EvidenceSample {
    TopicPartition at;
    Offset offset = kNoOffset;
    TimestampMs timestampMs = -1;
    std::string why; ///< in full, a sentence
};

/// What of the real events can, or can't, be done with a schema.
struct EvidenceCounts {
    std::int64_t passed = 0, failed = 0;
    struct Cause {
        std::int64_t records = 0;
        std::vector<EvidenceSample> samples; ///< the first kMaxSamples
    };
    std::map<std::string, Cause> causes; ///< by what is wrong, without bytes and values
};

struct SchemaEvidenceReport {
    std::int64_t records = 0;                                                          ///< that were looked at
    std::int64_t withoutSchema = 0, unknownSchema = 0, unreadable = 0, tombstones = 0; ///< and tell nothing either way
    EvidenceCounts asReader; ///< consumers with the candidate read what was written with the schemas of the past
    EvidenceCounts asWriter; ///< producers with the candidate could write the same events
    TimestampMs fromMs = -1, toMs = -1;          ///< the first and last timestamp
    std::map<std::string, std::int64_t> writers; ///< records by "subject version" that wrote them
};

/// Runs a candidate schema over a topic's real events. One thread. The book and the candidate are shared.
class SchemaEvidence {
public:
    static constexpr std::size_t kMaxSamples = 5;
    static constexpr std::size_t kMaxCauses = 100;

    SchemaEvidence(SchemaBookPtr book, ParsedSchemaPtr candidate, bool isKey = false);
    ~SchemaEvidence();
    void add(const Record& record);
    [[nodiscard]] const SchemaEvidenceReport& report() const { return m_report; }

private:
    struct Readers;
    void read(const Record& record, const DecodedPart& part, std::string_view payload);
    static void count(EvidenceCounts& counts, const Record& record, const Status& result);

    SchemaBookPtr m_book;
    ParsedSchemaPtr m_candidate;
    bool m_isKey;
    SchemaEvidenceReport m_report;
    std::unique_ptr<Readers> m_readers;
};

/// The ids that framed records name and the registry doesn't know, with the known schemas that could be theirs.
struct LostId {
    SchemaId id{-1};
    std::int64_t records = 0;
    std::vector<SchemaVersion> candidates;      ///< all records of the id can be read with it, the best guess first
    std::map<std::string, std::int64_t> topics; ///< records by topic
};
/// Looks for lost ids in records as they come. One thread.
class LostIds {
public:
    static constexpr std::size_t kMaxIds = 1'000;
    explicit LostIds(SchemaBookPtr book);
    void add(const Record& record);
    [[nodiscard]] std::vector<LostId> found() const;

private:
    struct Found {
        std::int64_t records = 0;
        std::map<std::string, std::int64_t> topics;
        std::vector<std::size_t> fits; ///< of the book's versions
    };
    SchemaBookPtr m_book;
    std::vector<std::size_t> m_distinct; ///< versions, one for each schema
    std::map<int, Found> m_found;
};

} // namespace meshbone::catalog
