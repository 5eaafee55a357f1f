// SPDX-License-Identifier: Apache-2.0
#include "schema/guard/check_budget.h"
#include "schema/guard/guard_rules.h"

#include "schema/cause.h"
#include "schema/framing.h"

#include <fmt/format.h>

namespace meshbone::catalog {

namespace {

constexpr std::size_t kMaxTold = 50; ///< refused records that an answer names

SchemaViolation placed(SchemaViolation wrong, const GuardedPart& part, const Record& record, bool isKey) {
    wrong.at = {record.topic, record.partition};
    wrong.offset = record.offset;
    wrong.timeMs = record.timestampMs;
    wrong.isKey = isKey;
    wrong.subject = part.subject;
    return wrong;
}

/// What is wrong with a key or value; nothing where it is as its subject says.
std::optional<SchemaViolation> wrongWith(const GuardedPart& part, const Record& record, bool isKey) {
    const auto& bytes = isKey ? record.key : record.value;
    if (!bytes) {
        return std::nullopt;
    }
    const auto* word = isKey ? "key" : "value";
    const auto read = readFraming(*bytes, record.headers, isKey);
    SchemaViolation wrong;
    const ParsedSchema* schema = nullptr; // the rules keep it
    if (!read.guid.empty()) {
        const auto found = part.byGuid.find(read.guid);
        schema = found == part.byGuid.end() ? nullptr : found->second.get();
    } else if (read.id.value() >= 0) {
        const auto found = part.byId.find(read.id.value());
        schema = found == part.byId.end() ? nullptr : found->second.get();
        wrong.schema = read.id;
    }
    if (schema) {
        const auto checked = schema->check(read.payload);
        if (checked) {
            return std::nullopt;
        }
        wrong.cause = causeOf(checked.error().message);
        wrong.field = fieldOf(checked.error().message);
        wrong.why = fmt::format("The {} isn't as subject '{}' says. {}", word, part.subject, checked.error().message);
    } else if (read.guid.empty() && read.id.value() < 0) {
        wrong.cause = fmt::format("The {} names no schema.", word);
        wrong.why =
            fmt::format("The {} names no schema; subject '{}' asks for one of its schemas.", word, part.subject);
    } else {
        wrong.cause = fmt::format("The {} names a schema that is none of its subject.", word);
        wrong.why = fmt::format("The {} names the schema of {}, which is none of subject '{}'.", word,
                                read.guid.empty() ? fmt::format("id {}", read.id.value()) : read.guid, part.subject);
    }
    return placed(std::move(wrong), part, record, isKey);
}

/// A record of a batch that took too long before its turn came.
SchemaViolation unchecked(const GuardedPart& part, const Record& record, bool isKey) {
    SchemaViolation wrong;
    wrong.cause = "Checking the batch takes too long.";
    wrong.why =
        fmt::format("The {} couldn't be checked with subject '{}': the batch has taken {} s already. Write fewer "
                    "records at once, or simplify the schema.",
                    isKey ? "key" : "value", part.subject, CheckBudget::kMost.count() / 1000);
    return placed(std::move(wrong), part, record, isKey);
}

std::string wordsOf(const backbone::ClientIdentity& client) {
    return client.clientId.empty() ? client.host : fmt::format("{} at {}", client.clientId, client.host);
}

} // namespace

SchemaGuard::SchemaGuard()
    : m_budget(std::make_unique<CheckBudget>()) {}
SchemaGuard::~SchemaGuard() = default;

std::shared_ptr<const SchemaGuard::Rules> SchemaGuard::rules() const {
    const std::scoped_lock lock(m_rulesMutex);
    return m_rules;
}

void SchemaGuard::await(std::set<std::string, std::less<>> topics) {
    m_awaited = std::move(topics);
}

void SchemaGuard::setRules(std::shared_ptr<const Rules> rules) {
    if (m_told) {
        m_told(guardedBy(*rules));
    }
    const std::scoped_lock lock(m_rulesMutex);
    m_rules.swap(rules);
    m_hasRules = true;
}

bool SchemaGuard::guards(std::string_view topic) const {
    const auto rules = this->rules();
    return rules && rules->topics.find(topic) != rules->topics.end();
}

bool SchemaGuard::isReady(std::string_view topic) const {
    return m_hasRules || !m_awaited.contains(topic);
}

std::vector<backbone::RefusedRecord> SchemaGuard::check(const backbone::ClientIdentity& client, std::string_view topic,
                                                        std::span<const Record> records, std::int32_t first) {
    std::vector<backbone::RefusedRecord> refused;
    if (first == 0) {
        m_logged.clear();
        m_isRefused = false;
        m_budget->begin();
    }
    const auto rules = this->rules();
    const auto found = rules ? rules->topics.find(topic) : decltype(rules->topics.find(topic))();
    if (!rules || found == rules->topics.end()) {
        return refused;
    }
    const auto words = wordsOf(client);
    m_budget->resume();
    for (std::size_t i = 0; i < records.size() && refused.size() < kMaxTold; ++i) {
        for (const bool isKey : {false, true}) {
            const auto& part = isKey ? found->second.key : found->second.value;
            if (!part) {
                continue;
            }
            auto wrong = m_budget->isOver() ? unchecked(*part, records[i], isKey) : wrongWith(*part, records[i], isKey);
            if (!wrong) {
                continue;
            }
            const auto index = first + static_cast<std::int32_t>(i);
            if (part->isRefusing) {
                refused.push_back({index, wrong->why});
            }
            wrong->offset = Offset(index);
            wrong->principal = client.principal;
            wrong->client = words;
            m_logged.push_back(std::move(*wrong));
            if (part->isRefusing) {
                break;
            }
        }
    }
    m_budget->pause();
    m_isRefused = m_isRefused || !refused.empty();
    if (m_isRefused) { // none of the batch is written
        for (auto& one : m_logged) {
            one.offset = kNoOffset;
            one.wasRefused = true;
        }
        m_marks.mark(std::exchange(m_logged, {}));
    }
    return refused;
}

void SchemaGuard::appended(Offset base) {
    for (auto& one : m_logged) {
        one.offset = base + one.offset.value();
    }
    m_marks.mark(std::exchange(m_logged, {}));
}

void SchemaGuard::watch(std::span<const Record> records, const ViolationBook::Positions& readTo) {
    std::vector<SchemaViolation> marks;
    const auto rules = this->rules();
    for (const auto& record : records) {
        const auto found = rules ? rules->topics.find(record.topic) : decltype(rules->topics.find(record.topic))();
        if (!rules || found == rules->topics.end()) {
            continue;
        }
        for (const bool isKey : {false, true}) {
            const auto& part = isKey ? found->second.key : found->second.value;
            if (auto wrong = part ? wrongWith(*part, record, isKey) : std::nullopt) {
                marks.push_back(std::move(*wrong));
            }
        }
    }
    m_marks.mark(std::move(marks), readTo);
}

TimestampMs SchemaGuard::guardedSinceMs(std::string_view topic) const {
    const auto rules = this->rules();
    return rules ? guardedSince(*rules, topic) : -1;
}

std::map<std::string, bool> SchemaGuard::guarded() const {
    const auto rules = this->rules();
    return rules ? guardedBy(*rules) : std::map<std::string, bool>();
}

} // namespace meshbone::catalog
