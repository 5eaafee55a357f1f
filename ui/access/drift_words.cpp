// SPDX-License-Identifier: Apache-2.0
#include "access/drift_words.h"

#include "access/access_words.h"
#include "widgets/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace meshbone::ui {

namespace {

using catalog::DriftKind;
using catalog::EvidenceGrade;

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("Drift", text, nullptr, n);
}

struct KindWords {
    const char* title;
    const char* sentence;
    const char* icon;
    Tone tone;
    int rank;
};

// By DriftKind.
constexpr std::array<KindWords, catalog::kDriftKinds> kKinds{{
    {QT_TRANSLATE_NOOP("Drift", "Missing"), QT_TRANSLATE_NOOP("Drift", "Granted; the backbone does not allow it."),
     "minus", Tone::Accent, 4},
    {QT_TRANSLATE_NOOP("Drift", "Expired but present"),
     QT_TRANSLATE_NOOP("Drift", "The grant has ended; the backbone still allows it."), "error", Tone::Danger, 0},
    {QT_TRANSLATE_NOOP("Drift", "Changed"), QT_TRANSLATE_NOOP("Drift", "One field differs from what was granted."),
     "edit", Tone::Warn, 3},
    {QT_TRANSLATE_NOOP("Drift", "Wider than granted"),
     QT_TRANSLATE_NOOP("Drift", "The ACL allows more than the grant says."), "plus", Tone::Warn, 2},
    {QT_TRANSLATE_NOOP("Drift", "Unmanaged"), QT_TRANSLATE_NOOP("Drift", "On the backbone; nobody granted it."),
     "warning", Tone::Warn, 1},
    {QT_TRANSLATE_NOOP("Drift", "Orphaned"), QT_TRANSLATE_NOOP("Drift", "Principal or topic is gone."), "link",
     Tone::Neutral, 5},
    {QT_TRANSLATE_NOOP("Drift", "Shadowed"),
     QT_TRANSLATE_NOOP("Drift", "A DENY takes what it allows, or nothing can meet it."), "eye", Tone::Neutral, 8},
    {QT_TRANSLATE_NOOP("Drift", "Redundant"), QT_TRANSLATE_NOOP("Drift", "Another ACL allows the same anyway."), "copy",
     Tone::Neutral, 9},
    {QT_TRANSLATE_NOOP("Drift", "Conflict"),
     QT_TRANSLATE_NOOP("Drift", "Several principals on one group or transactional id."), "people", Tone::Warn, 7},
    {QT_TRANSLATE_NOOP("Drift", "Hot pattern"),
     QT_TRANSLATE_NOOP("Drift", "So many principals that Apache Kafka becomes slow."), "overview", Tone::Warn, 10},
    {QT_TRANSLATE_NOOP("Drift", "Flapping"), QT_TRANSLATE_NOOP("Drift", "Somebody else keeps changing it back."),
     "refresh", Tone::Danger, 6},
}};

const KindWords& wordsOf(DriftKind kind) {
    return kKinds.at(static_cast<std::size_t>(kind));
}

QString ago(TimestampMs atMs, TimestampMs nowMs) {
    return formatSpan(std::chrono::milliseconds(std::max<std::int64_t>(0, nowMs - atMs)));
}

bool isRecent(TimestampMs atMs, TimestampMs nowMs) {
    constexpr std::int64_t kMinutesMs = 5 * 60'000;
    return nowMs - atMs < kMinutesMs;
}

QString useWords(const catalog::BindingUse& use, const DriftLook& look) {
    const auto now = look.survey.context.nowMs;
    if (use.isUsed()) {
        const auto when = isRecent(use.lastMs, now) ? tr("in use") : tr("last used %1 ago").arg(ago(use.lastMs, now));
        return use.grade == EvidenceGrade::Inferred ? tr("%1, inferred").arg(when) : when;
    }
    const auto& coverage = look.evidence.coverage;
    if (look.evidence.grade == EvidenceGrade::None || coverage.fromMs < 0) {
        return tr("no evidence");
    }
    return tr("not seen for %1").arg(ago(coverage.fromMs, now));
}

/// Since when the topic is gone, or that the principal is.
QString goneWords(const catalog::DriftFinding& finding, const DriftLook& look) {
    const auto& topics = look.survey.context.topics;
    const bool topicGone = topics && finding.binding.resourceKind == backbone::ResourceKind::Topic &&
                           !topics->contains(finding.binding.resource);
    return (topicGone ? tr("topic gone since %1") : tr("principal gone since %1")).arg(formatDay(finding.sinceMs));
}

