// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>
#include <catalog/schema_violations.h>

#include <backbone/hooks.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace meshbone::catalog {

class CheckBudget;

/// Checks what is written to topics against the schemas of their subjects, where a subject's setting `validation` says
/// so: a record must name a schema of the topic's subjects, and be one of it. A null (a tombstone) is always taken.
/// What isn't so is marked in a book. What of a batch couldn't be checked within a second counts as if it weren't so.
///
/// Given to the broker as its write check; gets its rules from a schema service, which borrows it. Thread-safe but for
/// check() and appended(), which are the loop thread's: the rules are immutable and exchanged as a whole, so a check
/// never waits for the registry.
class SchemaGuard final : public backbone::WriteCheck {
public:
    SchemaGuard();
    ~SchemaGuard() override;

    /// Until there are rules, nothing is known of these topics: what is written to them is to wait. Before the broker.
    void await(std::set<std::string, std::less<>> topics);
    /// Told which topics are guarded, and whether they refuse, each time before that begins to hold, on the thread that
    /// sets the rules: for who remembers what to await. Set before there are rules.
    void onGuarded(std::function<void(const std::map<std::string, bool>&)> told) { m_told = std::move(told); }

    [[nodiscard]] bool guards(std::string_view topic) const override;
    [[nodiscard]] bool isReady(std::string_view topic) const override;
    std::vector<backbone::RefusedRecord> check(const backbone::ClientIdentity& client, std::string_view topic,
                                               std::span<const Record> records, std::int32_t first) override;
    void appended(Offset base) override;
    /// The same for what was read from topics that nobody checked while they were written: what is wrong is marked
    /// only, together with how far was read.
    void watch(std::span<const Record> records, const ViolationBook::Positions& readTo = {});

    /// Topics that are checked at all, with whether they refuse.
    [[nodiscard]] std::map<std::string, bool> guarded() const;
    /// When it was asked for that a topic is checked; -1: the registry doesn't tell.
    [[nodiscard]] TimestampMs guardedSinceMs(std::string_view topic) const;
    [[nodiscard]] ViolationBook& marks() { return m_marks; }

    struct Rules; ///< see schema/guard/guard_rules.h
    void setRules(std::shared_ptr<const Rules> rules);

private:
    std::shared_ptr<const Rules> rules() const;

    mutable std::mutex m_rulesMutex; ///< held for a copy of a pointer only
    std::shared_ptr<const Rules> m_rules;
    std::atomic<bool> m_hasRules = false;
    std::set<std::string, std::less<>> m_awaited; ///< immutable once the broker runs
    std::function<void(const std::map<std::string, bool>&)> m_told;
    ViolationBook m_marks;
    std::unique_ptr<CheckBudget> m_budget; ///< of the loop thread
    bool m_isRefused = false;              ///< of that batch, something was
    std::vector<SchemaViolation> m_logged; ///< of the batch that was checked last; the offset is the index in it
};

} // namespace meshbone::catalog
