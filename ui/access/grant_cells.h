// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/cell.h"

#include <catalog/access.h>

#include <optional>

namespace meshbone::ui {

// What several tables show of a grant, one way everywhere. GUI thread.

Cell principalCell(const catalog::AccessScope& scope);
Cell topicsCell(const catalog::AccessScope& scope, const QString& domain);
/// None: its use isn't known; -1: it was never seen.
Cell lastUsedCell(std::optional<TimestampMs> lastUsedMs);
qint64 lastUsedKey(std::optional<TimestampMs> lastUsedMs);
QString lastUsedText(std::optional<TimestampMs> lastUsedMs); ///< for copies: ISO 8601, or nothing
Cell endsCell(const catalog::Grant& grant);
qint64 endsKey(TimestampMs untilMs);
QString endsText(TimestampMs untilMs); ///< for copies: ISO 8601, or nothing where it has no end

} // namespace meshbone::ui