QString effectWords(const std::vector<catalog::SimulatedEffect>& effects) {
    constexpr std::size_t kMost = 3;
    QStringList list;
    for (std::size_t i = 0; i < std::min(effects.size(), kMost); ++i) {
        const auto& one = effects[i];
        list << QStringLiteral("%1 %2 %3 (%4)")
                    .arg(shortPrincipal(one.principal), QString::fromUtf8(name(one.operation).data()),
                         text(one.resource), requestsText(one.count, one.unsure));
    }
    if (effects.size() > kMost) {
        list << tr("%n more", static_cast<int>(effects.size() - kMost));
    }
    return list.join(QStringLiteral(", "));
}

std::int64_t countOf(const std::vector<catalog::SimulatedEffect>& effects) {
    std::int64_t sum = 0;
    for (const auto& one : effects) {
        sum += one.count;
    }
    return sum;
}

} // namespace

QString driftTitle(DriftKind kind) {
    return tr(wordsOf(kind).title);
}
QString driftSentence(DriftKind kind) {
    return tr(wordsOf(kind).sentence);
}
QString driftIcon(DriftKind kind) {
    return QLatin1String(wordsOf(kind).icon);
}
Tone driftTone(DriftKind kind) {
    return wordsOf(kind).tone;
}
int driftRank(DriftKind kind) {
    return wordsOf(kind).rank;
}

QString actTitle(catalog::MendAct act) {
    switch (act) {
    case catalog::MendAct::Reapply:
        return tr("Re-apply");
    case catalog::MendAct::Adopt:
        return tr("Adopt");
    case catalog::MendAct::Revoke:
        return tr("Revoke");
    case catalog::MendAct::Narrow:
        return tr("Narrow");
    case catalog::MendAct::Ignore:
        return tr("Ignore until…");
    }
    return {};
}

QString resourceWords(const backbone::AclBinding& binding) {
    const auto resource = text(binding.resource);
    return binding.pattern == backbone::PatternType::Prefixed ? resource + u'*' : resource;
}

QString bindingWords(const backbone::AclBinding& binding) {
    const auto named = [](auto value) { return QString::fromUtf8(name(value).data()); };
    auto words = QStringLiteral("%1 %2 %3")
                     .arg(named(binding.operation), named(binding.resourceKind).toLower(), resourceWords(binding));
    if (binding.permission == backbone::Permission::Deny) {
        words.prepend(QStringLiteral("DENY "));
    }
    return binding.host == backbone::kAnyHost || binding.host.empty() ? words
                                                                      : tr("%1 from %2").arg(words, text(binding.host));
}

QString whoWords(const catalog::DriftFinding& finding) {
    if (finding.principals.empty()) {
        return shortPrincipal(finding.binding.principal);
    }
    return tr("%n principal(s)", static_cast<int>(finding.principals.size()));
}

QString evidenceWords(const catalog::DriftFinding& finding, const catalog::BindingUse& use, const DriftLook& look) {
    const auto now = look.survey.context.nowMs;
    switch (finding.kind) {
    case DriftKind::Missing:
        return use.refused > 0
                   ? tr("%n refusal(s), last %1 ago", static_cast<int>(use.refused)).arg(ago(use.lastRefusedMs, now))
                   : useWords(use, look);
    case DriftKind::Orphaned:
        return goneWords(finding, look);
    case DriftKind::Conflict:
    case DriftKind::HotPattern: {
        QStringList names;
        for (std::size_t i = 0; i < std::min<std::size_t>(finding.principals.size(), 3); ++i) {
            names << shortPrincipal(finding.principals[i]);
        }
        return names.join(QStringLiteral(", "));
    }
    case DriftKind::Flapping:
        return finding.sinceMs < 0
                   ? tr("changed back %n time(s)", finding.returns)
                   : tr("changed back %n time(s), put right %1 ago", finding.returns).arg(ago(finding.sinceMs, now));
    default:
        return useWords(use, look);
    }
}

