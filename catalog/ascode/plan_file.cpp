// SPDX-License-Identifier: Apache-2.0
#include "ascode/plan_draft.h"
#include "product/names.h"

#include <catalog/access_file_plan.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace meshbone::catalog {
namespace {

constexpr int kPlanTries = 20;
const std::string kShared = "principals and policies", kNoProduct = "grants of no one product",
                  kLeaving = "principals that go";

template <class Thing>
std::map<std::string, const Thing*> byId(const std::optional<std::vector<Thing>>& things) {
    std::map<std::string, const Thing*> index;
    if (things) {
        for (const Thing& thing : *things) {
            index.emplace(idOf(thing), &thing);
        }
    }
    return index;
}

class Planner {
public:
    Planner(const AccessFile& file, Agreed agreed)
        : m_file(file)
        , m_agreed(std::move(agreed))
        , m_outputsNow(outputsOf(*m_agreed.now.products))
        , m_outputs(file.products ? outputsOf(*file.products) : m_outputsNow) {}

    std::vector<DraftUnit> draft() {
        addUnit(kShared).isShared = true;
        joinMoved();
        products();
        topics();
        policies();
        principals();
        grants();
        std::vector<DraftUnit> units{std::move(m_units.at(kShared))};
        for (auto& [key, unit] : m_units) {
            if (key != kShared && key != kNoProduct && key != kLeaving) {
                units.push_back(std::move(unit));
            }
        }
        for (const std::string* last : {&kNoProduct, &kLeaving}) {
            if (const auto found = m_units.find(*last); found != m_units.end()) {
                units.push_back(std::move(found->second));
            }
        }
        return units;
    }
    [[nodiscard]] const std::map<std::string, std::size_t>& managed() const { return m_managed; }

private:
    [[nodiscard]] bool coversAll() const { return m_file.covers.empty(); }
    [[nodiscard]] bool isCovered(const std::string& product) const {
        return coversAll() || std::ranges::count(m_file.covers, product) > 0;
    }

    DraftUnit& addUnit(const std::string& key) {
        DraftUnit& unit = m_units[key];
        if (unit.title.empty()) {
            unit.title = key;
        }
        return unit;
    }
    /// The unit of a product, or of those that it is joined with.
    DraftUnit& unitOf(const std::string& product) {
        if (product.empty()) {
            return addUnit(kNoProduct);
        }
        DraftUnit& unit = m_units["\x01" + first(product)]; // before any title
        if (unit.title.empty()) {
            std::vector<std::string> names;
            for (const auto& [one, other] : m_joined) {
                if (first(one) == first(product)) {
                    names.push_back("'" + one + "'");
                }
            }
            unit.title = names.empty() ? fmt::format("product '{}'", product)
                                       : fmt::format("products {}", fmt::join(names, ", "));
        }
        return unit;
    }
    [[nodiscard]] std::string first(const std::string& product) const {
        const auto found = m_joined.find(product);
        return found == m_joined.end() ? product : found->second;
    }
    /// A topic that moves from one product to another ties the two together.
    void joinMoved() {
        for (const auto& [topic, product] : m_outputs) {
            const auto now = m_outputsNow.find(topic);
            if (now == m_outputsNow.end() || now->second == product) {
                continue;
            }
            const std::string one = first(product), other = first(now->second);
            const std::string both = std::min(one, other);
            m_joined.insert({{product, both}, {now->second, both}});
            for (auto& [id, representative] : m_joined) {
                if (representative == one || representative == other) {
                    representative = both;
                }
            }
        }
    }

    void add(DraftUnit& unit, DraftChange change) { unit.changes.push_back(std::move(change)); }

