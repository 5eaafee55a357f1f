// SPDX-License-Identifier: Apache-2.0
#include "shell/attention.h"

#include "shell/grant_trouble.h"
#include "shell/open_answers.h"
#include "widgets/format.h"
#include "widgets/free_beside.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kNamesShown = 3;
constexpr std::size_t kRunsShown = 3;
constexpr std::size_t kLaggingShown = 3;
constexpr TimestampMs kLookBackMs = 7LL * 24 * 3600 * 1000;

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("Attention", text, nullptr, n);
}

/// "a, b, c and 4 more"
QString someOf(const QStringList& names) {
    const auto shown = names.mid(0, kNamesShown).join(QStringLiteral(", "));
    const auto rest = static_cast<int>(names.size()) - kNamesShown;
    return rest > 0 ? tr("%1 and %n more", rest).arg(shown) : shown;
}

void addReachability(const AttentionInput& input, QList<AttentionItem>& items) {
    if (input.state.reachability == backbone::Reachability::Unreachable) {
        items << AttentionItem{
            Tone::Danger, tr("%1 can't be reached").arg(input.profile), text(input.state.reason), tr("Retry Now"), {},
            true};
    }
}

void addLedger(const AttentionInput& input, QList<AttentionItem>& items) {
    const Place audit{QStringLiteral("audit"), {}};
    if (input.report && !input.report->intact) {
        const auto at = input.report->firstWrong
                            ? tr("The ledger's chain is wrong at #%1").arg(*input.report->firstWrong)
                            : tr("The ledger's chain is wrong");
        items << AttentionItem{Tone::Danger, at, text(input.report->reason), tr("Show Entry"), audit};
    } else if (!input.ledgerError.empty()) {
        items << AttentionItem{Tone::Warn, tr("The ledger could not be verified"), text(input.ledgerError),
                               tr("Open Audit"), audit};
    } else if (input.report && !input.report->projectionEqual) {
        items << AttentionItem{Tone::Danger, tr("The catalog differs from its ledger"),
                               tr("A rebuild from the ledger gives another result."), tr("Open Audit"), audit};
    }
    if (input.report && input.report->rejected > 0) {
        items << AttentionItem{
            Tone::Warn, tr("%n ledger (entry is|entries are) rejected", static_cast<int>(input.report->rejected)),
            tr("Their signature, right or revision does not hold; they change nothing."), tr("Review"), audit};
    }
    if (input.catalog->status.mode == catalog::CatalogMode::ReadOnly &&
        input.state.reachability != backbone::Reachability::Unreachable) {
        items << AttentionItem{Tone::Warn, tr("The catalog can only be read"), text(input.catalog->status.reason),
                               tr("Open Audit"), audit};
    }
}

void addRuns(const AttentionInput& input, QList<AttentionItem>& items) {
    std::size_t shown = 0;
    for (const auto& run : input.runs) {
        const bool crashed = run.state == backbone::RunState::Crashed;
        if ((crashed || run.state == backbone::RunState::Failed) && shown++ < kRunsShown) {
            const auto far = tr("%1 of %2 written").arg(formatCount(run.written), formatCount(run.planned));
            items << AttentionItem{Tone::Danger,
                                   (crashed ? tr("Replay of %1 was interrupted") : tr("Replay of %1 failed"))
                                       .arg(text(run.request.sourceTopic)),
                                   run.reason.empty() ? far : QStringLiteral("%1; %2").arg(far, text(run.reason)),
                                   tr("Open Run"),
                                   {QStringLiteral("replay"), {SelectionKind::Run, text(run.run)}}};
        }
    }
}

void addLags(const AttentionInput& input, QList<AttentionItem>& items) {
    std::vector<GroupLag> lagging;
    std::ranges::copy_if(input.facts->groups, std::back_inserter(lagging), &GroupLag::lagging);
    std::ranges::sort(lagging, std::greater{}, &GroupLag::lag);
    for (std::size_t i = 0; i < std::min(lagging.size(), kLaggingShown); ++i) {
        QStringList topics;
        for (const auto& topic : lagging[i].topics) {
            topics << text(topic);
        }
        const auto topic = topics.value(0);
        items << AttentionItem{Tone::Warn,
                               tr("%1 lags by %2 events").arg(text(lagging[i].group), formatCount(lagging[i].lag)),
                               tr("reads %1; group is %2").arg(someOf(topics), text(lagging[i].state).toLower()),
                               tr("Open Topic"),
                               {QStringLiteral("topics"), {SelectionKind::Topic, topic}}};
    }
}