QString evidenceSentence(const catalog::DriftFinding& finding, const catalog::BindingUse& use, const DriftLook& look) {
    if (finding.kind == DriftKind::Conflict || finding.kind == DriftKind::HotPattern) {
        return {};
    }
    if (!use.isUsed()) {
        return look.evidence.coverage.fromMs < 0
                   ? tr("Nobody has watched yet, so nothing is known of its use.")
                   : tr("Nobody was seen using it since %1.").arg(formatTime(look.evidence.coverage.fromMs));
    }
    QStringList clients;
    for (const auto& one : use.clientIds) {
        clients << (one.empty() ? tr("an unnamed client") : text(one));
    }
    const auto how = use.grade == EvidenceGrade::Inferred
                         ? tr("Inferred from its group: somebody who may use it reads as %1, last %2.")
                         : tr("Used as %1, last %2.");
    return how.arg(clients.join(QStringLiteral(", ")), formatTime(use.lastMs));
}

QString gradeWords(EvidenceGrade grade) {
    switch (grade) {
    case EvidenceGrade::Observed:
        return tr("observed");
    case EvidenceGrade::Inferred:
        return tr("inferred");
    case EvidenceGrade::None:
        return tr("none");
    }
    return {};
}

QString requestsText(std::int64_t count, std::int64_t unsure) {
    const auto most = formatCount(count);
    return unsure == 0       ? most
           : unsure == count ? tr("up to %1").arg(most)
                             : QStringLiteral("%1–%2").arg(formatCount(count - unsure), most);
}

QString coverageWords(const catalog::EvidenceCoverage& coverage) {
    QStringList observers;
    for (const auto& one : coverage.observers) {
        observers << text(one);
    }
    auto words = tr("%1 %2 to %3 %4, watched by %5")
                     .arg(formatDay(coverage.fromMs), formatMinute(coverage.fromMs), formatDay(coverage.toMs),
                          formatMinute(coverage.toMs), observers.join(QStringLiteral(", ")));
    const auto gaps = static_cast<int>(coverage.gaps.size());
    return gaps == 0 ? tr("%1 without a gap").arg(words) : tr("%1, with %n gap(s)", gaps).arg(words);
}

QString evidenceGround(const lineage::AccessEvidence& evidence, const catalog::EvidenceCoverage& coverage) {
    auto words = tr("Evidence: %1, %2.").arg(gradeWords(evidence.grade), coverageWords(coverage));
    for (const auto& note : evidence.notes) {
        words += u' ' + text(note);
    }
    return words;
}

VerdictWords verdictWords(const PlanEffect& effect, const DriftLook& look, const SeenPeriod& period) {
    const auto& simulation = effect.simulation;
    if (!look.evidenceProblem.empty()) {
        return {Tone::Warn, tr("Not simulated: there is no evidence."), text(look.evidenceProblem)};
    }
    if (look.evidence.grade == EvidenceGrade::None || simulation.coverage.fromMs < 0) {
        return {Tone::Warn, tr("Not simulated: nobody watched in %1.").arg(period.words()),
                tr("Evidence: none. Who would stop isn't known.")};
    }
    auto grade = evidenceGround(look.evidence, simulation.coverage);
    for (const auto& note : effect.notes) {
        grade += u' ' + text(note);
    }
    const auto all = tr("%1 requests seen.").arg(formatCount(effect.requests));
    if (!simulation.lost.empty()) {
        return {Tone::Danger,
                tr("%n request(s) of %1 would have been refused.",
                   static_cast<int>(std::min<std::int64_t>(countOf(simulation.lost), 2'000'000'000)))
                    .arg(period.words()),
                tr("%1. %2 %3").arg(effectWords(simulation.lost), all, grade)};
    }
    if (!simulation.perhaps.empty()) {
        return {Tone::Warn, tr("Some would perhaps have been refused, in %1.").arg(period.words()),
                tr("%1. %2 %3").arg(effectWords(simulation.perhaps), all, grade)};
    }
    if (!look.evidence.showsAllowed) {
        return {Tone::Warn, tr("Who would stop isn't known: only refusals were seen."),
                QStringLiteral("%1 %2").arg(all, grade)};
    }
    auto detail = tr("%1 None would have been refused. %2").arg(all, grade);
    if (!simulation.unseen.empty()) {
        detail += u' ' + tr("Of %n change(s) nobody was seen making use.", static_cast<int>(simulation.unseen.size()));
    }
    return {Tone::Ok, tr("Simulated over %1.").arg(period.words()), detail};
}

} // namespace meshbone::ui
