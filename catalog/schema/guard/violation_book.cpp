// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_violations.h>

#include <backbone/utf8.h>

#include <algorithm>
#include <chrono>

namespace meshbone::catalog {

namespace {

TimestampMs clockMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

void ViolationBook::mark(std::vector<SchemaViolation> violations, const Positions& readTo) {
    if (violations.empty() && readTo.empty()) {
        return;
    }
    {
        const auto nowMs = clockMs();
        const std::scoped_lock lock(m_mutex);
        for (auto& one : violations) {
            markOne(std::move(one), nowMs);
        }
        for (const auto& [at, next] : readTo) {
            m_positions[at] = next;
        }
    }
    m_changed.notify();
}

void ViolationBook::markOne(SchemaViolation violation, TimestampMs nowMs) {
    if (m_topics.size() >= kMaxTopics && !m_topics.contains(violation.at.topic)) {
        m_topics.erase(std::ranges::min_element(m_topics, {}, [](const auto& one) { return one.second.lastMs; }));
    }
    auto& topic = m_topics[violation.at.topic];
    topic.topic = violation.at.topic;
    ++topic.records;
    topic.refused += violation.wasRefused ? 1 : 0;
    topic.lastMs = nowMs;
    for (auto* text : {&violation.field, &violation.cause, &violation.why, &violation.principal, &violation.client}) {
        *text = shortenUtf8(std::move(*text), ViolationBook::kMaxText);
    }
    const bool isCounted = topic.causes.size() < kMaxCauses || topic.causes.contains(violation.cause);
    ++topic.causes[isCounted ? violation.cause : kOtherCauses];
    topic.newest.push_front(std::move(violation));
    if (topic.newest.size() > kMaxNewest) {
        topic.newest.pop_back();
    }
}

void ViolationBook::keepPositions(const std::map<std::string, bool>& topics) {
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_positions, [&](const auto& one) { return !topics.contains(one.first.topic); });
}

void ViolationBook::forget(const std::string& topic) {
    {
        const std::scoped_lock lock(m_mutex);
        m_topics.erase(topic);
    }
    m_changed.notify();
}

void ViolationBook::setProblems(std::map<std::string, std::string> problems) {
    {
        const std::scoped_lock lock(m_mutex);
        if (m_problems == problems) {
            return;
        }
        m_problems = std::move(problems);
    }
    m_changed.notify();
}

std::vector<TopicViolations> ViolationBook::all() const {
    const std::scoped_lock lock(m_mutex);
    std::vector<TopicViolations> all;
    all.reserve(m_topics.size());
    for (const auto& [name, topic] : m_topics) {
        all.push_back(topic);
    }
    return all;
}

std::optional<TopicViolations> ViolationBook::of(const std::string& topic) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_topics.find(topic);
    return found == m_topics.end() ? std::nullopt : std::optional(found->second);
}

std::map<std::string, std::string> ViolationBook::problems() const {
    const std::scoped_lock lock(m_mutex);
    return m_problems;
}

ViolationBook::Positions ViolationBook::positions() const {
    const std::scoped_lock lock(m_mutex);
    return m_positions;
}

} // namespace meshbone::catalog
