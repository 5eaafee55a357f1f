// SPDX-License-Identifier: Apache-2.0
#include "shell/attention.h"

#include "widgets/format.h"

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

void addNotGranted(const AttentionInput& input, QList<AttentionItem>& items) {
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

} // namespace

QList<AttentionItem> attentionOf(const AttentionInput& input) {
    QList<AttentionItem> items;
    addReachability(input, items);
    addLedger(input, items);
    addRuns(input, items);
    addNotGranted(input, items);
    addLags(input, items);
    addOwnerless(input, items);
    std::ranges::stable_sort(items, std::greater{},
                             [](const AttentionItem& item) { return static_cast<int>(item.tone); });
    return items;
}

AttentionFeed::AttentionFeed(Services& services, LiveFeed& feed, MeshHealth& health, LedgerWatch& ledger,
                             QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_feed(feed)
    , m_health(health)
    , m_ledger(ledger) {
    connect(&feed, &LiveFeed::stateChanged, this, &AttentionFeed::update);
    connect(&feed, &LiveFeed::catalogChanged, this, &AttentionFeed::update);
    connect(&feed, &LiveFeed::runsChanged, this, &AttentionFeed::update);
    connect(&feed, &LiveFeed::lineageChanged, this, &AttentionFeed::update);
    connect(&health, &MeshHealth::changed, this, &AttentionFeed::update);
    connect(&ledger, &LedgerWatch::changed, this, &AttentionFeed::update);
    update();
}

void AttentionFeed::update() {
    AttentionInput input;
    input.profile = text(m_services.backbone.profile().name);
    input.state = m_feed.state();
    input.catalog = m_feed.catalog();
    input.facts = m_health.facts();
    input.runs = m_feed.runs();
    input.report = m_ledger.report();
    input.ledgerError = m_ledger.error();
    if (m_services.lineage != nullptr) {
        const auto now = QDateTime::currentMSecsSinceEpoch();
        input.changes = m_services.lineage->changes(now - kLookBackMs, now);
    }
    m_items = attentionOf(input);
    emit changed();
}

} // namespace meshbone::ui