/// What was seen without a grant; else what the broker has refused since.
void addNotGranted(const AttentionInput& input, QList<AttentionItem>& items) {
    if (!input.ungranted.empty()) {
        const auto& last = input.ungranted.front();
        const auto rest = static_cast<int>(input.ungranted.size()) - 1;
        items << AttentionItem{Tone::Warn,
                               (last.reads ? tr("%1 reads %2 without a grant") : tr("%1 writes %2 without a grant"))
                                   .arg(text(last.client), text(last.topic)),
                               rest == 0 ? tr("last seen %1").arg(formatTime(last.lastMs))
                                         : tr("and %n more in the last 7 days", rest),
                               tr("Show"),
                               {QStringLiteral("lineage"), {SelectionKind::Topic, text(last.topic)}}};
        return;
    }
    const auto isFinding = [](const lineage::Change& change) { return change.kind == lineage::ChangeKind::NotGranted; };
    const auto count = std::ranges::count_if(input.changes, isFinding);
    const auto last = std::find_if(input.changes.rbegin(), input.changes.rend(), isFinding);
    if (count > 0) {
        items << AttentionItem{Tone::Warn,
                               text(last->sentence),
                               count == 1 ? tr("since %1").arg(formatTime(last->atMs))
                                          : tr("and %n more in the last 7 days", static_cast<int>(count) - 1),
                               tr("Show"),
                               {QStringLiteral("lineage"), {}}};
    }
}

/// The grants that a rule holds for, the one that ends first in front.
template <class Rule>
std::vector<const catalog::Grant*> grantsThat(const AttentionInput& input, Rule rule) {
    std::vector<const catalog::Grant*> grants;
    for (const auto& grant : input.catalog->access.grants) {
        if (rule(grant)) {
            grants.push_back(&grant);
        }
    }
    std::ranges::stable_sort(grants, {}, &catalog::Grant::untilMs);
    return grants;
}

Place placeOf(const catalog::Grant& grant) {
    return {QStringLiteral("access"), {SelectionKind::Grant, text(grant.id)}};
}

/// What ended and is still there, or was granted and isn't, and doesn't mend itself.
void addUnenforced(const AttentionInput& input, QList<AttentionItem>& items) {
    const auto grants = grantsThat(input, [&](const catalog::Grant& grant) { return isInTrouble(grant, input.nowMs); });
    if (!grants.empty()) {
        const auto& first = *grants.front();
        items << AttentionItem{
            Tone::Danger,
            tr("%n (grant isn't|grants aren't) as agreed on the backbone", static_cast<int>(grants.size())),
            text(first.reason.empty() ? first.scope.principal : first.reason), tr("Show Grant"), placeOf(first)};
    }
}

/// Warned about 30, 7 and 1 days before: what ends sooner says so louder.
void addEnding(const AttentionInput& input, QList<AttentionItem>& items) {
    constexpr TimestampMs kDayMs = 86'400'000;
    const auto within = [&](int days) {
        return grantsThat(input, [&](const catalog::Grant& grant) {
            return grant.inForceAt(input.nowMs) && grant.untilMs >= 0 && grant.untilMs - input.nowMs <= days * kDayMs;
        });
    };
    const auto all = within(30);
    if (all.empty()) {
        return;
    }
    const auto& first = *all.front();
    const bool week = first.untilMs - input.nowMs <= 7 * kDayMs, day = first.untilMs - input.nowMs <= kDayMs;
    const int days = day ? 1 : week ? 7 : 30;
    const auto count = static_cast<int>(within(days).size());
    items << AttentionItem{
        day    ? Tone::Danger
        : week ? Tone::Warn
               : Tone::Accent,
        tr("%n (grant ends|grants end) within %1", count).arg(day ? tr("a day") : tr("%n days", days)),
        tr("%1 on %2").arg(text(first.scope.principal), formatTime(first.untilMs)), tr("Show Grant"), placeOf(first)};
}

/// What is to be recertified: late ones are louder.
void addRecertification(const AttentionInput& input, QList<AttentionItem>& items) {
    for (const auto& campaign : input.catalog->access.campaigns) {
        const auto open = openAnswers(campaign);
        if (open > 0) {
            const bool late = isOverdue(campaign, input.nowMs);
            items << AttentionItem{late ? Tone::Warn : Tone::Accent,
                                   tr("%n (grant is|grants are) to be recertified", static_cast<int>(open)),
                                   campaign.dueMs < 0 ? text(campaign.name)
                                                      : tr("%1, %2 %3")
                                                            .arg(text(campaign.name), late ? tr("was due") : tr("due"),
                                                                 formatTime(campaign.dueMs)),
                                   tr("Answer"),
                                   {QStringLiteral("access"), {SelectionKind::Campaign, text(campaign.id)}}};
        }
    }
}

