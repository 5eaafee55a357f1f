// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

#include <backbone/listeners.h>
#include <backbone/record.h>

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::catalog {

/// An event that isn't as the schemas of its topic say, or was refused because it wasn't.
struct SchemaViolation {
    TopicPartition at;
    Offset offset = kNoOffset; ///< none: it was refused, so it never got one
    TimestampMs timeMs = -1;   ///< the event's own
    bool isKey = false;        ///< of the key; else of the value
    std::string subject;
    SchemaId schema{-1};   ///< that the bytes name; -1: none
    std::string field;     ///< empty: none in particular
    std::string cause;     ///< what is wrong without what differs from event to event: what is counted by
    std::string why;       ///< what is wrong, a sentence
    std::string principal; ///< who wrote it; empty where it was seen by reading, which doesn't tell
    std::string client;    ///< "client id at host", as far as it is known
    bool wasRefused = false;
    friend bool operator==(const SchemaViolation&, const SchemaViolation&) = default;
};

/// What was marked of one topic.
struct TopicViolations {
    std::string topic;
    std::int64_t records = 0;                   ///< that weren't as the schemas say, refused ones among them
    std::int64_t refused = 0;                   ///< of those
    TimestampMs lastMs = -1;                    ///< when the last one was marked, by the clock of whoever saw it
    std::map<std::string, std::int64_t> causes; ///< records by cause
    std::deque<SchemaViolation> newest;         ///< the last one first
    friend bool operator==(const TopicViolations&, const TopicViolations&) = default;
};

/// The marks of a backbone: which topics got events against their schemas, and how far they were looked at. In bounds:
/// counts, and the newest samples. Thread-safe; marking never waits for whoever reads.
class ViolationBook {
public:
    static constexpr std::size_t kMaxTopics = 300; ///< the one marked longest ago goes first
    static constexpr std::size_t kMaxCauses = 30;  ///< of a topic; what is beyond counts as kOtherCauses
    static constexpr std::size_t kMaxNewest = 20;  ///< of a topic
    static constexpr std::size_t kMaxText = 300;   ///< bytes of each text of a sample
    static constexpr const char* kOtherCauses = "Other causes.";
    using Positions = std::map<TopicPartition, Offset>; ///< the next offset to look at

    /// Marks, and notes how far was read, as one: who keeps the book never keeps one without the other.
    void mark(std::vector<SchemaViolation> violations, const Positions& readTo = {});
    /// Forgets how far a topic was read, unless it is one of these: nobody watches it any more.
    void keepPositions(const std::map<std::string, bool>& topics);
    /// Forgets what was marked of a topic: somebody has dealt with it.
    void forget(const std::string& topic);
    /// Why topics can't be watched, by topic; what was said before goes. An empty name: none can, the registry is away.
    void setProblems(std::map<std::string, std::string> problems);

    [[nodiscard]] std::vector<TopicViolations> all() const; ///< by topic
    [[nodiscard]] std::optional<TopicViolations> of(const std::string& topic) const;
    [[nodiscard]] std::map<std::string, std::string> problems() const;
    [[nodiscard]] Positions positions() const;

    /// Everything as JSON: what read() takes. Problems aren't part of it.
    [[nodiscard]] std::string toJson() const;
    /// Begins with what was kept. Corrupt where it can't be read, and nothing is taken of it.
    Status read(const std::string& json);

    /// Told after each change, on the thread that made it: must return at once.
    Subscription onChanged(std::function<void()> changed) { return m_changed.add(std::move(changed)); }

private:
    void markOne(SchemaViolation violation, TimestampMs nowMs);

    mutable std::mutex m_mutex; ///< guards the three below
    std::map<std::string, TopicViolations> m_topics;
    Positions m_positions;
    std::map<std::string, std::string> m_problems;
    backbone::Listeners<> m_changed;
};

/// Topics with what was marked of them as JSON, an array, and back. Corrupt where it is no such thing.
std::string violationsToJson(const std::vector<TopicViolations>& topics);
Result<std::vector<TopicViolations>> violationsFromJson(const std::string& json);

} // namespace meshbone::catalog
