// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace meshbone::ui {

/// Two texts side by side: which line of one stands beside which of the other; -1: a gap.
struct DiffRow {
    int left = -1, right = -1;
    bool isSame = false;
    friend bool operator==(const DiffRow&, const DiffRow&) = default;
};

/// The shortest way from one text to the other, by lines. Texts that differ in very many lines are told as one block,
/// since the exact way would take long and say little.
std::vector<DiffRow> lineDiff(const QStringList& left, const QStringList& right);

} // namespace meshbone::ui
