// SPDX-License-Identifier: Apache-2.0
#include <lineage/schema_impact.h>

#include <catalog/access_covers.h>

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace meshbone::lineage {

namespace {

using Grade = ImpactedReader::Grade;

constexpr int kMaxHops = 20;

/// The last name of a path: what a field is called, wherever it is.
std::string_view lastName(std::string_view path) {
    const auto dot = path.find_last_of('.');
    auto name = dot == std::string_view::npos ? path : path.substr(dot + 1);
    while (name.ends_with("[]") || name.ends_with("{}")) {
        name.remove_suffix(2);
    }
    return name;
}

std::string withoutKind(const std::string& principal) {
    return principal.starts_with("User:") ? principal.substr(5) : principal;
}

/// One walk from a topic on.
class Walk {
public:
    explicit Walk(const ImpactSources& sources)
        : m_sources(sources) {
        for (const auto& node : sources.graph.nodes) {
            m_nodes[node.id] = &node;
            if (node.kind == NodeKind::Topic) {
                m_topics[node.name] = node.id;
            }
        }
        for (const auto& edge : sources.graph.edges) {
            m_from[edge.from].push_back(&edge);
        }
    }

    void run(const ImpactedTopic& first, std::set<std::string> names) {
        m_names = std::move(names);
        m_waiting.push_back(first);
        m_seen.insert(first.topic);
        while (!m_waiting.empty()) {
            auto topic = std::move(m_waiting.front());
            m_waiting.pop_front();
            visit(topic);
            m_impact.topics.push_back(std::move(topic));
        }
    }

    SchemaImpact take() { return std::move(m_impact); }

private:
    void visit(ImpactedTopic& topic) {
        topic.product = offeredBy(topic.topic);
        std::map<std::string, ImpactedReader> readers;
        if (const auto node = m_topics.find(topic.topic); node != m_topics.end()) {
            for (const auto* edge : m_from[node->second]) {
                observed(topic, *edge, readers);
            }
        }
        for (const auto& grant : m_sources.grants) {
            const auto principal = withoutKind(grant.scope.principal);
            if (grant.inForceAt(m_sources.nowMs) && catalog::coversTopic(grant.scope.reads, topic.topic) &&
                !readers.contains(principal)) {
                readers[principal] = {principal, topic.topic, Grade::Granted, -1, {}, {}, {}, {}, {}};
            }
        }
        addFetches(topic, readers);
        std::vector<ImpactedReader> sorted;
        for (auto& [principal, reader] : readers) {
            reader.product = neededBy(topic.topic, grantProduct(principal, topic.topic));
            sorted.push_back(reader);
        }
        std::ranges::stable_sort(sorted, {}, &ImpactedReader::grade);
        std::ranges::move(sorted, std::back_inserter(m_impact.readers));
    }

    /// Who asked for the schema of an id that a version of the topic's subject has.
    void addFetches(const ImpactedTopic& topic, std::map<std::string, ImpactedReader>& readers) {
        const auto versions = m_sources.book.versionsOf(topic.subject);
        const auto context = catalog::SubjectName::parse(topic.subject).context;
        for (const auto& fetch : m_sources.fetches) {
            const auto version = std::ranges::find(versions, fetch.id, &catalog::SchemaVersion::id);
            if (version == versions.end() || fetch.context != context ||
                (!fetch.subject.empty() && fetch.subject != topic.subject)) {
                continue;
            }
            const auto client =
                fetch.agent.empty() ? fetch.address : fmt::format("{} at {}", fetch.agent, fetch.address);
            const auto name = fetch.principal.empty() ? client : withoutKind(fetch.principal);
            const ImpactedReader asker{name, topic.topic, Grade::ById, -1, {}, {}, {}, {}, fetch.what};
            auto& reader = readers.try_emplace(name, asker).first->second;
            reader.asked = reader.grade == Grade::ById ? std::min(reader.asked, fetch.what) : fetch.what;
            reader.grade = std::min(reader.grade, Grade::ById);
            if (fetch.lastMs > reader.lastSeenMs) {
                reader.lastSeenMs = fetch.lastMs;
            }
            if (reader.client.empty()) { // the last fetch comes first
                reader.client = client;
            }
            if (std::ranges::find(reader.versions, version->version) == reader.versions.end()) {
                reader.versions.insert(std::ranges::lower_bound(reader.versions, version->version), version->version);
            }
        }
    }

    void observed(const ImpactedTopic& topic, const Edge& edge, std::map<std::string, ImpactedReader>& readers) {
        const auto node = m_nodes.find(edge.to);
        if (node == m_nodes.end() || node->second->kind == NodeKind::Topic) {
            return;
        }
        const auto& reader = *node->second;
        const auto grade = edge.evidence == Evidence::Observed ? Grade::Observed
                           : edge.evidence == Evidence::Group  ? Grade::Group
                                                               : Grade::Granted;
        readers[reader.name] = {reader.name, topic.topic, grade, edge.lastSeenMs, edge.groups, {}, {}, {}, {}};
        if (topic.hops >= kMaxHops) {
            return;
        }
        for (const auto* onward : m_from[reader.id]) {
            const auto derived = m_nodes.find(onward->to);
            if (derived != m_nodes.end() && derived->second->kind == NodeKind::Topic &&
                !m_seen.contains(derived->second->name)) {
                derive(topic, reader.name, derived->second->name);
            }
        }
    }

    /// A topic that somebody writes who reads this one: the field goes on where a field of its name is found.
    void derive(const ImpactedTopic& from, const std::string& via, const std::string& topic) {
        ImpactedTopic derived{topic, {}, 0, {}, {}, from.hops + 1, via, false};
        for (const auto& subject : m_sources.book.subjectsOfTopic(topic)) {
            const auto latest = m_sources.book.latest(subject);
            const auto parsed = latest ? m_sources.book.parsed(*latest) : fail(ErrorCode::NotFound, {});
            if (!parsed) {
                continue;
            }
            derived.subject = subject;
            derived.version = latest->version;
            for (const auto& field : (*parsed)->fields()) {
                const auto isMeant = [&](std::string_view name) { return m_names.contains(std::string(name)); };
                if (isMeant(lastName(field.path)) || std::ranges::any_of(field.aliases, isMeant)) {
                    derived.field = field.path;
                    derived.isCertain = true;
                    break;
                }
            }
            if (derived.isCertain) {
                break;
            }
        }
        if (derived.isCertain || derived.subject.empty() || m_names.empty()) {
            derived.isCertain = derived.isCertain || (m_names.empty() && !derived.subject.empty());
            m_seen.insert(topic);
            m_waiting.push_back(std::move(derived));
        }
    }

    [[nodiscard]] std::string offeredBy(const std::string& topic) const {
        return productWith(topic, catalog::PortDirection::Output, {});
    }
    [[nodiscard]] std::string neededBy(const std::string& topic, const std::string& preferred) const {
        return productWith(topic, catalog::PortDirection::Input, preferred);
    }
    [[nodiscard]] std::string productWith(const std::string& topic, catalog::PortDirection direction,
                                          const std::string& preferred) const {
        std::string found;
        for (const auto& product : m_sources.products) {
            const auto isPort = [&](const catalog::Port& port) {
                return port.topic == topic && port.direction == direction;
            };
            if (std::ranges::any_of(product.ports, isPort) && (found.empty() || product.id == preferred)) {
                found = product.id;
            }
        }
        return found;
    }
    [[nodiscard]] std::string grantProduct(const std::string& principal, const std::string& topic) const {
        for (const auto& grant : m_sources.grants) {
            if (withoutKind(grant.scope.principal) == principal && catalog::coversTopic(grant.scope.reads, topic)) {
                return grant.product;
            }
        }
        return {};
    }

    const ImpactSources& m_sources;
    std::map<std::int32_t, const Node*> m_nodes;
    std::map<std::string, std::int32_t> m_topics;
    std::map<std::int32_t, std::vector<const Edge*>> m_from;
    std::set<std::string> m_names; ///< of the field; empty: the whole schema
    std::set<std::string> m_seen;
    std::deque<ImpactedTopic> m_waiting;
    SchemaImpact m_impact;
};

std::string coverageOf(const SchemaImpact& impact, const std::string& topic) {
    const auto seen = std::ranges::count(impact.readers, Grade::Observed, &ImpactedReader::grade);
    const auto byId =
        std::ranges::count_if(impact.readers, [](const ImpactedReader& one) { return !one.versions.empty(); });
    const auto uncertain = std::ranges::count(impact.topics, false, &ImpactedTopic::isCertain);
    auto words = topic.empty()
                     ? std::string("The subject names no topic, so no readers are known.")
                     : fmt::format("{} of {} readers were seen reading; the others are in a group or may read.", seen,
                                   impact.readers.size());
    if (byId > 0) {
        words += fmt::format(" {} asked the registry for a schema of the subject.", byId);
    }
    if (uncertain > 0) {
        words += fmt::format(" {} derived topics have no schema that would tell whether the field goes on there.",
                             uncertain);
    }
    return words;
}

} // namespace

Result<SchemaImpact> schemaImpact(const ImpactSources& sources, const std::string& subject, const std::string& field) {
    const auto latest = sources.book.latest(subject);
    if (!latest) {
        return fail(ErrorCode::NotFound, fmt::format("There is no subject '{}'.", subject));
    }
    const auto parsed = sources.book.parsed(*latest);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    std::set<std::string> names;
    if (!field.empty()) {
        const auto fields = (*parsed)->fields();
        const auto found = std::ranges::find_if(
            fields, [&](const catalog::SchemaField& one) { return one.path == field || lastName(one.path) == field; });
        if (found == fields.end()) {
            return fail(ErrorCode::NotFound,
                        fmt::format("'{}' version {} has no field `{}`.", subject, latest->version, field));
        }
        names.insert(std::string(lastName(found->path)));
        names.insert(found->aliases.begin(), found->aliases.end());
    }
    const auto topic = catalog::topicOfSubject(subject);
    Walk walk(sources);
    walk.run({topic, subject, latest->version, field, {}, 0, {}, true}, names);
    auto impact = walk.take();
    for (const auto& other : sources.book.versions()) {
        const auto refers = [&](const catalog::SchemaReference& one) {
            return one.subject == subject && one.version == latest->version;
        };
        if (!other.isDeleted && std::ranges::any_of(other.definition->references, refers)) {
            impact.references.push_back(fmt::format("{} {}", other.subject, other.version));
        }
    }
    impact.coverage = coverageOf(impact, topic);
    return impact;
}

} // namespace meshbone::lineage
