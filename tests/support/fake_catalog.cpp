// SPDX-License-Identifier: Apache-2.0
#include "support/fake_catalog.h"

#include "support/fake_evidence.h"
#include "support/fake_mesh.h"

#include "product/about.h"
#include "product/access_policy.h"
#include "product/access_views.h"
#include "product/decide.h"
#include "product/rehearse.h"
#include "product/topic_facts.h"
#include "product/undo.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::test {

using namespace catalog;

namespace {

constexpr TimestampMs kStartMs = kExampleNowMs - 5LL * 3'600'000;
constexpr TimestampMs kStepMs = 211'357;

/// `product`: the one that offers the topic.
bool isAbout(const std::vector<About>& about, const std::string& topic, const std::string& product) {
    return std::ranges::any_of(about, [&](const About& one) {
        switch (one.kind) {
        case About::Kind::Prefix:
            return topic.starts_with(one.name);
        case About::Kind::Product:
            return one.name == product;
        case About::Kind::Part:
            return false;
        default:
            return one.name == topic;
        }
    });
}

bool isOfProduct(const std::vector<About>& about, const std::string& product) {
    return std::ranges::any_of(about, [&](const About& one) {
        return one.name == product && (one.kind == About::Kind::Product || one.kind == About::Kind::Part);
    });
}

bool matches(const LedgerEntry& entry, const LedgerQuery& query) {
    const auto has = [&](const std::string& text) { return text.find(query.contains) != std::string::npos; };
    return (query.contains.empty() || has(entry.subject) || has(entry.act) || has(entry.author) || has(entry.why)) &&
           (query.author.empty() || entry.author == query.author) && (query.act.empty() || entry.act == query.act) &&
           (query.subject.empty() || entry.subject == query.subject) &&
           (!query.fromMs || entry.timeMs >= *query.fromMs) && (!query.toMs || entry.timeMs < *query.toMs);
}

std::string shownAct(const Command& command) {
    const auto* recorded = std::get_if<RecordAct>(&command);
    return recorded != nullptr ? recorded->act : actOf(command);
}

} // namespace

struct FakeCatalog::State {
    Mesh mesh;
    std::map<std::int64_t, Command> commands; ///< by entry
    std::map<std::int64_t, std::vector<About>> about;

    [[nodiscard]] bool isFoundBy(std::int64_t entry, const LedgerQuery& query) const {
        const auto found = about.find(entry);
        const auto names = found == about.end() ? std::vector<About>() : found->second;
        const std::string* product = mesh.outputs.find(query.topic);
        return (query.topic.empty() || isAbout(names, query.topic, product == nullptr ? "" : *product)) &&
               (query.product.empty() || isOfProduct(names, query.product));
    }
};

FakeCatalog::~FakeCatalog() = default;
FakeCatalog::FakeCatalog(bool filled)
    : m_state(std::make_unique<State>())
    , m_clockMs(kStartMs) {
    m_status.mode = CatalogMode::Live;
    if (filled) {
        fill();
    }
}

