// SPDX-License-Identifier: Apache-2.0
#include "access/grant_panel.h"

#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/property_list.h"

#include <catalog/access_presets.h>

#include <QClipboard>
#include <QGuiApplication>

#include <array>
#include <set>

namespace meshbone::ui {

namespace {

struct OutcomeWords {
    const char* word;
    Tone tone;
};
constexpr std::array kOutcomes{
    OutcomeWords{QT_TRANSLATE_NOOP("GrantPanel", "about to be created"), Tone::Accent},
    OutcomeWords{QT_TRANSLATE_NOOP("GrantPanel", "created"), Tone::Ok},
    OutcomeWords{QT_TRANSLATE_NOOP("GrantPanel", "was there already"), Tone::Ok},
    OutcomeWords{QT_TRANSLATE_NOOP("GrantPanel", "failed"), Tone::Danger},
    OutcomeWords{QT_TRANSLATE_NOOP("GrantPanel", "no answer, not known"), Tone::Warn},
    OutcomeWords{QT_TRANSLATE_NOOP("GrantPanel", "removed"), Tone::Neutral},
    OutcomeWords{QT_TRANSLATE_NOOP("GrantPanel", "was not there"), Tone::Neutral},
    OutcomeWords{QT_TRANSLATE_NOOP("GrantPanel", "kept for another grant"), Tone::Neutral},
    OutcomeWords{QT_TRANSLATE_NOOP("GrantPanel", "not removed"), Tone::Danger},
};

QString resultWords(const backbone::AclBinding& binding) {
    return QStringLiteral("%1 %2 %3%4")
        .arg(QString::fromUtf8(name(binding.operation)), QString::fromUtf8(name(binding.resourceKind)).toLower(),
             text(binding.resource),
             binding.pattern == backbone::PatternType::Prefixed ? QStringLiteral("*") : QString());
}

} // namespace

QString endEffectText(const CatalogView& catalog, const catalog::Grant& grant, std::optional<TimestampMs> lastUsedMs) {
    std::set<backbone::AclBinding> ending;
    for (auto& binding : catalog::bindingsOf(grant.scope)) {
        ending.insert(std::move(binding));
    }
    const auto all = ending.size();
    for (const auto& other : catalog.access.grants) {
        if (other.id != grant.id && other.inForceAt(nowMs()) && other.scope.principal == grant.scope.principal) {
            for (const auto& binding : catalog::bindingsOf(other.scope)) {
                ending.erase(binding);
            }
        }
    }
    auto effect =
        GrantPanel::tr("%n ACL binding(s) would go from the backbone", nullptr, static_cast<int>(ending.size()));
    if (ending.size() < all) {
        effect += GrantPanel::tr("; %n (stays|stay), since another grant wants it", nullptr,
                                 static_cast<int>(all - ending.size()));
    }
    const auto who = shortPrincipal(grant.scope.principal);
    return effect +
           (!lastUsedMs ? GrantPanel::tr(". Clients of %1 that use them stop.").arg(who)
            : *lastUsedMs < 0
                ? GrantPanel::tr(". Nobody was ever seen using it as %1.").arg(who)
                : GrantPanel::tr(". Clients of %1 stop; it was last used %2.").arg(who, agoText(*lastUsedMs, nowMs())));
}

GrantPanel::GrantPanel(PageContext& context, QList<Act> acts, QWidget* parent)
    : Inspector(parent)
    , m_context(context)
    , m_acts(std::move(acts)) {
    setObjectName(QStringLiteral("grantPanel"));
}

void GrantPanel::show(const GrantRow& row) {
    begin(tr("Grant"), scopeTitle(row.grant.scope));
    const auto state = wordsOf(row.grant, nowMs());
    addChip({state.word, state.tone, state.icon, {}});
    if (row.grant.suspended) {
        addChip({tr("principal disabled"), Tone::Warn, QStringLiteral("warning"), {}});
    }
    if (!row.grant.reason.empty()) {
        addText(text(row.grant.reason));
    }
    addTerms(row);
    addEnforcement(row);
    addDecisions(row.grant);
    addCommands();
}

void GrantPanel::addTerms(const GrantRow& row) {
    const auto& grant = row.grant;
    const auto& catalog = *m_context.feed.catalog();
    addSection({});
    auto* terms = addProperties();
    terms->add(tr("Purpose"), grant.purpose.empty() ? tr("none was given") : text(grant.purpose));
    terms->add(tr("As"), text(std::string(catalog::roleTitle(grant.scope.role))));
    terms->add(tr("Asked by"), text(catalog.personName(grant.requester)));
    terms->add(tr("From"), formatTime(grant.fromMs));
    terms->add(tr("Until"), grant.untilMs < 0
                                ? tr("no end")
                                : tr("%1, %2").arg(formatTime(grant.untilMs), endWords(grant.untilMs, nowMs()).word));
    if (!grant.endBy.empty()) {
        terms->add(tr("Limited by"), text(grant.endBy));
    }
    if (grant.revoked) {
        terms->add(tr("Revoked by"), tr("%1 on %2: %3")
                                         .arg(text(catalog.personName(grant.revokedBy)), formatTime(grant.revokedMs),
                                              text(grant.revokedWhy)));
    }
    terms->add(tr("Last used"), !row.lastUsedMs       ? tr("not known")
                                : *row.lastUsedMs < 0 ? tr("never, as far as was seen")
                                                      : agoText(*row.lastUsedMs, nowMs()));
    terms->add(tr("Id"), text(grant.id), TextStyle::Mono);
}

void GrantPanel::addEnforcement(const GrantRow& row) {
    const auto& grant = row.grant;
    addSection(tr("On the backbone"), grant.reportedMs < 0 ? QString() : agoText(grant.reportedMs, nowMs()));
    if (grant.results.empty()) {
        addText(tr("No enforcer has reported on it yet."));
    }
    auto* list = addProperties();
    list->setLabelWidth(150);
    if (const auto late = grant.removedLateMs(); late > 0) {
        list->add(tr("Removed late"), tr("%1 after its end").arg(formatSpan(std::chrono::milliseconds(late))));
    }
    for (const auto& result : grant.results) {
        const auto& words = kOutcomes.at(static_cast<std::size_t>(result.outcome));
        auto outcome = tr(words.word);
        if (!result.reason.empty()) {
            outcome += QStringLiteral(": ") + text(result.reason);
        }
        list->add(resultWords(result.binding), outcome);
    }
    const auto bindings = catalog::bindingsOf(grant.scope);
    auto* copy = new Button(tr("Copy as kafka-acls"), ButtonKind::Link);
    connect(copy, &QPushButton::clicked, this,
            [bindings] { QGuiApplication::clipboard()->setText(kafkaAclsText(bindings)); });
    addWidget(copy);
}

void GrantPanel::addDecisions(const catalog::Grant& grant) {
    const auto& catalog = *m_context.feed.catalog();
    addSection(tr("Decided"), formatCount(static_cast<qint64>(grant.decisions.size())));
    for (const auto& decision : grant.decisions) {
        const auto& conditions = decision.conditions;
        addText(tr("%1 agreed on %2%3")
                    .arg(text(catalog.personName(decision.person)), formatTime(decision.atMs),
                         conditions.empty() ? QStringLiteral(".") : QStringLiteral(": ") + text(conditions)));
    }
    if (grant.confirmedMs >= 0) {
        addText(tr("Confirmed again by %1 on %2.")
                    .arg(text(catalog.personName(grant.confirmedBy)), formatTime(grant.confirmedMs)));
    }
}

void GrantPanel::addCommands() {
    auto acts = m_acts;
    if (acts.isEmpty() && m_context.commands.whyDisabled(QStringLiteral("grant.restore")).isEmpty()) {
        acts = {{QStringLiteral("grant.restore"), tr("Restore")}};
    } else if (acts.isEmpty()) {
        acts = {{QStringLiteral("grant.renew"), tr("Renew…")},
                {QStringLiteral("grant.shorten"), tr("End Earlier…")},
                {QStringLiteral("grant.revoke"), tr("Revoke…"), true}};
    }
    for (const auto& act : acts) {
        auto* button = addAction(
            act.title, [this, id = act.command] { m_context.commands.run(id); }, &act == &acts.first());
        button->setReason(m_context.commands.whyDisabled(act.command));
        button->setObjectName(act.command);
        if (act.isDestructive) {
            button->setKind(ButtonKind::Danger);
        }
    }
}

} // namespace meshbone::ui