    void products() {
        if (!m_file.products) {
            return;
        }
        const auto wanted = byId(m_file.products);
        const auto now = byId(m_agreed.now.products);
        for (const auto& [id, before] : now) {
            if (!isCovered(id)) {
                continue;
            }
            ++m_managed["product"];
            if (!wanted.contains(id)) {
                add(unitOf(id), productChange(before, nullptr));
            }
        }
        for (const auto& [id, after] : wanted) {
            const auto before = now.find(id);
            if (before == now.end() || linesOf(*before->second) != linesOf(*after)) {
                DraftChange change = productChange(before == now.end() ? nullptr : before->second, after);
                outputLevels(*after, change);
                add(unitOf(id), std::move(change));
            }
        }
    }

    [[nodiscard]] Classification levelNow(const std::string& topic) const {
        for (const FileTopic& one : *m_agreed.now.topics) {
            if (one.topic == topic) {
                return one.level;
            }
        }
        for (const FileProduct& one : *m_agreed.now.products) {
            if (const auto found = one.topics.find(topic); found != one.topics.end()) {
                return found->second;
            }
        }
        return Classification::Internal;
    }
    void outputLevels(const FileProduct& after, DraftChange& change) {
        for (const Port& port : after.product.ports) {
            const auto said = after.topics.find(port.topic);
            const auto level = said == after.topics.end() ? Classification::Internal : said->second;
            if (port.direction == PortDirection::Output && level != levelNow(port.topic)) {
                change.steps.push_back({Phase::Classify, {Classify{false, port.topic, level}}});
            }
        }
    }

    /// Topics that are no product's (any more).
    void topics() {
        if (!m_file.topics) {
            return;
        }
        const auto wanted = byId(m_file.topics);
        std::map<std::string, FileTopic> now;
        for (const FileTopic& one : *m_agreed.now.topics) {
            now.emplace(one.topic, one);
        }
        for (const FileProduct& product : *m_agreed.now.products) {
            for (const auto& [topic, level] : product.topics) {
                now.emplace(topic, FileTopic{topic, level, {}});
            }
        }
        std::erase_if(now, [&](const auto& one) { return m_outputs.contains(one.first); });
        m_managed["topic"] += now.size();
        for (const auto& [topic, before] : now) {
            const auto after = wanted.find(topic);
            if (after == wanted.end() || after->second->level != before.level) {
                topicChange(&before, after == wanted.end() ? nullptr : after->second);
            }
        }
        for (const auto& [topic, after] : wanted) {
            if (!now.contains(topic)) {
                topicChange(nullptr, after);
            }
        }
    }
    void topicChange(const FileTopic* before, const FileTopic* after) {
        DraftChange change{changeOf("topic", before, after), {}};
        const auto level = after == nullptr ? Classification::Internal : after->level;
        const std::string topic = change.change.id;
        change.steps.push_back({Phase::Classify, {Classify{false, topic, level}}});
        const auto owner = m_outputsNow.find(topic);
        // What leaves a product with its topic is a change of that product.
        add(owner == m_outputsNow.end() ? addUnit(kShared) : unitOf(owner->second), std::move(change));
    }

    void policies() {
        const auto wanted = byId(m_file.policies);
        const auto now = byId(m_agreed.now.policies);
        DraftUnit& unit = addUnit(kShared);
        for (const auto& [id, after] : wanted) {
            const auto before = now.find(id);
            if (before == now.end() || linesOf(*before->second) != linesOf(*after)) {
                const FilePolicy* old = before == now.end() ? nullptr : before->second;
                add(unit, {changeOf("policy", old, after), {{Phase::Put, {PutPolicy{after->policy}}}}});
            }
        }
        if (!m_file.policies || !coversAll()) {
            return;
        }
        m_managed["policy"] += now.size();
        for (const auto& [id, before] : now) {
            if (!wanted.contains(id)) {
                add(unit, {changeOf<FilePolicy>("policy", before, nullptr), {{Phase::Release, {RemovePolicy{id}}}}});
            }
        }
    }

