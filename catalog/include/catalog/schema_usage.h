// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_book.h>

#include <backbone/record.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::catalog {

// Which versions anybody was seen using, and what that rests on. Nobody seen using a version isn't nobody using it:
// each answer says how far was looked.

/// A topic whose events were looked at for the schemas that they name.
struct ScannedTopic {
    std::string topic;
    std::int64_t records = 0;
    TimestampMs fromMs = -1, toMs = -1; ///< the first and the last timestamp
    bool isPart = false;                ///< there are events that weren't looked at
    std::string problem;                ///< why it couldn't be read, or not to its end; empty: it was
};

/// Keeps account of a look at events, topic by topic. One thread.
class ScanAccount {
public:
    void begin(const std::string& topic); ///< what comes next is of this one
    void add(const Record& record);
    void end(bool isPart, std::string problem = {});
    [[nodiscard]] std::int64_t records() const { return m_records; } ///< looked at so far, of all topics
    [[nodiscard]] std::vector<ScannedTopic> take() { return std::move(m_topics); }

private:
    std::vector<ScannedTopic> m_topics;
    std::int64_t m_records = 0;
};
/// What was looked at, in sentences: how many events, of which times, of what a part only, and what couldn't be read.
/// `time` writes times.
std::string scanWords(const std::vector<ScannedTopic>& topics, const std::function<std::string(TimestampMs)>& time);

/// Events that name a schema.
struct SeenVersion {
    std::int64_t records = 0;
    TimestampMs lastMs = -1;
    std::set<std::string> topics;
};

/// What a look at events has found.
struct SeenEvents {
    SchemaBookPtr book;                                          ///< whose versions were looked for
    std::vector<ScannedTopic> topics;                            ///< in the order in which they were read
    std::map<std::pair<std::string, int>, SeenVersion> versions; ///< by subject and version; those that were seen
};

/// Looks at events as they come, for the schemas that their keys and values name. An id counts for every version that
/// has it, in whatever context: rather too many are called used than one too few. One thread.
class SeenSchemas {
public:
    explicit SeenSchemas(SchemaBookPtr book);
    ~SeenSchemas();
    void add(const Record& record);
    /// With the account of what was added.
    [[nodiscard]] SeenEvents take(ScanAccount account);

private:
    struct Names;
    void count(std::size_t version, const Record& record);

    SchemaBookPtr m_book;
    std::unique_ptr<Names> m_names;
    std::vector<SeenVersion> m_seen; ///< by index of the book's versions
};

/// A version that an agreed contract is about.
struct BoundVersion {
    std::string subject;
    int version = 0;
    std::string contract; ///< what it is called
};

/// What the usage of versions is told from. Borrowed for the call.
struct UsageSources {
    const SchemaBook& book;
    const SeenEvents* seen = nullptr; ///< null: no events were looked at
    std::vector<SchemaFetch> asked{}; ///< what the registry tells
    std::vector<BoundVersion> bound{};
    /// The topic whose events are of a subject; empty where that isn't known. Null: topicOfSubject().
    std::function<std::string(const std::string& subject)> topicOf{};
};

/// What speaks for a version being used, and how far was looked.
struct VersionUsage {
    enum class Looked : std::uint8_t { Nothing, Part, All }; ///< of the events of the subject's topic
    SchemaVersion version;
    std::string topic;                  ///< of its subject; empty: it may be any
    bool isLatest = false;              ///< what is written with from now on
    std::vector<std::string> referrers; ///< "orders-value version 3": schemas that refer to it
    std::vector<std::string> contracts;
    SeenVersion seen;
    TimestampMs askedMs = -1; ///< when the registry was asked for it last; -1: not as far as is known
    Looked looked = Looked::Nothing;
    std::int64_t lookedAt = 0; ///< events of the topic that were looked at
    [[nodiscard]] bool isUsed() const {
        return isLatest || !referrers.empty() || !contracts.empty() || seen.records > 0 || askedMs >= 0;
    }
};
/// Of all versions that aren't deleted, by subject and version. What was registered after the events were looked at has
/// Looked::Nothing.
std::vector<VersionUsage> versionUsages(const UsageSources& sources);
/// Those of them that nobody was seen using.
std::vector<VersionUsage> unusedVersions(const UsageSources& sources);

/// What an answer covers beside the events.
struct UsageCoverage {
    const SeenEvents* seen = nullptr;
    bool isAskedTold = false;      ///< the registry tells who asked it
    TimestampMs askedSinceMs = -1; ///< since when; -1: it doesn't say
    bool areContractsRead = false;
};
/// Why a version is called unused, a sentence or two: who of those that would use it wasn't seen.
std::string unusedWords(const VersionUsage& usage, const UsageCoverage& coverage);
/// What was looked at, and what wasn't, in sentences. `time` writes times.
std::string coverageWords(const UsageCoverage& coverage, const std::function<std::string(TimestampMs)>& time);
/// The topics that versions would have to be seen in which nothing else speaks for, in order.
std::vector<std::string> topicsToScan(const UsageSources& sources);

} // namespace meshbone::catalog
