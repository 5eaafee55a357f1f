// SPDX-License-Identifier: Apache-2.0
#include "access/access_words.h"

#include "widgets/format.h"

#include <catalog/access_names.h>
#include <catalog/access_presets.h>

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>

namespace meshbone::ui {

namespace {

constexpr std::size_t kNamed = 2;
constexpr TimestampMs kMinuteMs = 60'000, kHourMs = 60 * kMinuteMs, kDayMs = 24 * kHourMs;
constexpr int kSoonDays = 30;

QString tr(const char* text, int count = -1) {
    return QCoreApplication::translate("Access", text, nullptr, count);
}

/// "3 days", "5 h", "12 min": one unit, for what people read at a glance.
QString roughSpan(TimestampMs span) {
    if (span >= 2 * kDayMs) {
        return tr("%n day(s)", static_cast<int>(span / kDayMs));
    }
    if (span >= 2 * kHourMs) {
        return tr("%1 h").arg(span / kHourMs);
    }
    return tr("%1 min").arg(std::max<TimestampMs>(1, span / kMinuteMs));
}

struct Words {
    const char* word;
    Tone tone;
    const char* icon;
};
QString iconOf(const Words& words) {
    return QLatin1String(words.icon);
}
StateWords translated(const Words& words) {
    return {tr(words.word), words.tone, iconOf(words)};
}

constexpr std::array kRequestWords{
    Words{QT_TRANSLATE_NOOP("Access", "waiting"), Tone::Warn, "clock"},
    Words{QT_TRANSLATE_NOOP("Access", "approved"), Tone::Ok, "check"},
    Words{QT_TRANSLATE_NOOP("Access", "declined"), Tone::Danger, "error"},
    Words{QT_TRANSLATE_NOOP("Access", "withdrawn"), Tone::Neutral, "undo"},
    Words{QT_TRANSLATE_NOOP("Access", "lapsed"), Tone::Neutral, "clock"},
};
constexpr std::array kGrantWords{
    Words{QT_TRANSLATE_NOOP("Access", "approved, to be applied"), Tone::Accent, "clock"},
    Words{QT_TRANSLATE_NOOP("Access", "approved, waiting"), Tone::Warn, "clock"},
    Words{QT_TRANSLATE_NOOP("Access", "applying"), Tone::Accent, "refresh"},
    Words{QT_TRANSLATE_NOOP("Access", "enforced"), Tone::Ok, "check"},
    Words{QT_TRANSLATE_NOOP("Access", "partly enforced"), Tone::Danger, "error"},
    Words{QT_TRANSLATE_NOOP("Access", "unknown"), Tone::Warn, "warning"},
    Words{QT_TRANSLATE_NOOP("Access", "refused"), Tone::Danger, "error"},
    Words{QT_TRANSLATE_NOOP("Access", "ended, still on the backbone"), Tone::Danger, "error"},
    Words{QT_TRANSLATE_NOOP("Access", "removing"), Tone::Accent, "refresh"},
    Words{QT_TRANSLATE_NOOP("Access", "ended"), Tone::Neutral, "tick"},
    Words{QT_TRANSLATE_NOOP("Access", "removal unknown"), Tone::Danger, "warning"},
};
static_assert(kRequestWords.size() == catalog::Names<catalog::RequestState>::kAll.size());
static_assert(kGrantWords.size() == catalog::Names<catalog::GrantState>::kAll.size());

} // namespace

TimestampMs nowMs() {
    return QDateTime::currentMSecsSinceEpoch();
}

std::optional<TimestampMs> parseTypedEnd(const QString& text) {
    constexpr qsizetype kDayOnly = 10;
    const auto typed = text.trimmed();
    const bool isDay = typed.size() == kDayOnly && typed.contains(u'-');
    return parseTypedTime(isDay ? typed + QStringLiteral(" 23:59:59.999") : typed);
}

QString shortPrincipal(const std::string& principal) {
    constexpr std::string_view kUser = "User:";
    return text(principal.starts_with(kUser) && principal.size() > kUser.size() ? principal.substr(kUser.size())
                                                                                : principal);
}

QString patternText(const catalog::NamePattern& pattern) {
    return text(pattern.name) + (pattern.pattern == backbone::PatternType::Prefixed ? QStringLiteral("*") : QString());
}

QString patternsText(std::span<const catalog::NamePattern> patterns) {
    QStringList names;
    for (const auto& one : patterns.first(std::min(kNamed, patterns.size()))) {
        names << patternText(one);
    }
    const auto all = names.join(QStringLiteral(", "));
    return patterns.size() > kNamed ? tr("%1 and %n more", static_cast<int>(patterns.size() - kNamed)).arg(all) : all;
}

QString topicsText(const catalog::AccessScope& scope) {
    if (scope.reads.empty() && scope.writes.empty()) {
        return tr("everything, without its records"); // the read-only tools
    }
    return scope.writes.empty()  ? patternsText(scope.reads)
           : scope.reads.empty() ? patternsText(scope.writes)
                                 : QStringLiteral("%1 → %2").arg(patternsText(scope.reads), patternsText(scope.writes));
}

QString mayText(const catalog::AccessScope& scope) {
    if (scope.reads.empty()) {
        return scope.writes.empty() ? tr("look") : tr("produce");
    }
    return scope.writes.empty() ? tr("consume") : tr("consume, produce");
}

QString scopeTitle(const catalog::AccessScope& scope) {
    const auto who = shortPrincipal(scope.principal);
    if (scope.reads.empty()) {
        return (scope.writes.empty() ? tr("%1 looks at %2") : tr("%1 writes %2")).arg(who, topicsText(scope));
    }
    return scope.writes.empty()
               ? tr("%1 reads %2").arg(who, topicsText(scope))
               : tr("%1 reads %2 and writes %3").arg(who, patternsText(scope.reads), patternsText(scope.writes));
}

StateWords wordsOf(catalog::RequestState state) {
    return translated(kRequestWords.at(static_cast<std::size_t>(state)));
}

StateWords wordsOf(catalog::GrantState state) {
    return translated(kGrantWords.at(static_cast<std::size_t>(state)));
}

StateWords wordsOf(const catalog::Grant& grant, TimestampMs now) {
    const auto state = grant.stateAt(now);
    auto words = wordsOf(state);
    if (state == catalog::GrantState::Applying && !grant.results.empty()) {
        const auto done = std::ranges::count_if(grant.results, [](const catalog::BindingResult& result) {
            return result.outcome == catalog::BindingOutcome::Created ||
                   result.outcome == catalog::BindingOutcome::Present;
        });
        words.word = tr("applying, %1 of %2").arg(done).arg(grant.results.size());
    }
    return words;
}

StateWords endWords(TimestampMs untilMs, TimestampMs now) {
    if (untilMs == catalog::kNoEnd) {
        return {tr("no end"), Tone::Neutral, {}};
    }
    if (untilMs <= now) {
        return {tr("ended %1 ago").arg(roughSpan(now - untilMs)), Tone::Danger, QStringLiteral("error")};
    }
    const bool soon = untilMs - now <= kSoonDays * kDayMs;
    return {roughSpan(untilMs - now), soon ? Tone::Warn : Tone::Neutral, soon ? QStringLiteral("clock") : QString()};
}

QString classText(catalog::Classification level) {
    return wordsOf(level).word;
}

StateWords wordsOf(catalog::Classification level) {
    switch (level) {
    case catalog::Classification::Restricted:
        return {tr("restricted"), Tone::Danger, QStringLiteral("shield")};
    case catalog::Classification::Confidential:
        return {tr("confidential"), Tone::Warn, QStringLiteral("shield")};
    case catalog::Classification::Internal:
        break;
    }
    return {tr("internal"), Tone::Neutral, {}};
}

QString agoText(TimestampMs atMs, TimestampMs now) {
    if (atMs < 0) {
        return QStringLiteral("–");
    }
    return now - atMs < kMinuteMs ? tr("just now") : tr("%1 ago").arg(roughSpan(now - atMs));
}

QString needText(const CatalogView& catalog, const catalog::ApprovalNeed& need) {
    return need.team.empty() ? tr("an admin (%1)").arg(text(need.why))
                             : tr("one of %1 (%2)").arg(text(catalog.teamName(need.team)), text(need.why));
}

QString deciderText(const CatalogView& catalog, const catalog::AccessReview& review) {
    if (review.automatic) {
        return tr("Policy “%1” approves it at once.").arg(text(review.automaticBy));
    }
    QStringList needs;
    for (const auto& need : review.needs) {
        needs << needText(catalog, need);
    }
    const auto who = tr("Must agree: %1.").arg(needs.join(tr(", and ")));
    return review.people < 2 ? who
                             : who + u' ' +
                                   tr("At least %n people, by policy “%1”.", static_cast<int>(review.people))
                                       .arg(text(review.peopleBy));
}

QString teamsText(const CatalogView& catalog, const std::string& person) {
    QStringList names;
    for (const auto& team : catalog.teams) {
        if (std::ranges::find(team.people, person) != team.people.end()) {
            names << text(catalog.teamName(team.id));
        }
    }
    return names.join(QStringLiteral(", "));
}

QString kafkaAclsText(std::span<const backbone::AclBinding> bindings) {
    const auto quoted = [](std::string value) {
        std::string out = "'";
        for (const char c : value) {
            out += c == '\'' ? std::string("'\\''") : std::string(1, c);
        }
        return text(out + "'");
    };
    QStringList lines;
    for (const auto& binding : bindings) {
        const bool allow = binding.permission == backbone::Permission::Allow;
        const auto kind = binding.resourceKind == backbone::ResourceKind::TransactionalId
                              ? QStringLiteral("transactional-id")
                          : binding.resourceKind == backbone::ResourceKind::Group   ? QStringLiteral("group")
                          : binding.resourceKind == backbone::ResourceKind::Cluster ? QStringLiteral("cluster")
                                                                                    : QStringLiteral("topic");
        const bool cluster = binding.resourceKind == backbone::ResourceKind::Cluster;
        lines << QStringLiteral(
                     "kafka-acls.sh --bootstrap-server \"$BOOTSTRAP\" --command-config \"$CONFIG\" --add %1 %2 "
                     "%3 %4 --operation %5 --%6%7%8")
                     .arg(allow ? QStringLiteral("--allow-principal") : QStringLiteral("--deny-principal"),
                          quoted(binding.principal),
                          allow ? QStringLiteral("--allow-host") : QStringLiteral("--deny-host"), quoted(binding.host),
                          QString::fromUtf8(name(binding.operation)).toLower().remove(u'_'), kind,
                          cluster ? QString() : QStringLiteral(" ") + quoted(binding.resource),
                          binding.pattern == backbone::PatternType::Prefixed
                              ? QStringLiteral(" --resource-pattern-type prefixed")
                              : QString());
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace meshbone::ui
