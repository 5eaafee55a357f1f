// SPDX-License-Identifier: Apache-2.0
#include "access/drift_watch.h"

#include "access/access_view.h"
#include "access/drift_words.h"
#include "shell/window_own.h"
#include "widgets/format.h"

#include <algorithm>
#include <map>

namespace meshbone::ui {

namespace {

constexpr std::chrono::minutes kEvery{5};
constexpr std::chrono::seconds kFirst{4}; // what the first page shows goes before
constexpr std::chrono::milliseconds kSettle{1'500};

/// The kinds that are found, the worst first, at most three: "3 unmanaged, 1 missing".
QString kindsText(const std::vector<catalog::DriftFinding>& findings) {
    std::map<std::pair<int, catalog::DriftKind>, int> counts;
    for (const auto& finding : findings) {
        ++counts[{driftRank(finding.kind), finding.kind}];
    }
    QStringList parts;
    for (const auto& [kind, count] : counts) {
        parts << QStringLiteral("%1 %2").arg(formatCount(count), driftTitle(kind.second).toLower());
    }
    return parts.mid(0, 3).join(QStringLiteral(", "));
}

} // namespace

DriftWatch& DriftWatch::of(PageContext& context) {
    return windowsOwn<DriftWatch>(context);
}

DriftWatch::DriftWatch(PageContext& context)
    : QObject(context.feed.parent())
    , m_context(context) {
    connect(&m_every, &QTimer::timeout, this, &DriftWatch::compare);
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, &DriftWatch::compare);
    connect(&context.feed, &LiveFeed::catalogChanged, this, [this] {
        if (m_hasLooked) {
            compareSoon();
        }
    });
    m_every.start(kEvery);
    m_settle.start(kFirst);
}

bool DriftWatch::isIdle() const {
    return m_hasLooked && m_context.jobs.isIdle(this);
}

void DriftWatch::compare() {
    if (m_isComparing) {
        m_again = true;
        return;
    }
    m_isComparing = true;
    m_settle.stop();
    emit begun();
    m_context.jobs.run(
        this, {.title = tr("Comparing ACLs with grants"), .key = {}},
        [&services = m_context.services, before = m_orphaned](const JobContext& job) {
            return lookForDrift(services, before, job);
        },
        [this](const Result<DriftLookPtr>& look) { compared(look); });
}

/// A ledger that never rests is compared with again and again, but in a twentieth of the time at most.
void DriftWatch::compareSoon() {
    constexpr int kShare = 20;
    if (!m_settle.isActive()) {
        const std::chrono::milliseconds took(m_look ? m_look->tookMs : 0);
        m_settle.start(std::max(kSettle, took * kShare));
    }
}

void DriftWatch::compared(const Result<DriftLookPtr>& look) {
    m_isComparing = false;
    m_hasLooked = true;
    m_look = look ? *look : nullptr;
    m_problem = look ? std::string() : look.error().message;
    if (m_look) {
        m_orphaned = orphanedSince(*m_look);
    }
    sayAttention();
    emit changed();
    if (std::exchange(m_again, false)) {
        compareSoon();
    }
}

/// What nobody agreed to, and what is agreed and isn't there. What can't be read has no drift.
void DriftWatch::sayAttention() {
    QList<AttentionItem> items;
    if (m_look && !m_look->findings.empty()) {
        items << AttentionItem{
            Tone::Warn,
            tr("%n ACL(s) (differs|differ) from what is agreed", nullptr, static_cast<int>(m_look->findings.size())),
            kindsText(m_look->findings),
            tr("Open Drift"),
            {kAccessPage, {SelectionKind::Drift, QStringLiteral("acls")}}};
    }
    m_context.attention.setFrom(QStringLiteral("drift"), std::move(items));
}

} // namespace meshbone::ui