    void principals() {
        const auto wanted = byId(m_file.principals);
        const auto now = byId(m_agreed.now.principals);
        for (const auto& [id, after] : wanted) {
            const auto before = now.find(id);
            if (before == now.end() || linesOf(*before->second) != linesOf(*after)) {
                const FilePrincipal* old = before == now.end() ? nullptr : before->second;
                const Principal& one = after->principal;
                add(addUnit(kShared),
                    {changeOf("principal", old, after),
                     {{Phase::Put,
                       {PutPrincipal{one.principal, one.name, one.kind, one.team, one.person, one.disabled}}}}});
            }
        }
        if (!m_file.principals || !coversAll()) {
            return;
        }
        m_managed["principal"] += now.size();
        for (const auto& [id, before] : now) {
            if (!wanted.contains(id)) {
                add(addUnit(kLeaving),
                    {changeOf<FilePrincipal>("principal", before, nullptr), {{Phase::End, {RemovePrincipal{id}}}}});
            }
        }
    }

    void grants() {
        if (!m_file.grants) {
            return;
        }
        const auto wanted = byId(m_file.grants);
        for (const auto& [id, grant] : wanted) {
            const std::string product = productOf(*grant, m_outputs);
            DraftChange change = grantChange(*grant, m_agreed);
            if (!change.change.kind.empty()) {
                add(unitOf(product), std::move(change));
            }
        }
        for (const FileGrant& before : *m_agreed.now.grants) {
            const std::string product = productOf(before, m_outputsNow);
            if (!isCovered(product)) {
                continue;
            }
            ++m_managed["grant"];
            if (!wanted.contains(before.id)) {
                add(unitOf(product),
                    {changeOf<FileGrant>("grant", &before, nullptr), {{Phase::End, {RevokeGrant{before.id}}}}});
            }
        }
    }

    const AccessFile& m_file;
    Agreed m_agreed;
    Outputs m_outputsNow, m_outputs;
    std::map<std::string, std::string> m_joined; ///< product -> the first of those it is joined with
    std::map<std::string, DraftUnit> m_units;
    std::map<std::string, std::size_t> m_managed; ///< by kind
};

std::vector<DraftStep*> inOrder(DraftUnit& unit) {
    std::vector<DraftStep*> steps;
    for (DraftChange& change : unit.changes) {
        for (DraftStep& step : change.steps) {
            steps.push_back(&step);
        }
    }
    std::ranges::stable_sort(steps, {}, &DraftStep::phase);
    return steps;
}

/// Decides all steps on one state. Steps that the author may not take become what they may; false: once more.
bool rehearseOnce(std::vector<DraftUnit>& units, const Catalog& catalog, const std::string& why, TimestampMs nowMs) {
    std::vector<DraftStep*> steps;
    std::vector<Submission> submissions;
    for (DraftUnit& unit : units) {
        for (DraftStep* step : inOrder(unit)) {
            steps.push_back(step);
            submissions.push_back({step->ways[step->way], why, {}});
        }
    }
    auto done = catalog.rehearse(submissions, nowMs);
    bool settled = true;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        steps[i]->done = std::move(done[i]);
        const auto& refused = steps[i]->done.refused;
        const bool mayNot =
            refused && (refused->code == ErrorCode::PermissionDenied || refused->code == ErrorCode::Conflict);
        if (mayNot && steps[i]->way + 1 < steps[i]->ways.size()) {
            ++steps[i]->way;
            settled = false;
        }
    }
    return settled;
}

void letWait(DraftChange& draft) {
    const auto waits = [](const DraftStep& step) { return step.orWait && step.done.refused; };
    const auto found = std::ranges::find_if(draft.steps, waits);
    if (found == draft.steps.end()) {
        return;
    }
    draft.change.sign = FileSign::Wait;
    draft.change.lines.clear();
    const auto* approval = std::get_if<ApproveRequest>(&found->done.submission.command);
    const bool renews = approval != nullptr && approval->id != draft.change.id;
    draft.change.notes.push_back(
        (renews ? fmt::format("Its later end is asked for by request '{}', which waits. ", approval->id)
                : std::string("The request waits. ")) +
        found->done.refused->message);
    tellWhoMust(found->done, draft.change);
    draft.steps.clear();
}

