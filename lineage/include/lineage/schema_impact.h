// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <lineage/lineage.h>

#include <catalog/access.h>
#include <catalog/catalog.h>
#include <catalog/schema_book.h>

#include <string>
#include <vector>

namespace meshbone::lineage {

/// A subject, topic and field that a field of a schema is found in.
struct ImpactedTopic {
    std::string topic;
    std::string subject;   ///< empty: the topic has no schema
    int version = 0;       ///< the latest
    std::string field;     ///< its path there; empty: the whole, or it isn't known
    std::string product;   ///< that offers the topic; empty: none
    int hops = 0;          ///< steps of derivation from the first
    std::string via;       ///< who derives it, a principal without "User:"; empty: it is where one began
    bool isCertain = true; ///< false: there is no schema that would tell whether the field goes on there
    friend bool operator==(const ImpactedTopic&, const ImpactedTopic&) = default;
};

/// Who meets the field. Grades, the strongest first: it was seen reading, it asked the registry for a schema of the
/// subject (for that of an id, as deserializers do when they meet an event of it; or whether it is registered, or to
/// register it, as serializers do), it is a member of a group, it may read.
struct ImpactedReader {
    enum class Grade : std::uint8_t { Observed, ById, Group, Granted };
    std::string principal; ///< without "User:"
    std::string topic;
    Grade grade = Grade::Granted;
    TimestampMs lastSeenMs = -1; ///< -1: never
    std::vector<std::string> groups;
    std::string product;       ///< that needs the topic as an input; empty: none is known
    std::vector<int> versions; ///< of the topic's subjects whose ids it fetched, ascending; empty: none is known
    std::string client;        ///< that fetched last, as it calls itself, and from where; empty: nothing is known
    catalog::SchemaAsk asked = catalog::SchemaAsk::ById; ///< of Grade::ById: how, the surest sign of reading first
    friend bool operator==(const ImpactedReader&, const ImpactedReader&) = default;
};

struct SchemaImpact {
    std::vector<ImpactedTopic> topics;   ///< nearest first
    std::vector<ImpactedReader> readers; ///< by topic as above, then the strongest grade first
    std::vector<std::string> references; ///< "subject version": schemas that refer to the one that changes
    std::string coverage;                ///< what the answer rests on, a sentence
};

/// What the impact is computed from. Borrowed for the call.
struct ImpactSources {
    const catalog::SchemaBook& book;
    const Subgraph& graph; ///< all of it, as of now
    const std::vector<catalog::Grant>& grants;
    const std::vector<catalog::Product>& products;
    TimestampMs nowMs = 0;
    std::vector<catalog::SchemaFetch> fetches{}; ///< what the registry tells of who fetched what; empty: it can't
};

/// Who breaks if a field of a subject's latest schema goes or changes; an empty field stands for the whole schema.
/// Follows topics that are derived from the subject's topic as long as a field of that name (or alias) is found in
/// them. NotFound where there is no such subject or field. Pure; any thread. Some milliseconds for 20,000 fields.
Result<SchemaImpact> schemaImpact(const ImpactSources& sources, const std::string& subject, const std::string& field);

} // namespace meshbone::lineage
