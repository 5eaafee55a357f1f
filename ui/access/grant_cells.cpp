// SPDX-License-Identifier: Apache-2.0
#include "access/grant_cells.h"

#include "access/access_words.h"
#include "widgets/format.h"

#include <QCoreApplication>

#include <limits>

namespace meshbone::ui {

namespace {
QString tr(const char* text) {
    return QCoreApplication::translate("Grants", text);
}
} // namespace

Cell principalCell(const catalog::AccessScope& scope) {
    return {
        cell::icon(scope.reads.empty() || scope.writes.empty() ? QStringLiteral("terminal") : QStringLiteral("task")),
        cell::strong(shortPrincipal(scope.principal))};
}

Cell topicsCell(const catalog::AccessScope& scope, const QString& domain) {
    return {cell::domainIcon(QStringLiteral("topic"), domain), cell::text(topicsText(scope))};
}

Cell lastUsedCell(std::optional<TimestampMs> lastUsedMs) {
    return {!lastUsedMs       ? cell::text(tr("not known"), Token::Text3)
            : *lastUsedMs < 0 ? cell::text(tr("never"), Token::Warn)
                              : cell::text(agoText(*lastUsedMs, nowMs()))};
}

qint64 lastUsedKey(std::optional<TimestampMs> lastUsedMs) {
    return lastUsedMs.value_or(-2);
}

QString lastUsedText(std::optional<TimestampMs> lastUsedMs) {
    return lastUsedMs && *lastUsedMs >= 0 ? isoTime(*lastUsedMs) : QString();
}

Cell endsCell(const catalog::Grant& grant) {
    const auto words = endWords(grant.untilMs, nowMs());
    return grant.revoked ? Cell{cell::chip(tr("revoked"), Tone::Neutral)}
                         : Cell{cell::chip(words.word, words.tone, words.icon)};
}

qint64 endsKey(TimestampMs untilMs) {
    return untilMs < 0 ? std::numeric_limits<qint64>::max() : untilMs;
}

QString endsText(TimestampMs untilMs) {
    return untilMs < 0 ? QString() : isoTime(untilMs);
}

} // namespace meshbone::ui