FilePlan finished(std::vector<DraftUnit> units, const std::map<std::string, std::size_t>& managed) {
    FilePlan plan;
    for (const auto& [kind, count] : managed) {
        plan.kinds.push_back({kind, 0, count});
    }
    for (DraftUnit& draft : units) {
        std::ranges::for_each(draft.changes, letWait);
        std::ranges::for_each(draft.changes, tellOutcome);
        FilePlanUnit unit{draft.title, draft.isShared, {}, {}};
        for (const DraftStep* step : inOrder(draft)) {
            unit.steps.push_back(step->done);
            const bool asks = std::holds_alternative<SubmitRequest>(step->done.submission.command);
            plan.requests += asks && !step->done.isGranted && !step->done.refused ? 1 : 0;
        }
        for (DraftChange& change : draft.changes) {
            const FileSign sign = change.change.sign;
            plan.adds += sign == FileSign::Add ? 1 : 0;
            plan.changes += sign == FileSign::Change ? 1 : 0;
            plan.deletions += sign == FileSign::Remove ? 1 : 0;
            for (FileKindCount& kind : plan.kinds) {
                kind.deletions += sign == FileSign::Remove && kind.kind == change.change.kind ? 1 : 0;
            }
            unit.changes.push_back(std::move(change.change));
        }
        if (!unit.changes.empty()) {
            plan.units.push_back(std::move(unit));
        }
    }
    return plan;
}

} // namespace

bool FilePlanUnit::hasProblems() const {
    return std::ranges::any_of(changes, [](const FileChange& one) { return !one.problems.empty(); });
}
bool FilePlan::hasProblems() const {
    return std::ranges::any_of(units, [](const FilePlanUnit& one) { return one.hasProblems(); });
}

std::vector<FileProblem> outsideOf(const AccessFile& file, const Catalog& catalog) {
    std::vector<FileProblem> problems;
    if (file.covers.empty() || !file.grants) {
        return problems;
    }
    Outputs outputs;
    for (const Product& product : catalog.products()) {
        addOutputs(product, outputs);
    }
    outputs = file.products ? outputsOf(*file.products) : std::move(outputs);
    for (const FileGrant& grant : *file.grants) {
        if (std::ranges::count(file.covers, productOf(grant, outputs)) == 0) {
            problems.push_back({grant.at, fmt::format("grant '{}' doesn't concern the products that the file covers.",
                                                      clipped(grant.id))});
        }
    }
    return problems;
}

Result<FilePlan> planFile(const AccessFile& file, const Catalog& catalog, const std::string& why, TimestampMs nowMs) {
    if (const auto outside = outsideOf(file, catalog); !outside.empty()) {
        const FileProblem& first = outside.front();
        return fail(ErrorCode::InvalidArgument, fmt::format("Line {}: {}", first.at.line, first.sentence));
    }
    for (int i = 0; i < kPlanTries; ++i) {
        const auto seen = catalog.status().appliedEntries;
        auto now = accessFileOf(catalog, {}, nowMs);
        if (!now) {
            return std::unexpected(now.error());
        }
        Planner planner(file, {std::move(*now), catalog.grants(), catalog.accessRequests(), nowMs});
        auto units = planner.draft();
        constexpr int kMostWays = 3;
        for (int pass = 0; pass < kMostWays && !rehearseOnce(units, catalog, why, nowMs); ++pass) {
        }
        if (catalog.status().appliedEntries == seen) {
            return finished(std::move(units), planner.managed());
        }
    }
    return fail(ErrorCode::Unavailable, "The ledger changes so quickly that no plan can be made; try again.");
}

} // namespace meshbone::catalog
