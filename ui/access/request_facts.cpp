// SPDX-License-Identifier: Apache-2.0
#include "access/request_facts.h"

#include "access/client_uses.h"
#include "widgets/format.h"

#include <backbone/access_admin.h>
#include <backbone/backbone.h>
#include <catalog/access_covers.h>
#include <catalog/access_explain.h>
#include <catalog/access_presets.h>
#include <lineage/lineage.h>

#include <QCoreApplication>

#include <algorithm>

namespace meshbone::ui {

namespace {

QString tr(const char* text, int count = -1) {
    return QCoreApplication::translate("Access", text, nullptr, count);
}

BindingRow rowOf(const backbone::AclBinding& binding, const std::vector<backbone::AclBinding>& there) {
    if (std::ranges::find(there, binding) != there.end()) {
        return {binding, tr("there already"), Tone::Neutral, {}, {}};
    }
    const auto covering =
        std::ranges::find_if(there, [&](const backbone::AclBinding& wide) { return catalog::covers(wide, binding); });
    const auto note =
        covering == there.end() ? QString() : tr("Allowed already by a wider one: %1").arg(text(describe(*covering)));
    return {binding, tr("would be added"), Tone::Accent, QStringLiteral("plus"), note};
}

void addBindings(RequestFacts& facts, Services& services, const catalog::AccessScope& scope, const JobContext& job) {
    backbone::AclFilter filter;
    filter.principal = scope.principal;
    const auto there = services.backbone.access().acls(filter, job.call());
    if (!there) {
        facts.bindingsProblem = text(there.error().message);
    }
    for (const auto& binding : catalog::bindingsOf(scope)) {
        facts.bindings.push_back(
            there ? rowOf(binding, *there)
                  : BindingRow{binding, tr("not known"), Tone::Warn, QStringLiteral("warning"), facts.bindingsProblem});
    }
}

/// Its own level, or its product's where that is higher.
catalog::Classification levelOf(const CatalogView& catalog, const std::string& topic) {
    auto level = catalog::Classification::Internal;
    const auto* about = catalog.topic(topic);
    for (const auto& one : catalog.access.classifications) {
        const bool concerns = one.product ? about != nullptr && about->product == one.subject : one.subject == topic;
        level = concerns ? std::max(level, one.level) : level;
    }
    return level;
}

QStringList readersOf(const lineage::Lineage* lineage, const std::string& topic) {
    QStringList readers;
    if (lineage == nullptr) {
        return readers;
    }
    lineage::ViewQuery query;
    query.focus = topic;
    query.upHops = 0;
    query.downHops = 1;
    const auto around = lineage->view(query);
    for (const auto& node : around.nodes) {
        if (node.kind != lineage::NodeKind::Topic) {
            readers << text(node.name);
        }
    }
    return readers;
}

CoveredTopic coveredTopic(const RequestCase& request, const lineage::Lineage* lineage, const std::string& topic) {
    const auto& catalog = *request.catalog;
    CoveredTopic covered;
    covered.topic = text(topic);
    covered.level = levelOf(catalog, topic);
    if (const auto* about = catalog.topic(topic)) {
        covered.owner = text(catalog.teamName(about->owner));
        covered.domain = text(about->domain);
    }
    covered.readers = readersOf(lineage, topic);
    covered.isWritten = catalog::coversTopic(request.scope.writes, topic);
    return covered;
}

void addTopics(RequestFacts& facts, const lineage::Lineage* lineage, const RequestCase& request) {
    std::vector<std::string> names;
    for (const auto& topic : request.mesh->topics) {
        names.push_back(topic.name);
        if (!coversTopic(request.scope, topic.name)) {
            continue;
        }
        if (facts.topicCount++ < kMaxCovered) {
            facts.topics.push_back(coveredTopic(request, lineage, topic.name));
        }
    }
    for (const auto* patterns : {&request.scope.reads, &request.scope.writes}) {
        for (const auto& pattern : *patterns) {
            const auto coverage = catalog::coverageOf(pattern.pattern, pattern.name, names);
            if (coverage.isOpenEnded || coverage.now.empty()) {
                facts.coverage << text(coverage.words);
            }
        }
    }
}

void addStanding(RequestFacts& facts, const RequestCase& request) {
    const auto& scope = request.scope;
    const auto now = nowMs();
    for (const auto& grant : request.catalog->access.grants) {
        if (!grant.inForceAt(now) || grant.id == request.except) {
            continue;
        }
        if (grant.scope.principal == scope.principal) {
            facts.has << scopeTitle(grant.scope);
            continue;
        }
        const auto both = [&](const catalog::NamePattern& one, const catalog::NamePattern& other, const QString& what) {
            if (!one.name.empty() && !other.name.empty() &&
                catalog::patternsMeet(one.pattern, one.name, other.pattern, other.name)) {
                facts.conflicts << tr("%1 uses the %2 %3 already: two principals on one disturb each other.")
                                       .arg(shortPrincipal(grant.scope.principal), what, patternText(other));
            }
        };
        both(scope.group, grant.scope.group, tr("group"));
        both(scope.transactionalId, grant.scope.transactionalId, tr("transactional id"));
    }
}

/// What lineage has seen of the principal itself: where it writes, and with which groups it reads.
struct Seen {
    QStringList writes;
    std::vector<std::string> groups; ///< sorted, none twice
};
Seen seenOf(const lineage::Lineage* lineage, const std::string& principal) {
    Seen seen;
    if (lineage == nullptr) {
        return seen;
    }
    for (const auto& use : clientUses(*lineage, principal)) {
        if (use.reads) {
            seen.groups.insert(seen.groups.end(), use.groups.begin(), use.groups.end());
        } else {
            seen.writes << text(use.topic);
        }
    }
    std::ranges::sort(seen.groups);
    seen.groups.erase(std::unique(seen.groups.begin(), seen.groups.end()), seen.groups.end());
    return seen;
}

/// A prefix for which one name would do: a topic's, where only one topic is there; a group's, where only one was seen.
void addSmaller(RequestFacts& facts, const RequestCase& request, const Seen& seen) {
    auto scope = request.scope;
    QStringList why;
    for (auto* patterns : {&scope.reads, &scope.writes}) {
        for (auto& pattern : *patterns) {
            std::vector<std::string> under;
            for (const auto& topic : request.mesh->topics) {
                if (pattern.pattern == backbone::PatternType::Prefixed && topic.name.starts_with(pattern.name)) {
                    under.push_back(topic.name);
                }
            }
            if (under.size() == 1) {
                why << tr("Only one topic begins with %1: %2.").arg(text(pattern.name), text(under.front()));
                pattern = {under.front()};
            }
        }
    }
    const auto isUnder = [&](const std::string& group) { return group.starts_with(scope.group.name); };
    if (scope.group.pattern == backbone::PatternType::Prefixed && std::ranges::count_if(seen.groups, isUnder) == 1) {
        const auto group = *std::ranges::find_if(seen.groups, isUnder);
        why << tr("Its client was seen with one group, %1; that name could replace the prefix %2.")
                   .arg(text(group), text(scope.group.name));
        scope.group = {group};
    }
    if (!why.isEmpty()) {
        facts.smaller = std::move(scope);
        facts.smallerWhy = why.join(u' ');
    }
}

} // namespace

RequestFacts requestFacts(Services& services, const RequestCase& request, const JobContext& job) {
    RequestFacts facts;
    facts.review = services.catalog->reviewAccess(request.scope, request.product, request.untilMs, nowMs());
    addBindings(facts, services, request.scope, job);
    addTopics(facts, services.lineage, request);
    addStanding(facts, request);
    const auto seen = seenOf(services.lineage, request.scope.principal);
    facts.carriesOn = seen.writes;
    addSmaller(facts, request, seen);
    facts.changes = changesSince(*services.catalog, {request.except, request.scope, request.product, request.sinceMs,
                                                     facts.review.policies, request.catalog});
    return facts;
}

} // namespace meshbone::ui