void FakeCatalog::fill() {
    const auto put = [this](const Command& command, const std::string& why = {}) {
        if (const auto entry = submit({command, why, {}}, {}); !entry) {
            throw std::logic_error(entry.error().message);
        }
    };
    put(PutPerson{"ada", "Ada Berg", ""});
    put(PutPerson{"noor", "Noor Haddad", ""});
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
        if (m_state->mesh.products.find(topic.product) == nullptr) {
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
    return m_state->mesh.domains.values();
}
std::vector<Product> FakeCatalog::products() const {
    const std::scoped_lock lock(m_mutex);
    return m_state->mesh.products.values();
}
std::vector<Team> FakeCatalog::teams() const {
    const std::scoped_lock lock(m_mutex);
    return m_state->mesh.teams.values();
}
std::vector<Person> FakeCatalog::people() const {
    const std::scoped_lock lock(m_mutex);
    return m_state->mesh.people.values();
}

std::map<std::string, TopicFacts> FakeCatalog::topicFacts() const {
    const std::scoped_lock lock(m_mutex);
    return topicFactsOf(m_state->mesh);
}

std::vector<AgreedContract> FakeCatalog::contracts() const {
    const std::scoped_lock lock(m_mutex);
    return contractsIn(m_state->mesh);
}
std::vector<Principal> FakeCatalog::principals() const {
    const std::scoped_lock lock(m_mutex);
    return m_state->mesh.principals.values();
}
AccessRoles FakeCatalog::accessRoles() const {
    const std::scoped_lock lock(m_mutex);
    return rolesIn(m_state->mesh);
}
std::vector<Classified> FakeCatalog::classifications() const {
    const std::scoped_lock lock(m_mutex);
    return classificationsIn(m_state->mesh);
}
std::vector<Policy> FakeCatalog::policies() const {
    const std::scoped_lock lock(m_mutex);
    return m_state->mesh.policies.values();
}
std::vector<AccessRequest> FakeCatalog::accessRequests() const {
    const std::scoped_lock lock(m_mutex);
    return m_state->mesh.requests.values();
}
std::vector<Grant> FakeCatalog::grants() const {
    const std::scoped_lock lock(m_mutex);
    return m_state->mesh.grants.values();
}
std::vector<BindingRecord> FakeCatalog::bindingRecords() const {
    const std::scoped_lock lock(m_mutex);
    return m_state->mesh.bindings.values();
}
std::vector<BindingReturns> FakeCatalog::bindingReturns() const {
    const std::scoped_lock lock(m_mutex);
    return m_state->mesh.returns.values();
}
std::vector<Campaign> FakeCatalog::campaigns() const {
    const std::scoped_lock lock(m_mutex);
    return m_state->mesh.campaigns.values();
}
std::vector<AccessRequest> FakeCatalog::pendingFor(const std::string& person, TimestampMs nowMs) const {
    const std::scoped_lock lock(m_mutex);
    return pendingRequests(m_state->mesh, person, nowMs);
}
AccessReview FakeCatalog::reviewAccess(const AccessScope& scope, const std::string& product, TimestampMs untilMs,
                                       TimestampMs nowMs) const {
    const std::scoped_lock lock(m_mutex);
    return reviewOf(m_state->mesh, {scope, product, untilMs, nowMs});
}
std::vector<Rehearsed> FakeCatalog::rehearse(const std::vector<Submission>& submissions, TimestampMs nowMs) const {
    const std::scoped_lock lock(m_mutex);
    return rehearsal(m_state->mesh, submissions, m_author, static_cast<std::int64_t>(m_entries.size()), nowMs);
}
void FakeCatalog::setAuthor(const std::string& person) {
    const std::scoped_lock lock(m_mutex);
    m_author = person;
}

Result<LedgerEntry> FakeCatalog::submit(const Submission& submission, const CallOptions&) {
    LedgerEntry entry;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_status.mode == CatalogMode::ReadOnly) {
            return fail(ErrorCode::Unavailable, "The catalog can only be read now: " + m_status.reason);
        }
        entry.timeMs = m_clockMs += kStepMs;
        entry.author = m_author;
        entry.why = submission.why;
        const auto number = static_cast<std::int64_t>(m_entries.size());
        auto decision = decide(submission.command, Case{m_state->mesh, submission.expectedRevision,
                                                        revisionOfEntry(number), m_author, entry.timeMs, entry.why});
        if (!decision) {
            return std::unexpected(decision.error());
        }
        m_state->about.emplace(number, aboutOf(m_state->mesh, submission.command, decision->effects));
        std::ranges::for_each(decision->effects, [&](const Effect& effect) { m_state->mesh.perform(effect); });
        m_state->commands.emplace(number, submission.command);
        entry.act = shownAct(submission.command);
        entry.subject = subjectOf(submission.command);
        entry.changes = std::move(decision->changes);
        addEntry(entry);
        entry = m_entries.back();
    }
    m_onChanged.tell();
    return entry;
}

Result<AccessAsOf> FakeCatalog::accessAsOf(TimestampMs timeMs, const CallOptions&) const {
    const std::scoped_lock lock(m_mutex);
    Mesh mesh;
    AccessAsOf access;
    for (const auto& [number, command] : m_state->commands) {
        const LedgerEntry& entry = m_entries.at(static_cast<std::size_t>(number));
        const Case at{mesh, std::nullopt, revisionOfEntry(number), entry.author, entry.timeMs, entry.why};
        const auto decision = entry.timeMs <= timeMs ? decide(command, at) : Result<Decision>();
        if (!decision) {
            return std::unexpected(decision.error());
        }
        std::ranges::for_each(decision->effects, [&](const Effect& effect) { mesh.perform(effect); });
        access.number = entry.timeMs <= timeMs ? number : access.number;
        access.hash = entry.timeMs <= timeMs ? entry.hash : access.hash;
    }
    auto found = accessIn(mesh, timeMs);
    found.number = access.number;
    found.hash = access.hash;
    return found;
}

Result<std::string> FakeCatalog::makeEvidence(const EvidenceRequest& request, const CallOptions& options,
                                              std::function<void(double)>) const {
    const std::scoped_lock lock(m_mutex);
    std::vector<FakeAct> acts;
    for (const auto& [number, command] : m_state->commands) {
        const LedgerEntry& entry = m_entries.at(static_cast<std::size_t>(number));
        acts.push_back({command, entry.author, entry.why, entry.timeMs});
    }
    return evidenceOf(acts, m_author, request, options);
}

Result<LedgerPage> FakeCatalog::entries(const LedgerQuery& query) const {
    const std::scoped_lock lock(m_mutex);
    LedgerPage page;
    page.total = static_cast<std::int64_t>(m_entries.size());
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
        if (!matches(*entry, query) || !m_state->isFoundBy(entry->number, query)) {
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

Result<Undo> FakeCatalog::undoOf(std::int64_t number) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_state->commands.find(number);
    if (found == m_state->commands.end()) {
        return fail(ErrorCode::NotFound, fmt::format("There is no entry {}.", number));
    }
    auto inverse = inverseOf(found->second, m_entries.at(static_cast<std::size_t>(number)).changes, m_state->mesh);
    if (!inverse) {
        return std::unexpected(inverse.error());
    }
    Undo undo{number, {}, std::move(inverse->changes), std::move(inverse->settings)};
    for (Command& command : inverse->commands) {
        undo.submissions.push_back({std::move(command), fmt::format("Undoes entry {}.", number), {}});
    }
    return undo;
}

} // namespace meshbone::test