void addPending(const AttentionInput& input, QList<AttentionItem>& items) {
    const auto& pending = input.catalog->access.pending;
    if (!pending.empty()) {
        const auto* first = input.catalog->access.request(pending.front());
        items << AttentionItem{Tone::Accent,
                               tr("%n access (request waits|requests wait) for you", static_cast<int>(pending.size())),
                               first == nullptr ? QString() : text(first->scope.principal),
                               tr("Open Inbox"),
                               {QStringLiteral("access"), {SelectionKind::Request, text(pending.front())}}};
    }
}

void addOwnerless(const AttentionInput& input, QList<AttentionItem>& items) {
    QStringList without;
    for (const auto& topic : input.facts->topics) {
        const auto* facts = input.catalog->topic(topic.name);
        if (!topic.internal && !isInternalTopic(topic.name) && (facts == nullptr || facts->owner.empty())) {
            without << text(topic.name);
        }
    }
    if (!without.isEmpty()) {
        items << AttentionItem{Tone::Accent,
                               tr("%n (topic has|topics have) no owner", static_cast<int>(without.size())),
                               someOf(without),
                               tr("Open Products"),
                               {QStringLiteral("products"), {SelectionKind::Topic, without.front()}}};
    }
}

void worstFirst(QList<AttentionItem>& items) {
    std::ranges::stable_sort(items, std::greater{},
                             [](const AttentionItem& item) { return static_cast<int>(item.tone); });
}

} // namespace

QList<AttentionItem> attentionOf(const AttentionInput& input) {
    QList<AttentionItem> items;
    addReachability(input, items);
    addLedger(input, items);
    addRuns(input, items);
    addNotGranted(input, items);
    addUnenforced(input, items);
    addEnding(input, items);
    addPending(input, items);
    addRecertification(input, items);
    addLags(input, items);
    addOwnerless(input, items);
    worstFirst(items);
    return items;
}

AttentionFeed::AttentionFeed(Services& services, JobRunner& jobs, LiveFeed& feed, MeshHealth& health,
                             LedgerWatch& ledger, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_feed(feed)
    , m_health(health)
    , m_ledger(ledger)
    , m_look(
          jobs, this, [this] { return look(); },
          [this](Found found) {
              m_found = std::move(found.items);
              m_ungranted = std::move(found.ungranted);
              put();
          })
    , m_ungranted(std::make_shared<const std::vector<UngrantedUse>>()) {
    const auto ask = [this] { m_look.ask(); };
    connect(&feed, &LiveFeed::stateChanged, this, ask);
    connect(&feed, &LiveFeed::catalogChanged, this, ask);
    connect(&feed, &LiveFeed::runsChanged, this, ask);
    connect(&feed, &LiveFeed::lineageChanged, this, ask);
    connect(&health, &MeshHealth::changed, this, ask);
    connect(&ledger, &LedgerWatch::changed, this, ask);
    ask();
}

AttentionFeed::Look::Work AttentionFeed::look() {
    AttentionInput input;
    input.profile = text(m_services.backbone.profile().name);
    input.state = m_feed.state();
    input.catalog = m_feed.catalog();
    input.facts = m_health.facts();
    input.runs = m_feed.runs();
    input.report = m_ledger.report();
    input.ledgerError = m_ledger.error();
    input.nowMs = QDateTime::currentMSecsSinceEpoch();
    return [lineage = m_services.lineage, user = m_services.backbone.profile().user,
            input = std::move(input)](const JobContext&) mutable {
        if (lineage != nullptr) {
            const auto sinceMs = input.nowMs - kLookBackMs;
            input.changes = lineage->changes(sinceMs, input.nowMs);
            input.ungranted = ungrantedSince(sinceMs, *lineage, grantsInForce(input.catalog, input.nowMs, user));
        }
        auto items = attentionOf(input);
        return Found{std::move(items), makeFreedBeside<const std::vector<UngrantedUse>>(std::move(input.ungranted))};
    };
}

void AttentionFeed::put() {
    m_items = m_found;
    for (const auto& items : std::as_const(m_from)) {
        m_items << items;
    }
    worstFirst(m_items);
    emit changed();
}

void AttentionFeed::setFrom(const QString& source, QList<AttentionItem> items) {
    m_from[source] = std::move(items);
    put();
}

} // namespace meshbone::ui
