// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "widgets/theme.h"

#include <catalog/access.h>
#include <catalog/access_covers.h>

#include <QString>

#include <optional>
#include <span>

namespace meshbone::ui {

// How the Access page says things: values of catalog/access.h as words, each of them one way everywhere. GUI thread.

/// "flights-loader" of "User:flights-loader"; other types of principals keep theirs.
QString shortPrincipal(const std::string& principal);
QString patternText(const catalog::NamePattern& pattern); ///< a prefix ends in "*"
/// "orders, customers and 3 more".
QString patternsText(std::span<const catalog::NamePattern> patterns);
/// What it is about: what it reads, else what it writes.
QString topicsText(const catalog::AccessScope& scope);
QString mayText(const catalog::AccessScope& scope); ///< "consume", "produce", "consume and produce"
/// "svc-claims reads wildlife.strikes.damage".
QString scopeTitle(const catalog::AccessScope& scope);

/// A word and the tone and icon that go with it.
struct StateWords {
    QString word;
    Tone tone = Tone::Neutral;
    QString icon;
};
StateWords wordsOf(catalog::RequestState state);
StateWords wordsOf(catalog::GrantState state);
/// A grant as it is now: "applying, 1 of 2", "still on the backbone".
StateWords wordsOf(const catalog::Grant& grant, TimestampMs nowMs);
/// When it ends: "6 days", "ended 3 days ago", "no end".
StateWords endWords(TimestampMs untilMs, TimestampMs nowMs);
QString classText(catalog::Classification level); ///< "confidential"
StateWords wordsOf(catalog::Classification level);

/// "2 h ago", "just now"; an en dash where there is no time.
QString agoText(TimestampMs atMs, TimestampMs nowMs);
TimestampMs nowMs();
/// As parseTypedTime(), for an end: a day alone counts to its end.
std::optional<TimestampMs> parseTypedEnd(const QString& text);
/// One of the admins, one of team "Ops": who must agree.
QString needText(const CatalogView& catalog, const catalog::ApprovalNeed& need);
/// Who must agree to what was reviewed, or which policy does at once, a sentence.
QString deciderText(const CatalogView& catalog, const catalog::AccessReview& review);
/// The teams of a person, by name: "Ops, Research".
QString teamsText(const CatalogView& catalog, const std::string& person);
/// The commands of Kafka's own tool that would make these bindings, one a line.
QString kafkaAclsText(std::span<const backbone::AclBinding> bindings);

} // namespace meshbone::ui
