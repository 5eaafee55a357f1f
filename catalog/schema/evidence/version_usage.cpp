// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_usage.h>

#include "schema/registry/reference_subject.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace meshbone::catalog {

namespace {

using Looked = VersionUsage::Looked;
using VersionKey = std::pair<std::string, int>;

constexpr TimestampMs kRegisteringMs = 60'000; ///< the clocks of the topic and of the registry differ

/// What was said about versions, brought together once for all of them.
class Usages {
public:
    explicit Usages(const UsageSources& sources)
        : m_sources(sources) {
        for (const auto& version : sources.book.versions()) {
            addReferences(version);
        }
        for (const auto& one : sources.bound) {
            m_contracts[{one.subject, one.version}].insert(one.contract);
        }
        for (const auto& one : sources.asked) {
            m_asked[{one.context, one.id.value()}].push_back(&one);
        }
        if (sources.seen != nullptr) {
            for (const auto& topic : sources.seen->topics) {
                m_topics.emplace(topic.topic, &topic);
                m_hasRecords = m_hasRecords || topic.records > 0;
            }
        }
    }

    [[nodiscard]] VersionUsage of(const SchemaVersion& version, bool isLatest) const {
        VersionUsage usage;
        usage.version = version;
        usage.isLatest = isLatest;
        usage.topic = m_sources.topicOf ? m_sources.topicOf(version.subject) : topicOfSubject(version.subject);
        const VersionKey key(version.subject, version.version);
        if (const auto found = m_referrers.find(key); found != m_referrers.end()) {
            usage.referrers = found->second;
        }
        if (const auto found = m_contracts.find(key); found != m_contracts.end()) {
            usage.contracts.assign(found->second.begin(), found->second.end());
        }
        usage.askedMs = askedMs(version);
        look(usage, key);
        return usage;
    }

private:
    void addReferences(const SchemaVersion& version) {
        if (version.isDeleted || version.definition->references.empty()) {
            return;
        }
        const auto context = SubjectName::parse(version.subject).context;
        const auto name = fmt::format("{} version {}", version.subject, version.version);
        for (const auto& reference : version.definition->references) {
            const auto to = referencedSubject(context, reference.subject).toString();
            m_referrers[{to, reference.version}].push_back(name);
        }
    }

    [[nodiscard]] TimestampMs askedMs(const SchemaVersion& version) const {
        TimestampMs last = -1;
        const auto context = SubjectName::parse(version.subject).context;
        const auto found = m_asked.find({context, version.id.value()});
        if (found == m_asked.end()) {
            return last;
        }
        for (const auto* one : found->second) {
            const bool isOther = !one->subject.empty() && one->subject != version.subject;
            // By that it came to be; who registers it again, as producers do when they start, uses it.
            const bool isFirst = one->what == SchemaAsk::Register && version.writtenMs >= 0 &&
                                 one->lastMs <= version.writtenMs + kRegisteringMs;
            if (!isOther && !isFirst) {
                last = std::max(last, one->lastMs);
            }
        }
        return last;
    }

    void look(VersionUsage& usage, const VersionKey& key) const {
        if (m_sources.seen == nullptr) {
            return;
        }
        const auto known = m_sources.seen->book->version(key.first, key.second);
        if (!known || known->id != usage.version.id) {
            return; // it came, or became another one, afterwards
        }
        if (const auto found = m_sources.seen->versions.find(key); found != m_sources.seen->versions.end()) {
            usage.seen = found->second;
        }
        const auto topic = m_topics.find(usage.topic);
        if (topic != m_topics.end()) {
            const auto& scanned = *topic->second;
            usage.lookedAt = scanned.records;
            usage.looked = !scanned.isPart ? Looked::All : scanned.records > 0 ? Looked::Part : Looked::Nothing;
        } else if (usage.topic.empty() && m_hasRecords) {
            usage.looked = Looked::Part; // its events may be anywhere
        }
    }

    const UsageSources& m_sources;
    std::map<VersionKey, std::vector<std::string>> m_referrers;
    std::map<VersionKey, std::set<std::string>> m_contracts;
    std::map<std::pair<std::string, int>, std::vector<const SchemaFetch*>> m_asked; ///< by context and id
    std::map<std::string, const ScannedTopic*> m_topics;
    bool m_hasRecords = false; ///< some event was looked at
};

} // namespace

std::vector<VersionUsage> versionUsages(const UsageSources& sources) {
    const Usages all(sources);
    std::vector<VersionUsage> usages;
    for (const auto& version : sources.book.versions()) {
        if (version.isDeleted) {
            continue;
        }
        if (!usages.empty() && usages.back().version.subject != version.subject) {
            usages.back().isLatest = true;
        }
        usages.push_back(all.of(version, false)); // by subject and version
    }
    if (!usages.empty()) {
        usages.back().isLatest = true;
    }
    return usages;
}

std::vector<VersionUsage> unusedVersions(const UsageSources& sources) {
    auto usages = versionUsages(sources);
    std::erase_if(usages, &VersionUsage::isUsed);
    return usages;
}

std::vector<std::string> topicsToScan(const UsageSources& sources) {
    std::set<std::string> topics;
    for (const auto& one : unusedVersions(sources)) {
        if (!one.topic.empty()) {
            topics.insert(one.topic);
        }
    }
    return {topics.begin(), topics.end()};
}

} // namespace meshbone::catalog
