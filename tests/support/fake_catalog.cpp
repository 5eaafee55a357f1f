// SPDX-License-Identifier: Apache-2.0
#include "support/fake_catalog.h"

#include "support/fake_mesh.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::test {

using namespace catalog;

namespace {

constexpr TimestampMs kStartMs = kExampleNowMs - 5LL * 3'600'000;
constexpr TimestampMs kStepMs = 211'357;

void changed(LedgerEntry& entry, const std::string& field, const std::string& before, const std::string& after) {
    if (before != after) {
        entry.changes.push_back({field, before.empty() ? std::nullopt : std::optional(before),
                                 after.empty() ? std::nullopt : std::optional(after)});
    }
}

template <class Thing>
std::vector<Thing> valuesOf(const std::map<std::string, Thing>& things) {
    std::vector<Thing> values;
    for (const auto& [id, thing] : things) {
        values.push_back(thing);
    }
    return values;
}

bool matches(const LedgerEntry& entry, const LedgerQuery& query) {
    const auto has = [&](const std::string& text) { return text.find(query.contains) != std::string::npos; };
    return (query.contains.empty() || has(entry.subject) || has(entry.act) || has(entry.author) || has(entry.why)) &&
           (query.author.empty() || entry.author == query.author) && (query.act.empty() || entry.act == query.act) &&
           (query.subject.empty() || entry.subject == query.subject) &&
           (!query.fromMs || entry.timeMs >= *query.fromMs) && (!query.toMs || entry.timeMs < *query.toMs);
}

} // namespace

FakeCatalog::FakeCatalog(bool filled)
    : m_clockMs(kStartMs) {
    m_status.mode = CatalogMode::Live;
    if (filled) {
        fill();
    }
}

void FakeCatalog::fill() {
    const auto put = [this](const Command& command, const std::string& why = {}) {
        (void)submit({command, why, {}}, {});
    };
    put(PutPerson{"ada", "Ada Berg", "b2Vh"});
    put(PutPerson{"noor", "Noor Haddad", "b2Vi"});
    for (const auto* domain : {"aviation", "seismic", "wildlife", "reference"}) {
        const std::string id = domain;
        put(PutTeam{"team-" + id, "team-" + id, "Owns the " + id + " domain.", {"ada", "noor"}});
        put(PutDomain{id, id, "All that is known of " + id + ".", "team-" + id}, "Set up the mesh.");
    }
    const std::map<std::string, std::string> names{{"airport-delays", "Airport delays"},
                                                   {"on-time-performance", "On-time performance"},
                                                   {"airports", "Airports"},
                                                   {"earthquake-feed", "Earthquake feed"},
                                                   {"quake-impact", "Quake impact"},
                                                   {"wildlife-strikes", "Wildlife strikes"}};
    for (const auto& topic : exampleTopics()) {
        if (topic.product.empty()) {
            continue;
        }
        if (!m_products.contains(topic.product)) {
            put(PutProduct{topic.product, names.at(topic.product),
                           "Events of " + names.at(topic.product) + ", ready to be read.", topic.domain, topic.owner});
        }
        put(PutPort{topic.product, {topic.name, PortDirection::Output, "Events as they happen."}});
    }
    put(PutPort{"quake-impact", {"seismic.quakes", PortDirection::Input, ""}});
    put(PutPort{"quake-impact", {"reference.airports", PortDirection::Input, ""}});
    put(RecordAct{"topic.created", "seismic.quakes.strong", {}, {{"partitions", "1"}, {"cleanup.policy", "delete"}}});
    put(RecordAct{"topic.configured",
                  "seismic.quakes.strong",
                  {{"retention.bytes", "268435456"}, {"segment.ms", "604800000"}},
                  {{"retention.bytes", "1073741824"}, {"segment.ms", "2592000000"}}},
        "Keep the whole history of strong events.");
    put(RecordAct{"replay.completed", "seismic.quakes.revisions", {}, {{"run", "7f3a"}, {"records", "7"}}});
}

void FakeCatalog::addEntry(LedgerEntry entry) {
    const std::scoped_lock lock(m_mutex);
    entry.number = static_cast<std::int64_t>(m_entries.size());
    entry.previousHash = m_entries.empty() ? std::string(64, '0') : m_entries.back().hash;
    const auto number = static_cast<unsigned long long>(entry.number) + 1;
    entry.hash = fmt::format("{:016x}{:048x}", number * 0x9e3779b97f4a7c15ULL, number);
    entry.json = fmt::format(R"({{"act":"{}","subject":"{}"}})", entry.act, entry.subject);
    m_entries.push_back(std::move(entry));
    m_status.appliedEntries = static_cast<std::int64_t>(m_entries.size());
    m_status.head = m_entries.back().hash;
}

void FakeCatalog::setStatus(const CatalogStatus& status) {
    {
        const std::scoped_lock lock(m_mutex);
        m_status = status;
    }
    m_onChanged.tell();
}

void FakeCatalog::setReport(const VerifyReport& report) {
    const std::scoped_lock lock(m_mutex);
    m_report = report;
}

CatalogStatus FakeCatalog::status() const {
    const std::scoped_lock lock(m_mutex);
    return m_status;
}
Subscription FakeCatalog::onChanged(std::function<void()> changed) {
    return m_onChanged.subscribe(std::move(changed));
}
std::vector<Domain> FakeCatalog::domains() const {
    const std::scoped_lock lock(m_mutex);
    return valuesOf(m_domains);
}
std::vector<Product> FakeCatalog::products() const {
    const std::scoped_lock lock(m_mutex);
    return valuesOf(m_products);
}
std::vector<Team> FakeCatalog::teams() const {
    const std::scoped_lock lock(m_mutex);
    return valuesOf(m_teams);
}
std::vector<Person> FakeCatalog::people() const {
    const std::scoped_lock lock(m_mutex);
    return valuesOf(m_people);
}

std::map<std::string, TopicFacts> FakeCatalog::topicFacts() const {
    const std::scoped_lock lock(m_mutex);
    std::map<std::string, TopicFacts> facts;
    for (const auto& [topic, description] : m_descriptions) {
        facts[topic].topic = topic;
        facts[topic].description = description;
    }
    for (const auto& [id, product] : m_products) {
        for (const auto& port : product.ports) {
            if (port.direction == PortDirection::Output) {
                auto& fact = facts[port.topic];
                fact = {port.topic, fact.description, product.domain, id, product.owner};
            }
        }
    }
    return facts;
}

Result<LedgerEntry> FakeCatalog::submit(const Submission& submission, const CallOptions&) {
    LedgerEntry entry;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_status.mode == CatalogMode::ReadOnly) {
            return fail(ErrorCode::Unavailable, "The catalog can only be read now: " + m_status.reason);
        }
        entry.timeMs = m_clockMs += kStepMs;
        entry.author = "ada";
        entry.why = submission.why;
        if (const auto applied = apply(submission.command, entry); !applied) {
            return std::unexpected(applied.error());
        }
        addEntry(entry);
        entry = m_entries.back();
    }
    m_onChanged.tell();
    return entry;
}

Result<LedgerPage> FakeCatalog::entries(const LedgerQuery& query) const {
    const std::scoped_lock lock(m_mutex);
    LedgerPage page;
    page.total = static_cast<std::int64_t>(m_entries.size());
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
        if (!matches(*entry, query)) {
            continue;
        }
        const auto position = static_cast<std::size_t>(page.matching++);
        if (position >= query.offset && page.entries.size() < query.limit) {
            page.entries.push_back(*entry);
        }
    }
    return page;
}

Result<VerifyReport> FakeCatalog::verify(const CallOptions&, std::function<void(double)> progress) {
    const std::scoped_lock lock(m_mutex);
    if (progress) {
        progress(1);
    }
    if (m_report) {
        return *m_report;
    }
    VerifyReport report;
    report.entries = static_cast<std::int64_t>(m_entries.size());
    report.intact = true;
    report.projectionEqual = true;
    report.took = std::chrono::milliseconds(36);
    if (!m_entries.empty()) {
        report.head = m_entries.back().hash;
        report.firstMs = m_entries.front().timeMs;
        report.lastMs = m_entries.back().timeMs;
    }
    report.rejected = std::ranges::count_if(m_entries, [](const LedgerEntry& entry) { return !entry.accepted; });
    return report;
}

Status FakeCatalog::apply(const Command& command, LedgerEntry& entry) {
    return std::visit([&](const auto& one) { return apply(one, entry); }, command);
}

Status FakeCatalog::apply(const PutPerson& put, LedgerEntry& entry) {
    entry.act = "person.put";
    entry.subject = put.id;
    changed(entry, "name", m_people[put.id].name, put.name);
    m_people[put.id] = {put.id, put.name, {put.publicKey}, m_people[put.id].revision + 1};
    return {};
}

Status FakeCatalog::apply(const PutTeam& put, LedgerEntry& entry) {
    entry.act = "team.put";
    entry.subject = put.id;
    changed(entry, "name", m_teams[put.id].name, put.name);
    changed(entry, "description", m_teams[put.id].description, put.description);
    m_teams[put.id] = {put.id, put.name, put.description, put.people, m_teams[put.id].revision + 1};
    return {};
}

Status FakeCatalog::apply(const PutDomain& put, LedgerEntry& entry) {
    if (put.id.empty() || !m_teams.contains(put.owner)) {
        return fail(ErrorCode::InvalidArgument,
                    "There is no team '" + put.owner + "'; a domain needs one as its owner.");
    }
    entry.act = "domain.put";
    entry.subject = put.id;
    auto& domain = m_domains[put.id];
    changed(entry, "name", domain.name, put.name);
    changed(entry, "description", domain.description, put.description);
    changed(entry, "owner", domain.owner, put.owner);
    domain = {put.id, put.name, put.description, put.owner, domain.revision + 1};
    return {};
}

Status FakeCatalog::apply(const RemoveDomain& remove, LedgerEntry& entry) {
    if (std::ranges::any_of(m_products, [&](const auto& product) { return product.second.domain == remove.id; })) {
        return fail(ErrorCode::Conflict,
                    "The domain '" + remove.id + "' still has products; move or remove them first.");
    }
    entry.act = "domain.remove";
    entry.subject = remove.id;
    m_domains.erase(remove.id);
    return {};
}

Status FakeCatalog::apply(const PutProduct& put, LedgerEntry& entry) {
    if (!m_domains.contains(put.domain)) {
        return fail(ErrorCode::InvalidArgument, "There is no domain '" + put.domain + "'; create it first.");
    }
    entry.act = "product.put";
    entry.subject = put.id;
    auto& product = m_products[put.id];
    changed(entry, "name", product.name, put.name);
    changed(entry, "description", product.description, put.description);
    changed(entry, "domain", product.domain, put.domain);
    changed(entry, "owner", product.owner, put.owner);
    product = {put.id, put.name, put.description, put.domain, put.owner, product.ports, product.revision + 1};
    return {};
}

Status FakeCatalog::apply(const RemoveProduct& remove, LedgerEntry& entry) {
    entry.act = "product.remove";
    entry.subject = remove.id;
    m_products.erase(remove.id);
    return {};
}

Status FakeCatalog::apply(const PutPort& put, LedgerEntry& entry) {
    entry.act = "port.put";
    entry.subject = put.product;
    changed(entry, put.port.topic, "", put.port.direction == PortDirection::Output ? "output" : "input");
    auto& ports = m_products.at(put.product).ports;
    std::erase_if(
        ports, [&](const Port& port) { return port.topic == put.port.topic && port.direction == put.port.direction; });
    ports.push_back(put.port);
    std::ranges::sort(ports, {}, [](const Port& port) { return std::pair(port.direction, port.topic); });
    ++m_products.at(put.product).revision;
    return {};
}

Status FakeCatalog::apply(const RemovePort& remove, LedgerEntry& entry) {
    entry.act = "port.remove";
    entry.subject = remove.product;
    changed(entry, remove.topic, "output", "");
    std::erase_if(m_products.at(remove.product).ports, [&](const Port& port) { return port.topic == remove.topic; });
    return {};
}

Status FakeCatalog::apply(const DescribeTopic& describe, LedgerEntry& entry) {
    entry.act = "topic.described";
    entry.subject = describe.topic;
    changed(entry, "description", m_descriptions[describe.topic], describe.description);
    m_descriptions[describe.topic] = describe.description;
    return {};
}

Status FakeCatalog::apply(const RecordAct& act, LedgerEntry& entry) {
    entry.act = act.act;
    entry.subject = act.subject;
    for (const auto& [field, after] : act.after) {
        changed(entry, field, act.before.contains(field) ? act.before.at(field) : "", after);
    }
    return {};
}

} // namespace meshbone::test
